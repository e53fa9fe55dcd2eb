"""Where a noun phrase ends, and which part of it is a name.

Arabic puts the post before the name (وزير الخارجية الروسي سيرغي لافروف) or after it
(سيرغي لافروف وزير الخارجية), with or without a comma. A post is a chain of construct nouns
closed by a definite noun or a place, then its adjectives; the first bare proper word after
the chain closes begins the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.quotes.cues import Shape, cue_forms
from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    GIVEN_NAMES,
    NOT_PREFIXED,
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
from corpus.quotes.word_classes import (
    ADDRESSEES,
    DEMONSTRATIVES,
    NAME_LINKS,
    action_like,
    adverbial,
    is_object_start,
    is_preposition,
    joined_or_verbal,
    name_like,
    surely_with_preposition,
    surname_like,
    with_preposition,
)
from corpus.quotes.words import Passage, Word

# What is said "in" something, as against somebody who sits in a place.
_OCCASIONS: Final = words_of("occasion")
# Posts and kin that belong to a person rather than to a body or place.
_OF_PERSONS: Final = words_of("ofperson")
# Names of broadcasters and agencies spelled letter by letter.
_SPELLED: Final = words_of("spelled")
_INITIALS: Final = words_of("initial")
# Arabic given names only; the longer list has foreign surnames too.
_ARABIC_NAMES: Final = words_of("givenname")
# Times that no list of adverbs holds: «ميركل | الأسبوع الماضي».
_WEEKS: Final = frozenset(("الاسبوع", "الشهر", "العام", "السنه", "الليله"))
_ADVERBS: Final = words_of("skipped")
# Indefinite accusatives that say how or when, not what.
MANNER: Final = words_of("manner")
# The second word of «عز الدين», «فضل الله»: the name goes on.
_NAME_ENDS: Final = words_of("nameend")
_SON_OF: Final = frozenset(("بن", "بنت"))
# «لفت سامي النظر إلى»: the verb's own object.
_ATTENTION: Final = frozenset(("النظر", "الانتباه", "الانظار"))
_PERSON_TITLES: Final = words_of("persontitle")
# Prepositions with their pronoun: «به», «عليك».
_WITH_PRONOUN: Final = words_of("withpronoun") - GIVEN_NAMES
_FAMILY: Final = frozenset(["فيصل", "سعود"])


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


def read_noun_phrase(
    passage: Passage, index: int, limit: int, *, greedy: bool = True
) -> NounPhrase | None:
    """The noun phrase that begins at word `index` and ends before `limit`.

    With `greedy` an everyday word may stand within a name (there is an أن further on, so
    nothing but the subject stands between); without it such a word begins the object.
    """
    words = passage.words
    at = index
    if at >= limit or not _can_head(passage, at):
        return None
    head = words[at].form
    open_chain = False
    closed = False
    name_first = name_after = -1
    after = at
    while at < limit:
        word = words[at]
        form = word.form
        # «أليخاندرو», «إليزابيث»: no article, as the hamza shows.
        hamza = form in GIVEN_NAMES or (
            form.startswith("ال") and word.is_word and passage.text[word.start] in "أإ"
        )
        if form == "." and at > index and len(words[at - 1].form) == 1:
            at += 1
            continue  # «د. سامر»
        if not word.is_word:
            jump = _bracket_or_mark(passage, at, limit)
            if jump is None:
                break
            if word.mark >= 0:
                if name_first >= 0:
                    break  # «رونالدو "غاضب جدا"»: marks after a name are no part of it
                after = jump
                open_chain, closed = False, True
            at = jump
            continue
        if word.mark >= 0:
            # A word inside a quotation that the phrase's own brackets did not take in.
            break
        if form == "فان" and _von(passage, at):
            if name_first < 0:
                name_first = at
            at += 1
            after = name_after = at
            continue
        if form in RELATIVES or form in CONJUNCTIONS or form in ADDRESSEES:
            break
        if _joined_particle(form) or _joined_cue(form):
            break
        if at > index and form in _WITH_PRONOUN and form not in _SPELLED:
            break
        if form == "باسمه" and word.tail != "ة":
            break  # «خادم الحرمين باسمه»: in his name, not the woman Basima
        if at > index and form in _ATTENTION and words[index - 1].form.endswith("لفت"):
            break
        if at > index and head in PLACES and form.startswith("و") and form[1:] in PLACES:
            break  # «إيطاليا وفرنسا»: the first of two speaks
        if at > index and (
            adverbial(form)
            or (
                with_preposition(form)
                and (
                    (name_first >= 0 and surely_with_preposition(form))
                    or (name_first < 0 and head not in SPEAKING and not greedy)
                )
            )
        ):
            break
        if at > index and (
            (with_preposition(form) and name_first < 0)
            or (form not in GIVEN_NAMES and _marked_preposition(passage, at) and name_first < 0)
        ):
            # «المدير العام للمنظمة», «مسؤول بوزارة الصحة»: the post's own preposition, but
            # «كثير من الناس | بوجود فروق».
            if form[0] == "ب" and is_object_start(form[1:]):
                break
            closed = definite(form) or form[1:] in PLACES or _marked_preposition(passage, at)
            open_chain = not closed
            at += 1
            after = at
            continue
        if form == "باسم":
            open_chain = True
            at += 1
            after = at
            continue
        if is_preposition(words, at):
            if name_first >= 0 or not _belongs(words[index].form, form, words, at, limit):
                break
            open_chain, closed = True, False
            at += 1
            continue
        if (form in TIMES or form in MANNER) and at > index:
            break
        if form in _WEEKS and at > index and _dated(words, at, limit):
            break  # «السلطات الكويتية | الأسبوع الماضي»
        if form in VERBS and at > index and not common(form):
            break
        if form[0].isdigit():
            break
        if name_first >= 0:
            if not greedy and is_object_start(form):
                break
            if words[at - 1].form in _SON_OF:
                at += 1
                after = name_after = at
                continue  # «عبدالرحمن بن مساعد»: a name even where it is a post too
            if form in _NAME_ENDS and at == name_after:
                at += 1
                after = name_after = at
                continue  # «عز الدين»
            if _ends_name(passage, name_first, at):
                break
            if name_like(form) or hamza or form in NAME_LINKS or form in _FAMILY:
                pass
            elif definite(form) and not hamza and at == name_after:
                if form.endswith(("ات", "ين", "ون")) and len(form) > 5 and _plural(form):
                    break  # «سامي رشدي الشركات»: a plural is no surname
                if not greedy and (is_object_start(form[2:]) or action_like(form[2:])):
                    break
                if form in ROLES or form in TITLES or form in BODIES:
                    break
                if (
                    form.endswith(("ي", "يه"))
                    and form[2:] in COMMON
                    and name_first > index
                    and (head not in TITLES and words[name_first].form not in GIVEN_NAMES)
                ):
                    # «مهاجم باريس سان جرمان الفرنسي»: an adjective of origin follows a club's
                    # name, hardly ever a man's.
                    name_first = name_after = -1
                    closed = True
                    at += 1
                    after = at
                    continue
            elif greedy and form not in ROLES and form not in BODIES and at == name_first + 1:
                pass
            else:
                break
            at += 1
            after = name_after = at
            continue
        if (
            at > index
            and form[0] == "و"
            and form[1:] in ROLES
            and words[at - 1].form in ROLES
            and not closed
        ):
            at += 1
            after = at
            continue  # «إمام وخطيب المسجد»
        if (
            at == index + 1
            and head in PLACES
            and definite(form)
            and not form.endswith(("ه", "وسطي", "عظمي", "كبري"))
        ):
            break  # «الكويت | القرار»: a country is feminine, and so are its adjectives
        title = form in TITLES
        if (
            not greedy
            and at > index
            and is_object_start(form)
            and (words[at - 1].form not in BODIES and words[at - 1].form not in ROLES)
        ):
            break
        if (
            (at == index and not hamza and (surname_like(form) or form in surnames(passage)))
            or (at > index and _titled_surname(passage, at, limit))
            or (definite(form) and at + 1 < limit and words[at + 1].form in _SON_OF)
        ):
            name_first, name_after = at, at + 1
        elif (definite(form) and not hamza) or form in PLACES:
            if (
                at > index
                and closed
                and not open_chain
                and form.endswith("ين")
                and form[2:-2] in COMMON
                and definite(words[at - 1].form)
                and not words[at - 1].form.endswith(("ين", "ات"))
            ):
                break  # «الشرطة المتظاهرين»: an oblique plural is the verb's object
            open_chain, closed = False, True
        elif (form in ROLES or form in BODIES or title or form in UNNAMED) and (
            open_chain or not closed or title or form in ROLES
        ):
            if closed and not open_chain and not title and at > index and not greedy:
                break
            open_chain, closed = True, closed and title
        elif name_like(form) or hamza:
            if at > index and form.startswith("و") and form.endswith("ها") and word.tail != "ة":
                break  # «… | ومقرها»
            if (
                at > index
                and not open_chain
                and form.startswith("و")
                and len(form) > 3
                and _joins(passage, at)
            ):
                break  # «الشهري | ورجال»
            if open_chain and words[at - 1].form not in TITLES:
                # «مدرب برشلونة …»: the first proper word closes the chain, it is not the man;
                # «محامي صدام حسين»: where it is a person, his whole name closes it.
                at = _complement_end(passage, at, limit, words[at - 1].form)
                open_chain, closed = False, True
                after = at
                continue
            elif closed and (head in BODIES and head not in ROLES):
                if not name_like(words[at - 1].form):
                    break
            else:
                name_first, name_after = at, at + 1
        elif common(form) or form in VERBS:
            if closed and not open_chain and _begins_name(passage, at, limit, head):
                name_first, name_after = at, at + 1
            elif closed and not open_chain:
                break
            elif without_pronoun(form) is not None and word.tail != "ة":
                open_chain, closed = False, True  # «وزير خارجيتها»: the pronoun closes it
            else:
                open_chain = True
        else:
            break
        at += 1
        after = at
    if after <= index:
        return None
    return NounPhrase(index, after, name_first, name_after, head)


def _initials(passage: Passage, at: int) -> bool:
    """«بي كي باتناي»: initials spelled out, one after another."""
    words = passage.words
    return at + 1 < len(words) and words[at + 1].is_word and words[at + 1].form in _INITIALS


def _von(passage: Passage, at: int) -> bool:
    """Whether «فان» is the Dutch "van" and not فإن: no hamza, and a name follows."""
    word = passage.words[at]
    if passage.text[word.start : word.end] != "فان" or at + 1 >= len(passage.words):
        return False
    following = passage.words[at + 1].form
    return name_like(following) and not following.startswith(("ال", "ت", "ي"))


def _dated(words: Sequence[Word], at: int, limit: int) -> bool:
    """Whether «العام» and the like are a date, not «المدير العام»."""
    if words[at].form != "العام":
        return True
    return at + 1 < limit and (words[at + 1].form in TIMES or words[at + 1].form[0].isdigit())


def _accusative(passage: Passage, at: int) -> bool:
    """Whether the word is an indefinite accusative: by its ending sign, or a participle of the
    forms in مت and مست with alif."""
    word = passage.words[at]
    if word.form in GIVEN_NAMES or word.form in PLACES:
        return False
    if "\u064b" in passage.text[word.end - 2 : word.end]:
        return True
    return word.form.startswith(("مت", "مست")) and word.form.endswith("ا") and len(word.form) > 5


def _joined_particle(form: str) -> bool:
    """«ولكي», «وكذلك», «فحين»: a particle behind و or ف goes on with something else."""
    rest = form[1:]
    return (
        form[0] in "وف"
        and (rest in RELATIVES or rest in CONJUNCTIONS or rest in PREPOSITIONS)
        and form not in GIVEN_NAMES
    )


def _joined_cue(form: str) -> bool:
    """«واستطرد»: a reporting verb behind و is nobody's name."""
    cue = cue_forms().get(form)
    return cue is not None and cue.joined and cue.shape is Shape.VERB and not common(form)


def surnames(passage: Passage) -> frozenset[str]:
    """Definite words that stand right after a given name somewhere in the text: «حمدان العمري»
    makes «العمري» a name, whatever else the word can mean."""
    if passage.names is None:
        words = passage.words
        passage.names = frozenset(
            words[at].form
            for at in range(1, len(words))
            if words[at].form.startswith("ال")
            and len(words[at].form) > 4
            and (words[at - 1].form in _ARABIC_NAMES or (at > 1 and words[at - 2].form in _SON_OF))
            and not (
                words[at].form in SPEAKING
                or words[at].form in PLACES
                or words[at].form in TIMES
                or words[at].form in _WEEKS
                or words[at].form.endswith(("ه", "ات"))
            )
        )
    return passage.names


def _ends_name(passage: Passage, first: int, at: int) -> bool:
    """Whether the word after a person's name is no part of it: «نادية الحمدان | التجربة»,
    «قطان | الأهالي», «سامي رشدي | والوزير», «سالم | هذه», «رشدي | سيحضر», «رشدي | قوله»."""
    words = passage.words
    form = words[at].form
    if _accusative(passage, at):
        return True  # «لويس انريكي | متذمرا»
    if form in DEMONSTRATIVES or form in _WEEKS or form in _ADVERBS:
        return True
    if form in GIVEN_NAMES:
        return False
    if form.startswith(("سي", "ست")) and form[1:] in VERBS:
        return True
    cue = cue_forms().get(form)
    if cue is not None and (cue.suffixed or not cue.past) and words[at].tail != "ة":
        return True
    if words[at].tail != "ة" and without_pronoun(form) is not None:
        return True
    if form.startswith("و") and len(form) > 3:
        return _joins(passage, at)
    known = words[first].form in GIVEN_NAMES or words[first].form in NAME_LINKS
    if not definite(form):
        return common(form) and not known and form.endswith("ه")
    bare = form[2:]
    before = words[at - 1].form
    if bare not in COMMON or before in NAME_LINKS:
        return False
    if form.endswith("ه"):
        return True  # an everyday feminine is no surname
    if form.endswith("ي"):
        return not known
    # «محمد الشريف», but «دونالد ترامب | الدول»: only an Arabic name has such a surname.
    return not (before in _ARABIC_NAMES or before.startswith("عبد"))


def _titled_surname(passage: Passage, at: int, limit: int) -> bool:
    """«الدكتور الشهري»: an adjective in shape, but no name follows it."""
    words = passage.words
    form = words[at].form
    before = words[at - 1].form
    if not definite(form) or form.endswith("ه"):
        return False
    if before not in _PERSON_TITLES and not (
        definite(before) and before in ROLES and surname_like(form)
    ):
        return False
    if form in ROLES or form in BODIES or form in TITLES or form in _WEEKS:
        return False
    following = words[at + 1] if at + 1 < limit else None
    return following is None or not (following.is_word and name_like(following.form))


def _marked_preposition(passage: Passage, at: int) -> bool:
    """«لأرسنال», «بإسبانيا»: before a hamza on alif ل and ب are prepositions."""
    start = passage.words[at].start
    return passage.text[start : start + 2] in ("لأ", "لإ", "بإ")


def _joins(passage: Passage, at: int) -> bool:
    """Whether the و of «ونظيره», «وبرشلونة», «وأبناء» is "and" rather than part of a name."""
    word = passage.words[at]
    rest = word.form[1:]
    if word.form in GIVEN_NAMES:
        return False
    return (
        definite(rest)
        or common(rest)
        or rest in SPEAKING
        or rest in GIVEN_NAMES
        or rest in VERBS
        or rest in passage.forms
        or passage.text[word.start : word.start + 2] in ("وأ", "وإ")
    )


def _plural(form: str) -> bool:
    """Whether the definite word is the plural of an everyday noun: الشركات، المتظاهرين."""
    return form[2:] in COMMON or form[2:-2] in COMMON or form[2:-2] + "ه" in COMMON


def _begins_name(passage: Passage, at: int, limit: int, head: str) -> bool:
    """«وزير الخارجية التركي مولود تشاوش أوغلو»: a given name that is an everyday word too,
    after a post and before a word that is nothing but a name."""
    if head in BODIES or head not in SPEAKING or is_object_start(passage.words[at].form):
        return False
    following = passage.words[at + 1] if at + 1 < limit else None
    return (
        following is not None
        and following.is_word
        and (name_like(following.form) or surname_like(following.form))
    )


def _can_head(passage: Passage, index: int) -> bool:
    word = passage.words[index]
    form = word.form
    if not word.is_word:
        return word.mark >= 0 and _bracket_or_mark(passage, index, len(passage.words)) is not None
    return not (
        is_preposition(passage.words, index)
        or (form in CONJUNCTIONS and not (form == "فان" and _von(passage, index)))
        or form in RELATIVES
        or form in ADDRESSEES
        or (form in _WITH_PRONOUN and not _initials(passage, index))
        or form[0].isdigit()
        or with_preposition(form)
        or (form in VERBS and not common(form))
        or adverbial(form)
        or form in MANNER
        or (form in NOT_PREFIXED and form[0] == "ب" and common(form[1:]) and not common(form))
        or _joined_cue(form)
        or joined_or_verbal(form)
        or _verb_with_object(passage, index)
    )


def _verb_with_object(passage: Passage, index: int) -> bool:
    """«لطخت رئاسته»: an unknown word in ت before a noun with a pronoun is a verb."""
    form = passage.words[index].form
    if not form.endswith("ت") or len(form) < 4 or common(form) or form in GIVEN_NAMES:
        return False
    if index + 1 >= len(passage.words):
        return False
    following = passage.words[index + 1]
    return following.tail != "ة" and without_pronoun(following.form) is not None


def _complement_end(passage: Passage, at: int, limit: int, before: str) -> int:
    """Word after the proper word or name that closes a construct begun by `before`."""
    words = passage.words
    end = at + 1
    while words[at].form in _SPELLED and end < limit and words[end].form in _SPELLED:
        end += 1
    if end < limit and words[end - 1].form in _SPELLED and words[end].form.isdigit():
        return end + 1  # «مراسل فرانس 24»
    if before in _OF_PERSONS or words[at].form in GIVEN_NAMES or words[at].form in NAME_LINKS:
        while (
            end < limit
            and words[end].is_word
            and (name_like(words[end].form) or words[end].form in NAME_LINKS)
        ):
            end += 1
    return end


def _belongs(head: str, preposition: str, words: Sequence[Word], at: int, limit: int) -> bool:
    """Whether a preposition stays within the phrase: an official *in* a ministry, a witness
    *from* a town, but not *in a statement*."""
    if at + 1 >= limit:
        return False
    following = words[at + 1].form
    if preposition in ("في", "لدي"):
        return following not in _OCCASIONS and following not in TIMES
    if preposition == "من":
        return head in UNNAMED or head in ROLES or not definite(head)
    if preposition in ("عن", "علي"):
        return "مسوول" in words[at - 1].form or "مشرف" in words[at - 1].form
    return False


def _bracket_or_mark(passage: Passage, at: int, limit: int) -> int | None:
    """The word after a bracket of at most six words or a quoted name, or None."""
    words = passage.words
    word = words[at]
    if word.mark >= 0:
        mark = passage.marks[word.mark]
        if mark.outer_start != word.start:
            return None
        end = passage.word_at(mark.outer_end)
        return end if end <= limit and end - at <= 7 and mark.closed else None
    if word.form in "(":
        for end in range(at + 1, min(at + 9, limit)):
            if words[end].form == ")":
                return end + 1
    return None
