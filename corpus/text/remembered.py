"""A function's answers by word, kept as long as they are few. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from zlib import crc32

Answer = TypeVar("Answer")


class Remembered(dict[str, Answer]):
    """`remembered[word]` is `compute(word)`, computed once.

    For what is asked of every word of every article: a dictionary answers several times
    as fast as `functools.lru_cache`. Starts anew beyond `most` words, so that a process
    that indexes for days stays small.
    """

    def __init__(self, compute: Callable[[str], Answer], most: int) -> None:
        super().__init__()
        self._compute = compute
        self._most = most

    def __missing__(self, word: str) -> Answer:
        if len(self) >= self._most:
            self.clear()
        answer = self[word] = self._compute(word)
        return answer


def checksum(word: str) -> int:
    """An unsigned 32-bit number of a word, the same in every process, unlike hash()."""
    return crc32(word.encode("utf-8", "surrogatepass"))
