"""Where a noun phrase ends, and which part of it is a name.

Arabic puts the post before the name (وزير الخارجية الروسي سيرغي لافروف) or after it
(سيرغي لافروف وزير الخارجية), with or without a comma. A post is a chain of construct nouns
closed by a definite noun or a place, then its adjectives; the first bare proper word after
the chain closes begins the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.quotes.constructs import (
    MANNER,
    SPELLED,
    WITH_PRONOUN,
    begins_name,
    belongs,
    bracket_or_mark,
    can_head,
    complement_end,
)
from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    GIVEN_NAMES,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    SPEAKING,
    TIMES,
    TITLES,
    UNNAMED,
    VERBS,
    common,
    definite,
    without_pronoun,
    words_of,
)
from corpus.quotes.name_shapes import (
    SON_OF,
    WEEKS,
    dated,
    ends_name,
    initials,
    joined_cue,
    joined_particle,
    joins,
    marked_preposition,
    mauritanian,
    plural,
    post_as_surname,
    surnames,
    titled_surname,
    von,
)
from corpus.quotes.word_classes import (
    ADDRESSEES,
    ARABIC_NAMES,
    NAME_LINKS,
    action_like,
    adverbial,
    is_object_start,
    is_preposition,
    name_like,
    surely_with_preposition,
    surname_like,
    with_preposition,
)
from corpus.quotes.words import Passage, Word
from corpus.text.remembered import remembered

_SINCE: Final = frozenset(("المقبل", "الماضي", "الحالي", "القادم"))
# The second word of «عز الدين», «فضل الله»: the name goes on.
_NAME_ENDS: Final = words_of("nameend")
# «لفت سامي النظر إلى»: the verb's own object.
_ATTENTION: Final = frozenset(("النظر", "الانتباه", "الانظار"))
_FAMILY: Final = frozenset(["فيصل", "سعود"])
_SON: Final = "ولد"


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Words `first` up to `after`; the name inside it is `name_first` up to `name_after`
    (both -1 when it holds no name). `head` is the folded head noun."""

    first: int
    after: int
    name_first: int
    name_after: int
    head: str

    @property
    def named(self) -> bool:
        return self.name_first >= 0


@remembered
def _goes_on(form: str) -> bool:
    """Whether the word goes on with something else, so that it is in no noun phrase."""
    return (
        form in RELATIVES
        or form in CONJUNCTIONS
        or form in ADDRESSEES
        or joined_particle(form)
        or joined_cue(form)
    )


def read_noun_phrase(
    passage: Passage, index: int, limit: int, *, greedy: bool = True
) -> NounPhrase | None:
    """The noun phrase that begins at word `index` and ends before `limit`.

    With `greedy` an everyday word may stand within a name (there is an أن further on, so
    nothing but the subject stands between); without it such a word begins the object.
    """
    if index >= limit or not can_head(passage, index):
        return None
    return _Reader(passage, index, limit, greedy).read()


class _Reader:
    """A phrase being read, word by word.

    Each step looks at the word `at` and says whether it has moved on past it (True), whether
    the phrase ends before it (False), or that the word is none of its business (None), so that
    the next step is asked. `open` tells that a construct waits for its last noun («وزير …»),
    `closed` that a definite noun has closed one («وزير الخارجية»).
    """

    __slots__ = (
        *("passage", "words", "index", "limit", "greedy", "head", "at", "after"),
        *("open", "closed", "name_first", "name_after"),
    )

    def __init__(self, passage: Passage, index: int, limit: int, greedy: bool) -> None:
        self.passage, self.words = passage, passage.words
        self.index, self.limit, self.greedy = index, limit, greedy
        self.head = passage.words[index].form
        self.at = self.after = index
        self.open = self.closed = False
        self.name_first = self.name_after = -1

    def read(self) -> NounPhrase | None:
        while self.at < self.limit:
            word = self.words[self.at]
            form = word.form
            # «أليخاندرو», «إليزابيث»: no article, as the hamza shows.
            hamza = form in GIVEN_NAMES or (
                form.startswith("ال") and word.is_word and self.passage.text[word.start] in "أإ"
            )
            moved = self._sign(word)
            if moved is None:
                moved = self._particle(form)
            if moved is None:
                moved = False if self._ends_before(word) else self._preposition(form)
            if moved is None:
                moved = self._time_or_verb(form)
            if moved is None:
                if self.name_first >= 0:
                    moved = self._in_name(form, hamza)
                else:
                    moved = self._noun(word, hamza)
            if not moved:
                break
        if self.after <= self.index:
            return None
        return NounPhrase(self.index, self.after, self.name_first, self.name_after, self.head)

    def _take(self) -> bool:
        """The word belongs to the phrase."""
        self.at += 1
        self.after = self.at
        return True

    def _take_name(self) -> bool:
        """The word belongs to the name."""
        self.at += 1
        self.after = self.name_after = self.at
        return True

    def _sign(self, word: Word) -> bool | None:
        """Points, brackets and quotation marks."""
        at = self.at
        if word.form == "." and at > self.index and len(self.words[at - 1].form) == 1:
            self.at += 1
            return True  # «د. سامر»
        if not word.is_word:
            jump = bracket_or_mark(self.passage, at, self.limit)
            if jump is None:
                return False
            if word.mark >= 0:
                if self.name_first >= 0:
                    return False  # «رونالدو "غاضب جدا"»: marks after a name are no part of it
                self.after = jump
                self.open, self.closed = False, True
            self.at = jump
            return True
        if word.mark >= 0:
            # A word inside a quotation that the phrase's own brackets did not take in.
            return False
        return None

    def _particle(self, form: str) -> bool | None:
        """«فان» of a Dutch name, «ولد» of a Mauritanian one, and initials."""
        if form == "فان" and von(self.passage, self.at):
            if self.name_first < 0:
                self.name_first = self.at
            return self._take_name()
        if form == _SON and self.name_after == self.at and mauritanian(self.passage, self.at):
            return self._take_name()
        if self.at == self.index + 1 and initials(self.passage, self.index):
            self.name_first = self.index
            return self._take_name()  # «بي كي باتناي»
        return None

    def _ends_before(self, word: Word) -> bool:
        """Whether the word can be in no noun phrase, or in none after this one's beginning."""
        at, index, form, head = self.at, self.index, word.form, self.head
        if _goes_on(form):
            return True
        if at > index and form in WITH_PRONOUN and form not in SPELLED:
            return True
        if form == "باسمه" and word.tail != "ة":
            return True  # «خادم الحرمين باسمه»: in his name, not the woman Basima
        if at == index:
            return False
        if form in _ATTENTION and self.words[index - 1].form.endswith("لفت"):
            return True
        if head in PLACES and form.startswith("و") and form[1:] in PLACES:
            return True  # «إيطاليا وفرنسا»: the first of two speaks
        if adverbial(form):
            return True
        if not with_preposition(form):
            return False
        if self.name_first >= 0:
            return surely_with_preposition(form)
        return head not in SPEAKING and not self.greedy

    def _preposition(self, form: str) -> bool | None:
        """A preposition of the post's own, alone or written onto its noun."""
        at, words = self.at, self.words
        if (
            at > self.index
            and self.name_first < 0
            and (
                with_preposition(form)
                or (form not in GIVEN_NAMES and marked_preposition(self.passage, at))
            )
        ):
            # «المدير العام للمنظمة», «مسؤول بوزارة الصحة»: the post's own preposition, but
            # «كثير من الناس | بوجود فروق».
            if form[0] == "ب" and is_object_start(form[1:]):
                return False
            self.closed = (
                definite(form) or form[1:] in PLACES or marked_preposition(self.passage, at)
            )
            self.open = not self.closed
            return self._take()
        if form == "باسم":
            self.open = True
            return self._take()
        if form in PREPOSITIONS and is_preposition(words, at):
            if self.name_first >= 0 or not belongs(
                words[self.index].form, form, words, at, self.limit
            ):
                return False
            self.open, self.closed = True, False
            self.at += 1
            return True
        return None

    def _time_or_verb(self, form: str) -> bool | None:
        """Nouns of time and manner, verbs and figures, which end a phrase."""
        at, words = self.at, self.words
        if (form in TIMES or form in MANNER) and at > self.index:
            if not (
                self.name_after == at and form in _SINCE and words[at - 1].form in ARABIC_NAMES
            ):
                return False
            return self._take_name()  # «عبدالعزيز المقبل»: no noun of time stands before it
        if form in WEEKS and at > self.index and dated(words, at, self.limit):
            return False  # «السلطات الكويتية | الأسبوع الماضي»
        if form in VERBS and at > self.index and not common(form):
            return False
        if form[0].isdigit():
            return False
        return None

    def _in_name(self, form: str, hamza: bool) -> bool:
        """A word after a name has begun."""
        at, words = self.at, self.words
        if not self.greedy and is_object_start(form):
            return False
        if words[at - 1].form in SON_OF or words[at - 1].form == _SON:
            return self._take_name()  # «عبدالرحمن بن مساعد»: a name even where it is a post too
        if form in _NAME_ENDS and at == self.name_after:
            return self._take_name()  # «عز الدين»
        if ends_name(self.passage, self.name_first, at):
            return False
        if name_like(form) or hamza or form in NAME_LINKS or form in _FAMILY:
            return self._take_name()
        if definite(form) and not hamza and at == self.name_after:
            return self._definite_in_name(form)
        everyday = form in ROLES or form in BODIES or form in PLACES
        if self.greedy and not everyday and at == self.name_first + 1:
            return self._take_name()
        return False

    def _definite_in_name(self, form: str) -> bool:
        """A word with the article right after a name: a surname, or what follows the name."""
        if form.endswith(("ات", "ين", "ون")) and len(form) > 5 and plural(form):
            return False  # «سامي رشدي الشركات»: a plural is no surname
        if is_object_start(form[2:]) or (not self.greedy and action_like(form[2:])):
            return False  # «محمد بن سلمان | الاتفاق»
        if form in UNNAMED or (form in PLACES and self.words[self.at - 1].form not in ARABIC_NAMES):
            return False  # «أسماء | الكثير», «هدد ترامب | النرويج بأن», but «محمد السويد»
        if form in ROLES or form in TITLES or form in BODIES:
            named = post_as_surname(self.passage, self.name_first, self.at, self.limit)
            return named and self._take_name()
        if (
            form.endswith(("ي", "يه"))
            and form[2:] in COMMON
            and self.name_first > self.index
            and self.head not in TITLES
            and self.words[self.name_first].form not in GIVEN_NAMES
        ):
            # «مهاجم باريس سان جرمان الفرنسي»: an adjective of origin follows a club's
            # name, hardly ever a man's.
            self.name_first = self.name_after = -1
            self.closed = True
            return self._take()
        return self._take_name()

    def _noun(self, word: Word, hamza: bool) -> bool:
        """A word before any name: a post, a body, an attribute, or the name's first word."""
        at, words, form = self.at, self.words, word.form
        later = at > self.index
        before = words[at - 1].form if later else ""
        complete = self.closed and not self.open  # nothing more is waited for
        if later and form[0] == "و" and form[1:] in ROLES and before in ROLES and not self.closed:
            return self._take()  # «إمام وخطيب المسجد»
        if complete and form in PLACES and not form.endswith("يه") and definite(before):
            return False  # «الدول الأربع | الدوحة»
        if (
            at == self.index + 1
            and self.head in PLACES
            and definite(form)
            and not form.endswith(("ه", "وسطي", "عظمي", "كبري"))
        ):
            return False  # «الكويت | القرار»: a country is feminine, and so are its adjectives
        if (
            not self.greedy
            and later
            and is_object_start(form)
            and before not in BODIES
            and before not in ROLES
        ):
            return False
        title = form in TITLES
        if self._surely_name(form, hamza):
            self.name_first, self.name_after = at, at + 1
        elif (definite(form) and not hamza) or form in PLACES:
            if complete and later and form.endswith("ين") and _oblique_object(form, before):
                return False  # «الشرطة المتظاهرين»: an oblique plural is the verb's object
            if (
                complete
                and later
                and before.startswith("ال")  # not «للجنة التحقيق», «ووزارة الصحة»
                and definite(form)
                and is_object_start(form[2:])
            ):
                return False  # «الرئيس الأميركي | الاتفاق»
            self.open, self.closed = False, True
        elif (form in ROLES or form in BODIES or title or form in UNNAMED) and (
            self.open or not self.closed or title or form in ROLES
        ):
            if complete and not title and later and not self.greedy:
                return False
            self.open, self.closed = True, self.closed and title
        elif name_like(form) or hamza:
            return self._proper_word(word, before)
        elif common(form) or form in VERBS:
            if complete and begins_name(self.passage, at, self.limit, self.head):
                self.name_first, self.name_after = at, at + 1
            elif complete:
                return False
            elif without_pronoun(form) is not None and word.tail != "ة":
                self.open, self.closed = False, True  # «وزير خارجيتها»: the pronoun closes it
            else:
                self.open = True
        else:
            return False
        return self._take()

    def _surely_name(self, form: str, hamza: bool) -> bool:
        """Whether a name begins here whatever else the word could be."""
        at = self.at
        if at == self.index:
            if not hamza and (surname_like(form) or form in surnames(self.passage)):
                return True
        elif titled_surname(self.passage, at, self.limit):
            return True
        return definite(form) and at + 1 < self.limit and self.words[at + 1].form in SON_OF

    def _proper_word(self, word: Word, before: str) -> bool:
        """A word that looks like a name: one, or the body or place that closes a construct."""
        at, form = self.at, word.form
        if at > self.index and form.startswith("و"):
            if form.endswith("ها") and word.tail != "ة":
                return False  # «… | ومقرها»
            if not self.open and len(form) > 3 and joins(self.passage, at):
                return False  # «الشهري | ورجال»
        if self.open and before not in TITLES and before != ".":
            # «مدرب برشلونة …»: the first proper word closes the chain, it is not the man;
            # «محامي صدام حسين»: where it is a person, his whole name closes it.
            self.at = self.after = complement_end(self.passage, at, self.limit, before)
            self.open, self.closed = False, True
            return True
        if self.closed and self.head in BODIES and self.head not in ROLES:
            if not name_like(before):
                return False
        else:
            self.name_first, self.name_after = at, at + 1
        return self._take()


def _oblique_object(form: str, before: str) -> bool:
    return form[2:-2] in COMMON and definite(before) and not before.endswith(("ين", "ات"))
