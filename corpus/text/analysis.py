"""The analyser: used by index, query, highlighting, admin, suggestions and deduplication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.text.folding import fold
from corpus.text.segmentation import segment
from corpus.text.tokens import WORD, spans

ANALYSIS_VERSION = 1  # raised when the same text would be analysed differently

# Distinct spellings remembered: a news corpus has a few hundred thousand, most of them rare.
CACHED = 400_000


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text: folded, its stem, and where it stands.

    `start` and `end` are character offsets into the text as given; `position` counts
    words from 0.
    """

    word: str
    stem: str
    start: int
    end: int
    position: int


@lru_cache(maxsize=CACHED)
def lanes(surface: str) -> tuple[str, str]:
    """(folded word, stem) of a word as written; ("", "") where folding leaves nothing."""
    word = fold(surface)
    return word, segment(word) if word else ""


def analyse(text: str) -> list[Term]:
    """Every word of a text, in order. Never raises."""
    found: list[Term] = []
    for start, end in spans(text):
        word, stem = lanes(text[start:end])
        if word:
            found.append(Term(word, stem, start, end, len(found)))
    return found


def analyse_columns(text: str) -> tuple[list[str], list[str]]:
    """The same words and stems as `analyse`, as two lists without offsets, for the index."""
    pairs = [pair for pair in map(lanes, WORD.findall(text)) if pair[0]]
    return [word for word, _stem in pairs], [stem for _word, stem in pairs]


def folded_words(text: str) -> Iterator[str]:
    """The folded words alone."""
    for surface in WORD.findall(text):
        word = lanes(surface)[0]
        if word:
            yield word
