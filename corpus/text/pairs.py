"""Neighbouring words as numbers, so that an index can find them side by side. Pure.

A GIN index of words knows no order: a phrase of common words makes it fetch every document
that has them all. The pairs of neighbours are hashed into a fixed number of buckets, which
keeps the index small; a document is in a bucket by chance about once in a thousand times.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BITS = 18  # of a bucket's number


def pair_keys(numbers: Sequence[int]) -> list[int]:
    """The buckets of all neighbouring pairs, each once, in the order they are met.

    `numbers` are the words' in order: `analyse_columns(text).numbers`, 32 bits each.

    >>> a, b, c = 3_000_000_000, 2_000_000_000, 1_000_000_000
    >>> pair_keys([a, b, c]) == pair_keys([a, b]) + pair_keys([b, c])
    True
    """
    mask, rest = (1 << BITS) - 1, 32 - BITS
    # The low bits of one and the high bits of the other, so that "a b" is not "b a".
    return list(dict.fromkeys([(a & mask) ^ (b >> rest) for a, b in pairwise(numbers)]))
