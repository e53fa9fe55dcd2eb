"""Validated light segmentation: a folded word without the particles and endings it carries.

After RETRIEVAL.md, section 1. A strip that leaves `rest` is *valid* when the lexicon knows
`rest` and finds it not much rarer than the whole word: that keeps وزير from becoming زير
and بوتين from becoming وتين.
"""

from __future__ import annotations

from typing import Final

from corpus.text.characters import HAMZAS
from corpus.text.lexicon import lexicon

SHORTEST: Final = 3  # letters; shorter words stay whole
VALID_FREQUENCY: Final = 3.0
VALID_SHARE: Final = 0.5
ARTICLE_SHARE: Final = 0.5

PRONOUNS: Final = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه")
ALWAYS_PRONOUNS: Final = frozenset({"ها", "ه"})
ENDINGS: Final = ("ان", "ات", "ون", "ين", "يه", "ه", "ي")


def frequency(word: str) -> float:
    """The lexicon's frequency of a folded word, 0.0 where it is unknown."""
    return lexicon().frequency(word)


def valid(rest: str, word: str) -> bool:
    """Whether stripping `word` down to `rest` leaves a word people write."""
    if len(rest) < SHORTEST:
        return False
    found = frequency(rest)
    return found >= VALID_FREQUENCY and found >= VALID_SHARE * frequency(word)


def strip_conjunction(word: str) -> str:
    """Without a leading و or ف that means "and" or "so"."""
    if len(word) < 4 or word[0] not in "وف":
        return word
    rest = word[1:]
    # والدته is no و + الدته, though that occurs: before و most words are commoner by far.
    if rest.startswith("ال") and len(rest) >= 4:
        known = frequency(rest)
        if known > 0 and known >= ARTICLE_SHARE * frequency(word):
            return rest
    if valid(rest, word):
        return rest
    if len(word) >= 5 and rest[0] in "بلك" and rest[1:3] == "ال":
        return rest
    if rest.startswith("لل") and frequency(rest) > 0:
        return rest
    return word


def strip_article(word: str) -> str:
    """Without the article and a preposition written onto it, or a preposition alone."""
    if len(word) < 4:
        return word
    if word.startswith("لل"):
        return word[2:]
    if len(word) >= 5 and word[0] in "بكف" and word[1:3] == "ال" and valid(word[1:], word):
        return word[3:]
    if word.startswith("ال"):
        # ألمانيا and إلغاء begin with no article, and are mostly written with their hamza.
        return word if lexicon().hamza_first(word) else word[2:]
    if word[0] in "بلك" and valid(word[1:], word):
        return word[1:]
    return word


def strip_pronoun(word: str) -> str:
    """Without one possessive or object pronoun at the end."""
    for pronoun in PRONOUNS:
        if not word.endswith(pronoun):
            continue
        rest = word[: -len(pronoun)]  # no other pronoun ends like this one
        if len(rest) < SHORTEST:
            return word
        feminine = len(rest) >= 4 and rest[-1] == "ت" and rest[-2] != "ا"
        if feminine and frequency(rest[:-1] + "ه") > 0:
            return rest[:-1]  # حكومتهم is حكومة + هم: the ت was a ة
        if pronoun in ALWAYS_PRONOUNS or frequency(rest) > 0 or frequency("ال" + rest) > 0:
            return rest
        # مسلموهم is مسلمون + هم: the ن is lost before a pronoun.
        if rest[-1] in "وي" and frequency(rest + "ن") > 0:
            return rest
        return word
    return word


def strip_endings(word: str) -> str:
    """Without endings of number, gender and relation, each at most once, in this order."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


def strip_alif(word: str) -> str:
    """Without a final ا (an accusative, mostly), and without a ي before it (سوريا)."""
    if len(word) < 4 or word[-1] != "ا":
        return word
    word = word[:-1]
    return word[:-1] if word[-1] == "ي" else word


def strip_hamza(word: str) -> str:
    """Without a final hamza on whichever seat: وزراء, and وزرائهم without its pronoun.

    Three letters must remain: ماء (water) is not ما (what).
    """
    return word[:-1] if len(word) > 3 and word[-1] in HAMZAS else word


def segment(word: str) -> str:
    """The stem of a folded word. Words under three letters or of another script stay whole.

    >>> segment("والحكومه") == segment("حكومه")
    True
    """
    if len(word) < SHORTEST or not "\u0621" <= word[0] <= "\u064a":
        return word
    for strip in STRIPS:
        word = strip(word)
    return word


STRIPS: Final = (
    strip_conjunction,
    strip_article,
    strip_pronoun,
    strip_endings,
    strip_alif,
    strip_hamza,
)
