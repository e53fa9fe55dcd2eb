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

from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    GIVEN_NAMES,
    NOT_PREFIXED,
    PLACES,
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
    ARABIC_NAMES,
    SON_OF,
    WEEKS,
    dated,
    ends_name,
    initials,
    joined_cue,
    joined_particle,
    joins,
    marked_preposition,
    plural,
    surnames,
    titled_surname,
    von,
)
from corpus.quotes.word_classes import (
    ADDRESSEES,
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
_SINCE: Final = frozenset(("المقبل", "الماضي", "الحالي", "القادم"))
# Indefinite accusatives that say how or when, not what.
MANNER: Final = words_of("manner")
# The second word of «عز الدين», «فضل الله»: the name goes on.
_NAME_ENDS: Final = words_of("nameend")
# «لفت سامي النظر إلى»: the verb's own object.
_ATTENTION: Final = frozenset(("النظر", "الانتباه", "الانظار"))
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
        if form == "فان" and von(passage, at):
            if name_first < 0:
                name_first = at
            at += 1
            after = name_after = at
            continue
        if at == index + 1 and initials(passage, index):
            name_first = index
            at += 1
            after = name_after = at
            continue  # «بي كي باتناي»
        if form in RELATIVES or form in CONJUNCTIONS or form in ADDRESSEES:
            break
        if joined_particle(form) or joined_cue(form):
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
            or (form not in GIVEN_NAMES and marked_preposition(passage, at) and name_first < 0)
        ):
            # «المدير العام للمنظمة», «مسؤول بوزارة الصحة»: the post's own preposition, but
            # «كثير من الناس | بوجود فروق».
            if form[0] == "ب" and is_object_start(form[1:]):
                break
            closed = definite(form) or form[1:] in PLACES or marked_preposition(passage, at)
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
            if not (name_after == at and form in _SINCE and words[at - 1].form in ARABIC_NAMES):
                break
            at += 1
            after = name_after = at
            continue  # «عبدالعزيز المقبل»: no noun of time stands before it
        if form in WEEKS and at > index and dated(words, at, limit):
            break  # «السلطات الكويتية | الأسبوع الماضي»
        if form in VERBS and at > index and not common(form):
            break
        if form[0].isdigit():
            break
        if name_first >= 0:
            if not greedy and is_object_start(form):
                break
            if words[at - 1].form in SON_OF:
                at += 1
                after = name_after = at
                continue  # «عبدالرحمن بن مساعد»: a name even where it is a post too
            if form in _NAME_ENDS and at == name_after:
                at += 1
                after = name_after = at
                continue  # «عز الدين»
            if ends_name(passage, name_first, at):
                break
            if name_like(form) or hamza or form in NAME_LINKS or form in _FAMILY:
                pass
            elif definite(form) and not hamza and at == name_after:
                if form.endswith(("ات", "ين", "ون")) and len(form) > 5 and plural(form):
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
            closed
            and not open_chain
            and form in PLACES
            and not form.endswith("يه")
            and definite(words[at - 1].form)
        ):
            break  # «الدول الأربع | الدوحة»
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
            or (at > index and titled_surname(passage, at, limit))
            or (definite(form) and at + 1 < limit and words[at + 1].form in SON_OF)
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
                and joins(passage, at)
            ):
                break  # «الشهري | ورجال»
            if open_chain and words[at - 1].form not in TITLES and words[at - 1].form != ".":
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


def _begins_name(passage: Passage, at: int, limit: int, head: str) -> bool:
    """«وزير الخارجية التركي مولود تشاوش أوغلو»: a given name that is an everyday word too,
    after a post and before a word that is nothing but a name."""
    if head in BODIES or head not in SPEAKING or is_object_start(passage.words[at].form):
        return False
    if passage.words[at].tail != "ة" and without_pronoun(passage.words[at].form) is not None:
        return False  # «قدم الوزير | شكره»
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
        or (form in CONJUNCTIONS and not (form == "فان" and von(passage, index)))
        or form in RELATIVES
        or form in ADDRESSEES
        or (form in _WITH_PRONOUN and not initials(passage, index))
        or form[0].isdigit()
        or with_preposition(form)
        or (form in VERBS and not common(form))
        or adverbial(form)
        or form in MANNER
        or (form in NOT_PREFIXED and form[0] == "ب" and common(form[1:]) and not common(form))
        or joined_cue(form)
        or joined_or_verbal(form)
        or _verb_with_object(passage, index)
    )


def _verb_with_object(passage: Passage, index: int) -> bool:
    """«لطخت رئاسته», «شنت الفنانة»: an unknown word in ت before a noun with a pronoun, or before
    a feminine who is somebody, is a verb."""
    form = passage.words[index].form
    if not form.endswith("ت") or len(form) < 3 or common(form) or form in GIVEN_NAMES:
        return False
    if index + 1 >= len(passage.words):
        return False
    following = passage.words[index + 1]
    if definite(following.form) and following.form.endswith("ه") and following.form in SPEAKING:
        return True
    return len(form) > 3 and following.tail != "ة" and without_pronoun(following.form) is not None


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
        before = words[at - 1].form
        return any(part in before for part in ("مسوول", "مشرف", "دفاع", "مدافع"))
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
