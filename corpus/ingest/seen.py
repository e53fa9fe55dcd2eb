"""Which ids and texts a run has met, in 16 to 32 bytes each. Pure.

A Python set of a million hashes takes some 80 MB, and memory must stay flat over ten
million articles.
"""

from __future__ import annotations

from array import array

# Two different keys taken for one would lose an article. Among a hundred million keys of
# 64 bits the chance of any such pair is one in 3,700.
WIDTH = 8  # bytes of a key


class SeenSet:
    """A set of 64-bit keys: open addressing in one array, at most half full."""

    def __init__(self, capacity: int = 1 << 12) -> None:
        self._slots = array("Q", bytes(WIDTH * capacity))
        self._mask = capacity - 1
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def add(self, digest: bytes) -> bool:
        """Remember the first 8 bytes of a digest; false where they were there already."""
        # Zero marks an empty slot, so it stands for itself as one.
        key = int.from_bytes(digest[:WIDTH], "big") or 1
        if not self._put(key):
            return False
        self._used += 1
        if 2 * self._used > self._mask:
            self._grow()
        return True

    def _put(self, key: int) -> bool:
        slots, mask = self._slots, self._mask
        at = key & mask
        while slots[at]:
            if slots[at] == key:
                return False
            at = (at + 1) & mask
        slots[at] = key
        return True

    def _grow(self) -> None:
        old = self._slots
        capacity = 2 * len(old)
        self._slots = array("Q", bytes(WIDTH * capacity))
        self._mask = capacity - 1
        for key in old:
            if key:
                self._put(key)
