"""Random samples of the search rows, where a common word's rows are too many to look at all.

Rows of a sample carry a lexeme of it among their stems (`corpus.indexing.texts.SAMPLES`), so that a
word and the sample are met within one index scan, which skips what lies between.
"""

from __future__ import annotations

from corpus.indexing.texts import SAMPLE, SAMPLES
from search.query import Condition

# One document in so many: all of them, or one of the samples.
PARTS = (1, *SAMPLES)


def first_try(expected: float, enough: float) -> int:
    """The index in `PARTS` of the largest sample that holds no more than `enough`.

    `expected` is how many of all documents would be met.

    >>> [PARTS[first_try(n, 4000)] for n in (100, 4001, 20_000, 10**6, 10**9)]
    [1, 4, 16, 256, 256]
    """
    fitting = (i for i, n in enumerate(PARTS) if expected / n <= enough)
    return next(fitting, len(PARTS) - 1)


def in_sample(part: int, column: str = "stems") -> list[Condition]:
    """The condition that a row is one of the sample of one in `part`; none for all.

    `column`, stems or pairs, is the one whose index finds what is looked for.
    """
    if part == 1:
        return []
    if column == "pairs":
        return [Condition("pairs @> %s::int[]", ([-part],))]
    return [Condition("stems @@ %s::tsquery", (f"'{SAMPLE}{part}'",))]


def rounded(number: int) -> int:
    """An estimate to the two digits that it can be trusted for.

    >>> rounded(317_440)
    320000
    """
    places = max(0, len(str(number)) - 2)
    return round(number, -places)
