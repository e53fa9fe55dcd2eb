"""How often Arabic words occur, so that segmentation strips only what leaves a word.

The counts are the large Arabic list of the `wordfreq` package (data CC BY-SA 4.0), folded
and scaled so that the rarest word has 3: static, so analysis never depends on what has
been imported. Loaded at first use: about 0.4 s and 60 MB a process.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgpack  # type: ignore[import-untyped]

from corpus.text.characters import HAMZA_ALIFS
from corpus.text.folding import fold, fold_text

RAREST: Final = 3.0

# All folded Arabic letters are in this code page. Half a million words as bytes take half
# the memory of as many strings.
_PAGE: Final = "iso8859_6"
_UNKNOWN: Final = b"?"  # for letters that the page lacks: keys that are never looked up
_FIRST_LETTER: Final = "ء".encode(_PAGE)[0]
_ALIF: Final = "ا".encode(_PAGE)[0]
_LETTERS: Final = bytes(range(_FIRST_LETTER, 0xF3)).decode(_PAGE, "ignore")
_DROPPED: Final = "".join(c for c in _LETTERS if not fold(c)).encode(_PAGE)
_FOLDED: Final = bytes.maketrans(
    _LETTERS.encode(_PAGE), "".join(fold(c) or c for c in _LETTERS).encode(_PAGE)
)
_HAMZA_ALIFS: Final = frozenset(letter.encode() for letter in HAMZA_ALIFS)

# A share of running text, and the words (as written, in UTF-8) that each have this share.
Level = tuple[float, Sequence[bytes]]


class Lexicon:
    """Frequencies of folded words, and which of them begin with أ, إ or آ in most writing."""

    def __init__(self, levels: Iterable[Level]) -> None:
        frequency: dict[bytes, float] = {}
        hamza: dict[bytes, float] = {}  # share written with أ, إ or آ less that with ا
        for share, words in levels:
            for word, key in zip(words, _keys(words), strict=True):
                if not key or key[0] < _FIRST_LETTER:
                    continue  # numbers and Latin are never segmented
                frequency[key] = frequency[key] + share if key in frequency else share
                if key[0] == _ALIF:
                    sign = share if word[:2] in _HAMZA_ALIFS else -share
                    hamza[key] = hamza.get(key, 0.0) + sign
        self._frequency = frequency
        self._scale = RAREST / min(frequency.values(), default=RAREST)
        self._hamza_first = frozenset(key for key, balance in hamza.items() if balance > 0)

    def __len__(self) -> int:
        return len(self._frequency)

    def frequency(self, word: str) -> float:
        """How often a folded word occurs, the rarest known 3; 0.0 where it is unknown."""
        try:
            return self._frequency.get(word.encode(_PAGE), 0.0) * self._scale
        except UnicodeEncodeError:
            return 0.0

    def hamza_first(self, word: str) -> bool:
        """Whether a folded word beginning with ا is mostly written with أ, إ or آ."""
        try:
            return word.encode(_PAGE) in self._hamza_first
        except UnicodeEncodeError:
            return False


def _keys(words: Sequence[bytes]) -> list[bytes]:
    """The words folded, in the code page.

    Folded in one go, since half a million calls would take seconds: the page has the letters
    and marks of ordinary Arabic, and the few words that hold anything else are composed.
    """
    text = b"\n".join(words).decode().encode(_PAGE, "replace")
    keys = text.translate(_FOLDED, _DROPPED).split(b"\n")
    if _UNKNOWN in text:
        rest = [i for i, key in enumerate(keys) if _UNKNOWN in key]
        folded = fold_text(b"\n".join(words[i] for i in rest).decode()).encode(_PAGE, "replace")
        for i, key in zip(rest, folded.split(b"\n"), strict=True):
            keys[i] = key
    return keys


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, loaded once a process. Raises FileNotFoundError without the word list."""
    return Lexicon(_wordfreq())


def _wordfreq() -> Iterator[Level]:
    # The list is read without importing the package: the import alone takes half as long as
    # all the rest. Its format is explained at wordfreq.read_cBpack: a header, then the words
    # of each frequency from 0 centibels downwards.
    spec = find_spec("wordfreq")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        with gzip.open(Path(folder) / "data" / "large_ar.msgpack.gz") as file:
            levels: list[list[bytes]] = msgpack.unpackb(file.read(), raw=True)[1:]
        while levels:  # taken from the end, so that what is read makes room for what is kept
            words = levels.pop()
            if words:
                yield 10 ** (-len(levels) / 100), words
        return
    raise FileNotFoundError("the package wordfreq, which brings the word list, is missing")
