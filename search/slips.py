"""What a rare word may be a slip of: the same word with one letter wrong, far more often written.

Arabic is dense: most rare words that are one letter from a common one are right. So a word that
general Arabic knows is never doubted, and only slips that hands and eyes make are undone. Pure.
What was read of 42,000 articles' rare words is in docs/decisions/0004-ranking.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from corpus.text.lexicon import RAREST, lexicon

SHORTEST = 4  # letters of a word worth correcting: shorter ones are like everything
# A word as frequent in general Arabic (`Lexicon.frequency`) is no slip: الحبر has 1,982, the
# slips read have less than 50, mostly nothing.
SETTLED = 50.0
# A word in a larger share of the documents is not doubted, so most queries ask for nothing more.
RARE_SHARE = 0.001
# How many times as many articles, and as much of general Arabic, the other spelling must have:
# a slip is made about once in a thousand times.
TIMES_ARTICLES = 50
TIMES_GENERAL = 100

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءؤئ"  # folded
ALIKE = ("بتثنيئ", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "وؤ")


def doubtful(word: str) -> bool:
    """Whether a folded word, rare here, may be a slip at all."""
    return (
        len(word) >= SHORTEST
        and set(word).issubset(LETTERS)
        and lexicon().frequency(word) <= SETTLED
    )


def undone(word: str) -> set[str]:
    """The words that one slip makes this one of: a letter left out, written twice, swapped with
    its neighbour, or taken for one of the same shape.

    Never at the first letter or the last: there prefixes and endings are.

    >>> {"الرئيس", "واشنطن", "الجيش"} <= undone("الرئس") | undone("وانشطن") | undone("االجيش")
    True
    >>> "روسيا" in undone("روسي")
    False
    """
    return set(_undone(word)) - {word}


def _undone(word: str) -> Iterator[str]:
    for i in range(1, len(word)):
        for letter in LETTERS:
            yield word[:i] + letter + word[i:]
    for i in range(1, len(word) - 1):
        if word[i] == word[i - 1] and (i > 1 or word[i] == "ا"):  # تتوقف begins with a prefix
            yield word[:i] + word[i + 1 :]
        for shape in ALIKE:
            if word[i] in shape:
                for letter in shape:
                    yield word[:i] + letter + word[i + 1 :]
    for i, (one, other) in enumerate(pairwise(word[:-1])):
        if i:
            yield word[:i] + other + one + word[i + 2 :]


def meant(word: str, articles: int, found: Mapping[str, int]) -> list[str]:
    """Which of the words found can have been meant, likeliest first.

    `articles` is in how many articles the word stands in any form, `found` in how many each
    of `undone(word)` does.
    """
    general = TIMES_GENERAL * max(RAREST, lexicon().frequency(word))
    return sorted(
        (
            other
            for other, n in found.items()
            if n >= TIMES_ARTICLES * max(1, articles) and lexicon().frequency(other) >= general
        ),
        key=lambda other: (-found[other], other),
    )
