"""The analyser: used by index, query, highlighting, admin, suggestions and deduplication."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from corpus.text.folding import fold
from corpus.text.remembered import Remembered
from corpus.text.segmentation import segment
from corpus.text.tokens import RUN, tokens_of_run

ANALYSIS_VERSION: Final = 2  # raised when the same text would be analysed differently

# Distinct spellings remembered, about 0.4 kB each. Newspapers repeat themselves: of their
# running words all but one in a hundred are among so many.
CACHED: Final = 131_072
LONGEST_CACHED: Final = 64  # characters; whatever is longer is not seen again


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


# (folded word, stem, start, end) with offsets into the run.
_Found = tuple[str, str, int, int]


def _analyse_run(run: str) -> tuple[_Found, ...]:
    found = []
    for surface, start, end in tokens_of_run(run):
        word = fold(surface)
        if not word:  # a lone tatweel
            continue
        stem = segment(word)
        # Equal strings kept once make the cache a third smaller.
        word = run if word == run else word
        found.append((word, word if stem == word else stem, start, end))
    return tuple(found)


_remembered = lru_cache(maxsize=CACHED)(_analyse_run)


def _terms_of_run(run: str) -> tuple[_Found, ...]:
    return _remembered(run) if len(run) <= LONGEST_CACHED else _analyse_run(run)


def analyse(text: str) -> list[Term]:
    """Every word of a text, in order. Never raises.

    Spans do not overlap, except that one character can hold several words (ﷺ).
    """
    found: list[Term] = []
    for match in RUN.finditer(text):
        offset = match.start()
        for word, stem, start, end in _terms_of_run(match.group()):
            found.append(Term(word, stem, offset + start, offset + end, len(found)))
    return found


def _joined(run: str) -> tuple[str, str]:
    """A run's words and its stems, with spaces between them; most runs are one word."""
    terms = _analyse_run(run)
    return " ".join([term[0] for term in terms]), " ".join([term[1] for term in terms])


_JOINED = Remembered(_joined, CACHED)


def analyse_columns(text: str) -> tuple[list[str], list[str]]:
    """The same words and stems as `analyse`, as two lists without offsets, for the index."""
    runs = [_JOINED[r] if len(r) <= LONGEST_CACHED else _joined(r) for r in RUN.findall(text)]
    # Words hold letters and digits only, so that a space is between two of them.
    return " ".join([run[0] for run in runs]).split(), " ".join([run[1] for run in runs]).split()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return analyse_columns(text)[0]


def stems(text: str) -> list[str]:
    """The stems of a text, in order."""
    return analyse_columns(text)[1]
