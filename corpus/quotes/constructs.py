"""What can begin a noun phrase, complete its construct, or hang on its noun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.quotes.lexicon import (
    BODIES,
    CONJUNCTIONS,
    GIVEN_NAMES,
    NOT_PREFIXED,
    RELATIVES,
    ROLES,
    SPEAKING,
    TIMES,
    UNNAMED,
    VERBS,
    common,
    definite,
    without_pronoun,
    words_of,
)
from corpus.quotes.name_shapes import (
    WEEKS,
    dated,
    initials,
    joined_cue,
    von,
)
from corpus.quotes.word_classes import (
    ADDRESSEES,
    NAME_LINKS,
    adverbial,
    is_object_start,
    is_preposition,
    joined_or_verbal,
    name_like,
    surname_like,
    with_preposition,
)
from corpus.quotes.words import Passage, Word
from corpus.text.remembered import remembered

# What is said "in" something, as against somebody who sits in a place.
_OCCASIONS: Final = words_of("occasion")
# Posts and kin that belong to a person rather than to a body or place.
_OF_PERSONS: Final = words_of("ofperson")
# Names of broadcasters and agencies spelled letter by letter.
SPELLED: Final = words_of("spelled")
# Indefinite accusatives that say how or when, not what.
MANNER: Final = words_of("manner")
# Prepositions with their pronoun: «به», «عليك».
WITH_PRONOUN: Final = words_of("withpronoun") - GIVEN_NAMES


def begins_name(passage: Passage, at: int, limit: int, head: str) -> bool:
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


def can_head(passage: Passage, index: int) -> bool:
    word = passage.words[index]
    form = word.form
    if not word.is_word:
        return word.mark >= 0 and bracket_or_mark(passage, index, len(passage.words)) is not None
    return not (
        _heads_nothing(form)
        or is_preposition(passage.words, index)
        or (form in CONJUNCTIONS and not (form == "فان" and von(passage, index)))
        or (form in WITH_PRONOUN and not initials(passage, index))
        or (form in WEEKS and dated(passage.words, index, len(passage.words)))
        or _verb_with_object(passage, index)
    )


@remembered
def _heads_nothing(form: str) -> bool:
    """Whether no noun phrase begins with the word, wherever it stands."""
    return (
        form in RELATIVES
        or form in ADDRESSEES
        or form[0].isdigit()
        or with_preposition(form)
        or (form in VERBS and not common(form))
        or adverbial(form)
        or form in MANNER
        or (form in NOT_PREFIXED and form[0] == "ب" and common(form[1:]) and not common(form))
        or joined_cue(form)
        or joined_or_verbal(form)
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


def complement_end(passage: Passage, at: int, limit: int, before: str) -> int:
    """Word after the proper word or name that closes a construct begun by `before`."""
    words = passage.words
    end = at + 1
    while words[at].form in SPELLED and end < limit and words[end].form in SPELLED:
        end += 1
    if end < limit and words[end - 1].form in SPELLED and words[end].form.isdigit():
        return end + 1  # «مراسل فرانس 24»
    if before in _OF_PERSONS or words[at].form in GIVEN_NAMES or words[at].form in NAME_LINKS:
        while (
            end < limit
            and words[end].is_word
            and (name_like(words[end].form) or words[end].form in NAME_LINKS)
        ):
            end += 1
    return end


def belongs(head: str, preposition: str, words: Sequence[Word], at: int, limit: int) -> bool:
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


def bracket_or_mark(passage: Passage, at: int, limit: int) -> int | None:
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
