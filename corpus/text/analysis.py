"""The analyser: used by index, query, highlighting, admin, suggestions and deduplication."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from corpus.text.folding import fold
from corpus.text.remembered import Remembered, checksum
from corpus.text.segmentation import segment
from corpus.text.tokens import RUN, tokens_of_run

ANALYSIS_VERSION: Final = 2  # raised when the same text would be analysed differently

# Distinct spellings remembered, about 0.5 kB each, at most twice so many. With 130,000, forgotten
# all at once, 20,000 articles learned every other spelling a second time.
REMEMBERED: Final = 200_000
LONGEST_REMEMBERED: Final = 64  # characters; whatever is longer is not seen again


class Term(NamedTuple):
    """One word of a text: folded, its stem, and where it stands.

    `start` and `end` are character offsets into the text as given, so that
    `text[start:end]` is the whole word as written; `position` counts words from 0.
    """

    word: str
    stem: str
    start: int
    end: int
    position: int


# What `Term(…)` does, without a call of Python for each word of ten articles a page.
_term: Final[Callable[[tuple[str, str, int, int, int]], Term]] = partial(tuple.__new__, Term)

# (folded word, stem, the word's number, start, end) with offsets into the run.
_Found = tuple[str, str, int, int, int]


def _analyse_run(run: str) -> tuple[_Found, ...]:
    found = []
    for surface, start, end in tokens_of_run(run):
        word = fold(surface)
        if not word:  # a lone tatweel
            continue
        stem = segment(word)
        # Equal strings kept once make the memory a third smaller.
        word = run if word == run else word
        found.append((word, word if stem == word else stem, checksum(word), start, end))
    return tuple(found)


_RUNS = Remembered(_analyse_run, REMEMBERED, longest=LONGEST_REMEMBERED)


def analyse(text: str) -> list[Term]:
    """Every word of a text, in order. Never raises.

    Spans do not overlap, except that one character can hold several words (ﷺ).
    """
    found: list[Term] = []
    end = 0
    for run in RUN.findall(text):
        # Only separators are between runs, so this finds the run itself.
        start = text.find(run, end)
        end = start + len(run)
        for word, stem, _number, first, after in _RUNS[run]:
            found.append(_term((word, stem, start + first, start + after, len(found))))
    return found


class Columns(NamedTuple):
    """The words of a text in order, their stems, and their numbers (see `corpus.text.pairs`)."""

    words: list[str]
    stems: list[str]
    numbers: list[int]


def analyse_columns(text: str) -> Columns:
    """The same words and stems as `analyse`, as lists without offsets, for the index."""
    terms = [term for run in RUN.findall(text) for term in _RUNS[run]]
    return Columns([t[0] for t in terms], [t[1] for t in terms], [t[2] for t in terms])


def _words_of_run(run: str) -> tuple[str, ...]:
    return tuple(word for surface, _, _ in tokens_of_run(run) if (word := fold(surface)))


_WORDS = Remembered(_words_of_run, REMEMBERED, longest=LONGEST_REMEMBERED)


def words(text: str) -> list[str]:
    """The folded words of a text, in order: the same as `analyse` has, without the cost of
    finding stems where none is wanted."""
    return [word for run in RUN.findall(text) for word in _WORDS[run]]


def stems(text: str) -> list[str]:
    """The stems of a text, in order."""
    return analyse_columns(text).stems
