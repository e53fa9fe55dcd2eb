"""Validated light segmentation: a folded word without the particles and endings it carries.

Written after RETRIEVAL.md section 1. A strip that leaves `rest` is *valid* when the
lexicon knows `rest` and finds it not much rarer than the whole word: that is what keeps
وزير from becoming زير and بوتين from becoming وتين.
"""

from __future__ import annotations

from corpus.text.lexicon import lexicon

SHORTEST = 3  # letters; shorter words stay whole
VALID_FREQUENCY = 3.0
VALID_SHARE = 0.5
# والد is no و + الد although a rare الد exists: after و the article's word must not be
# very much rarer than the whole.
ARTICLE_SHARE = 0.05

PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه")
ALWAYS_PRONOUNS = frozenset({"ها", "ه"})
ENDINGS = ("ان", "ات", "ون", "ين", "يه", "ه", "ي")


def frequency(word: str) -> float:
    """The lexicon's frequency of a folded word, 0 where it is unknown."""
    return lexicon().frequency.get(word, 0.0)


def valid(rest: str, word: str) -> bool:
    """Whether stripping `word` down to `rest` leaves a word people write."""
    found = frequency(rest)
    return (
        len(rest) >= SHORTEST
        and found >= VALID_FREQUENCY
        and found >= VALID_SHARE * frequency(word)
    )


def strip_conjunction(word: str) -> str:
    """Without a leading و or ف that means "and" or "so"."""
    if word[0] not in "وف" or len(word) < 4:
        return word
    rest = word[1:]
    if rest.startswith("ال") and len(rest) > 3:
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
    if word.startswith("لل") and len(word) >= 4:
        return word[2:]
    if len(word) >= 5 and word[0] in "بكف" and word[1:3] == "ال" and valid(word[1:], word):
        return word[3:]
    if word.startswith("ال") and len(word) >= 4:
        # ألمانيا and إلغاء begin with no article, and are mostly written with their hamza.
        return word if word in lexicon().hamza_first else word[2:]
    if len(word) >= 4 and word[0] in "بلك" and valid(word[1:], word):
        return word[1:]
    return word


def strip_pronoun(word: str) -> str:
    """Without one possessive or object pronoun at the end."""
    for pronoun in PRONOUNS:
        rest = word[: -len(pronoun)]
        if not word.endswith(pronoun) or len(rest) < SHORTEST:
            continue
        # حكومتهم is حكومة + هم: the ت was a ة.
        was_heh = rest.endswith("ت") and not rest.endswith("ات") and len(rest) >= 4
        if was_heh and frequency(rest[:-1] + "ه") > 0:
            return rest[:-1]
        if pronoun in ALWAYS_PRONOUNS or frequency(rest) > 0 or frequency("ال" + rest) > 0:
            return rest
        if rest[-1] in "وي" and frequency(rest + "ن") > 0:
            return rest
    return word


def strip_endings(word: str) -> str:
    """Without endings of gender, number and relation, each at most once, in this order."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    if len(word) >= 4 and word.endswith("ا"):
        word = word[:-1]
        if word.endswith("ي") and len(word) > 2:
            word = word[:-1]
    if word.endswith("ء") and len(word) > 2:
        word = word[:-1]
    return word


def segment(word: str) -> str:
    """The stem of a folded word. Words under three letters or of another script stay whole.

    >>> segment("والرئيس")
    'رئيس'
    """
    if len(word) < SHORTEST or not "\u0621" <= word[0] <= "\u064a":
        return word
    for strip in (strip_conjunction, strip_article, strip_pronoun, strip_endings):
        word = strip(word)
    return word
