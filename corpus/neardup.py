"""Nearly the same text: reprints and updated versions. Pure.

    bands(words)            what the database is asked by: an index finds who shares one
    alike(shingles, other)  the judgement on a pair that shares a band

A text is the set of its runs of three folded words. One hash of each run fills 64 bins
with their least value (one-permutation MinHash); three bins make a band. Two texts with
a share J of runs in common meet in at least one of 21 bands with probability
1 - (1 - J³)²¹: 99 % at J = 0.6, 94 % at 0.5, 2 % at 0.1, and hardly ever by chance,
so that a million articles give few pairs to judge.

A 64-bit SimHash was the other choice. At J = 0.57, a text with every tenth word changed,
it differs in some 15 bits, and no banding finds that without reading the corpus.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from corpus.text.remembered import Remembered

RUN = 3  # words in a shingle
BINS = 64
BAND = 3  # bins in a band
FEWEST = 12  # shingles; a shorter text is alike to too much

# Judged on the pairs of tests/corpus/neardup_pairs.py.
ALIKE = 0.55  # Jaccard
CONTAINED = 0.80  # share of the shorter text that stands in the longer one …
SHORTEST_SHARE = 0.33  # … which is at most three times as long

_MASK = (1 << 64) - 1
_MIX = 0x9E3779B97F4A7C15


# What each place of a run multiplies its word by.
_PLACES = (0x9DDFEA08EB382D69 * 0xC2B2AE3D27D4EB4F * _MIX, 0xC2B2AE3D27D4EB4F * _MIX, _MIX)


def _word(word: str) -> tuple[int, int, int]:
    """64 bits of a word for each place in a run; the same in every process, unlike hash()."""
    data = word.encode()
    bits = (zlib.crc32(data) << 32 | zlib.crc32(data, 0x9E3779B9)) & _MASK
    first, second, third = _PLACES
    return bits * first & _MASK, bits * second & _MASK, bits * third & _MASK


_HASHES = Remembered(_word, most=200_000)


def shingles(words: Iterable[str]) -> set[int]:
    """64-bit hashes of the runs of three words; empty for a text too short to compare."""
    hashes = [_HASHES[word] for word in words]
    found = set()
    for (a, _, _), (_, b, _), (_, _, c) in zip(hashes, hashes[1:], hashes[2:], strict=False):
        mixed = (a + b + c) & _MASK
        found.add((mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & _MASK)
    return found if len(found) >= FEWEST else set()


def signature(runs: Iterable[int]) -> list[int]:
    """The least hash in each of the 64 bins; an empty bin has the next full one's."""
    bins = [-1] * BINS
    for run in sorted(runs, reverse=True):
        bins[run >> 58] = run
    if max(bins) < 0:
        return []
    filled = list(bins)
    for at in range(BINS):
        distance = 0
        while bins[(at + distance) % BINS] < 0:
            distance += 1
        # The distance keeps a borrowed value from matching a value of its own bin.
        filled[at] = bins[(at + distance) % BINS] + distance
    return filled


def bands(runs: set[int]) -> list[int]:
    """21 signed 32-bit numbers, one a band; none for a text too short to compare."""
    bins = signature(runs)
    if not bins:
        return []
    found = []
    for first in range(0, BINS - BINS % BAND, BAND):
        mixed = first
        for value in bins[first : first + BAND]:
            mixed = (mixed ^ value) * _MIX & _MASK
            mixed ^= mixed >> 31
        found.append((mixed >> 32) - (1 << 31))
    return found


def alike(one: set[int], other: set[int]) -> bool:
    """Whether two texts are versions of one; the order does not matter."""
    smaller, larger = sorted((one, other), key=len)
    if not smaller:
        return False
    shared = len(smaller & larger)
    if shared >= ALIKE * (len(smaller) + len(larger) - shared):
        return True
    return shared >= CONTAINED * len(smaller) and len(smaller) >= SHORTEST_SHARE * len(larger)


class Joined:
    """Which numbers belong together, by the pairs that were joined."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def top(self, item: int) -> int:
        """The least number that belongs together with this one."""
        parent = self._parent
        while parent.setdefault(item, item) != item:
            parent[item] = item = parent[parent[item]]
        return item

    def join(self, one: int, other: int) -> None:
        """Let both, and all that belongs to either, belong together."""
        low, high = sorted((self.top(one), self.top(other)))
        self._parent[high] = low

    def are(self, one: int, other: int) -> bool:
        """Whether these two belong together."""
        return self.top(one) == self.top(other)


def groups(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Connected pairs as sorted groups, in the order of their least member."""
    together = Joined()
    for one, other in pairs:
        together.join(one, other)
    found: dict[int, list[int]] = {}
    for item in sorted({item for pair in pairs for item in pair}):
        found.setdefault(together.top(item), []).append(item)
    return list(found.values())
