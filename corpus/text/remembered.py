"""A function's answers by word, kept as long as they are in use. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar
from zlib import crc32

Answer = TypeVar("Answer")

# Words that one decorated function keeps in mind; twice as many while they change.
MOST_WORDS: Final = 30_000


class Remembered(dict[str, Answer]):
    """`remembered[word]` is `compute(word)`, computed once.

    For what is asked of every word of every article: a dictionary answers several times
    as fast as `functools.lru_cache`. Beyond `most` words a new dictionary is begun, into
    which those of the old one come that are asked for again; the others are forgotten when
    the new one is full. So a process that indexes for days keeps at most twice `most`, and
    never has to learn the common words anew. What has more than `longest` characters is no
    word, will not be seen again, and is not kept.
    """

    def __init__(self, compute: Callable[[str], Answer], most: int, longest: int = 64) -> None:
        super().__init__()
        self._compute = compute
        self._most = most
        self._longest = longest
        self._older: dict[str, Answer] = {}

    def __missing__(self, word: str) -> Answer:
        if len(word) > self._longest:
            return self._compute(word)
        if len(self) >= self._most:
            self._older = dict(self)
            self.clear()
        answer = self._older.get(word)
        if answer is None:
            answer = self._compute(word)
        self[word] = answer
        return answer


def remembered(compute: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Decorates what is asked of every word, some of it several times: see `Remembered`."""
    return Remembered(compute, MOST_WORDS).__getitem__


def checksum(word: str) -> int:
    """An unsigned 32-bit number of a word, the same in every process, unlike hash()."""
    return crc32(word.encode("utf-8", "surrogatepass"))
