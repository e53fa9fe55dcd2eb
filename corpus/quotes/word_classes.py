"""What sort of word stands there: a name, a verbal noun, a noun with a preposition before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    GIVEN_NAMES,
    NOT_PREFIXED,
    OBJECT_NOUNS,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    SPEAKING,
    TIMES,
    TITLES,
    UNNAMED,
    VAGUE,
    VERBS,
    common,
    definite,
    without_pronoun,
    words_of,
)
from corpus.quotes.words import Word
from corpus.text.remembered import remembered

ADDRESSEES: Final = words_of("addressee")
# Verbal nouns of the derived forms VII, VIII and X: انزعاج، اعتراض، اتفاق، استقالة; not the
# plurals أتراك، أتباع, whose hamza is folded away.
_ACTION: Final = re.compile(
    "^(?:ان[^ا][^ا]ا[^ا]|ا[^ا]ت[^ا]ا[^ا]|ات(?!راك|باع|عاب|راب)[^ا]ا[^ا]|است[^ا]?[^ا]ا[^ا]ه?)$"
)
# Verbal nouns of the other derived forms, sure enough only behind a preposition: بإعادة، بمكافحة.
_ACTION_WIDE: Final = re.compile(
    "^(?:ا[^ا][^ا]?ا[^ا]ه?|ت[^ا][^ا]ي[^ا]ه?|م[^ا]ا[^ا][^ا]ه|ت[^ا]ا?[^ا][^ا])(?:ها|هم|ه)?$"
)
DEMONSTRATIVES: Final = words_of("demonstrative")
NAME_LINKS: Final = words_of("namelink")
# Arabic given names only; the longer list has foreign surnames too.
ARABIC_NAMES: Final = words_of("givenname")


def is_preposition(words: Sequence[Word], index: int) -> bool:
    """Whether the word is a preposition; «علي» with ي before or after a name is the name."""
    word = words[index]
    if word.form not in PREPOSITIONS:
        return False
    if word.form == "علي" and index + 1 < len(words) and words[index + 1].form in ("بن", "ابن"):
        return False  # «الأمير على بن الحسين», as some newspapers spell it
    if word.form == "علي" and word.tail in "يی" and index + 1 < len(words):
        following = words[index + 1].form
        if (
            index
            and words[index - 1].form in ARABIC_NAMES
            and following.startswith("ال")
            and following.endswith("ي")
        ):
            return False  # «محمد علي الحسيني»
        return not (
            following in GIVEN_NAMES
            or following in NAME_LINKS
            or (words[index + 1].is_word and (name_like(following) or surname_like(following)))
        )
    return True


@remembered
def name_like(form: str) -> bool:
    """A bare word that no list knows as anything but a name."""
    if form in GIVEN_NAMES:
        return True
    if form.isascii():
        return False
    return not (
        form in ROLES
        or form in TITLES
        or form in BODIES
        or form in PREPOSITIONS
        or form in CONJUNCTIONS
        or form in RELATIVES
        or form in TIMES
        or form in PLACES
        or form in UNNAMED
        or form in VAGUE
        or form in VERBS
        or form[0].isdigit()
        or definite(form)
        or common(form)
        or form in ADDRESSEES
        or form.startswith("لل")
        or form in DEMONSTRATIVES
        or _action_of_somebody(form)
        or (form in NOT_PREFIXED and common(form[1:]))  # «بشكل»
        or len(form) < 2
        or (form.startswith("ا") and form.endswith("ت") and len(form) > 4)  # a verb: أحزنت
        or (form.startswith("و") and form[1:] in VERBS)
    )


def _action_of_somebody(form: str) -> bool:
    """«انزعاجها»: a verbal noun with the speaker's pronoun."""
    return form.endswith(("ها", "هم")) and bool(_ACTION.match(form[:-2]))


@remembered
def joined_or_verbal(form: str) -> bool:
    """«وامرأة», «ينتقدها»: a word with و before it goes on with what was before; a verb with
    its object heads no phrase."""
    if form in COMMON or form in GIVEN_NAMES or form in SPEAKING:
        return False
    if form.startswith("و") and len(form) > 3:
        rest = form[1:]
        if rest in PREPOSITIONS or rest in CONJUNCTIONS or rest in DEMONSTRATIVES:
            return True
        if rest.startswith(("سي", "ست")) and rest[1:] in VERBS:
            return True
        return (
            common(rest)
            or rest in VERBS
            or rest in PLACES
            or definite(rest)
            or with_preposition(rest)
        )
    for suffix in ("ها", "هم", "ه"):
        if form.endswith(suffix) and form[: -len(suffix)] in VERBS:
            return without_pronoun(form) is None
    return False


@remembered
def with_preposition(form: str) -> bool:
    """«لنادي», «للجامعة», «بوزارة»: a noun with the preposition ل or ب before it."""
    if form.startswith(("لل", "بال")) and len(form) >= 5:
        return form not in GIVEN_NAMES
    if form in ("لكل", "بكل", "بهذا", "بهذه", "لهذا", "لهذه", "بذلك", "لذلك"):
        return True
    if not form.startswith(("ل", "ب")) or len(form) < 4 or form in COMMON or form in PLACES:
        return False
    if form in NOT_PREFIXED or form in GIVEN_NAMES or form in SPEAKING:
        return False
    rest = form[1:]
    return (
        rest in BODIES
        or rest in ROLES
        or rest in PLACES
        or rest == "كل"
        or (len(rest) >= 4 and rest.endswith("ه"))
        or common(rest)
        or action_like(rest)
    )


@remembered
def surely_with_preposition(form: str) -> bool:
    """Whether the rest after ل or ب is a word the lists know, so that it is a preposition even
    after a name: «سالم بوزارة», but «سعيد بوميدوحة», «دانييل لامار»."""
    if not with_preposition(form):
        return False
    rest = form[1:]
    return (
        form.startswith(("لل", "بال"))
        or rest in BODIES
        or rest in ROLES
        or rest in PLACES
        or common(rest)
        or is_object_start(rest)
        or not (rest.endswith("ه") or action_like(rest))
    )


@remembered
def adverbial(form: str) -> bool:
    """«عالميا», «أخيرا»: an indefinite accusative, which is never a verb's subject; «إيطاليا»
    is a country all the same."""
    return (
        form not in PLACES
        and form.endswith("ا")
        and len(form) > 3
        and (form[:-1] in COMMON or form[:-1] in UNNAMED)
        and form not in ROLES
    )


@remembered
def surname_like(form: str) -> bool:
    """«العيساوي»: a definite word that is no noun or adjective of the language."""
    if not form.startswith("ال") or len(form) < 5:
        return False
    rest = form[2:]
    return not (
        rest in COMMON
        or form in ROLES
        or form in BODIES
        or form in TITLES
        or form in PLACES
        or form in TIMES
        or form in UNNAMED
        or rest in ROLES
        or rest.endswith(("ه", "ات", "ين", "ون"))
    )


@remembered
def action_like(form: str) -> bool:
    """Whether the bare word has the shape of a verbal noun, with or without a pronoun."""
    if form.endswith(("تها", "تهم", "ته")) and form.startswith(("م", "ا", "ت")):
        return True
    return bool(_ACTION.match(form) or _ACTION_WIDE.match(form))


@remembered
def is_object_start(form: str) -> bool:
    """Whether a bare noun opens reported content: ضرورة, or a noun with the speaker's pronoun."""
    return form in OBJECT_NOUNS or (bool(_ACTION.match(form)) and form not in SPEAKING)
