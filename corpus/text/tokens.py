"""Words of a text as written, with their places in the original text.

The text is composed (NFKC) before it is split, so that ﻻ is two letters and ﷺ four words,
and invisible characters vanish; yet every offset is one of the text as given. Composition
changes few words, so the text is first cut at characters that can be in no word, and only
runs that need it are composed. A run's words depend on the run alone, hence are cacheable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from corpus.text.characters import CONTROLS, MARK_FORMS, MARKS, SEPARATORS, TATWEEL

# Longer runs are cut: no word is that long, and composing many thousand combining
# characters in a row takes time that grows with their square.
LONGEST_RUN: Final = 512
LONGEST_CLUSTER: Final = 32

RUN: Final = re.compile(f"[^{SEPARATORS}]{{1,{LONGEST_RUN}}}")

# In composed text. A word begins with a letter or digit: a mark before it belongs to nothing.
_WORD: Final = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
_CONTROL: Final = re.compile(f"[{CONTROLS}]")
_MARK_FORM: Final = re.compile(f"[{MARK_FORMS}]")
_NO_BLANK: Final = re.compile(rf"[\s{TATWEEL}]+")
# Never composes with the character before it: most of what there is.
_PLAIN: Final = re.compile("[0-9A-Za-z\u0621-\u064a]")


class Token(NamedTuple):
    """One word. `start`, `end` are offsets into the original text; `text` is the word
    composed, in lower case and without invisible characters, marks and tatweel kept."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The words of a text in order. Never raises.

    Tokens do not overlap, except that one character can hold several words (ﷺ).

    >>> tokenize("قال: نعم")
    [Token(text='قال', start=0, end=3), Token(text='نعم', start=5, end=8)]
    """
    return [
        Token(token.text, token.start + match.start(), token.end + match.start())
        for match in RUN.finditer(text)
        for token in tokens_of_run(match.group())
    ]


def tokens_of_run(run: str) -> tuple[Token, ...]:
    """The words of a piece of text that `RUN` matched, with offsets into the piece."""
    if run.isalnum() and unicodedata.is_normalized("NFKC", run):
        return (Token(run.lower(), 0, len(run)),)
    return tuple(_composed_tokens(run))


def _composed_tokens(run: str) -> Iterator[Token]:
    pieces: list[str] = []
    starts: list[int] = []  # of each composed character in the run
    ends: list[int] = []
    for start, end, composed in _composed(run):
        pieces.append(composed)
        starts += [start] * len(composed)
        ends += [end] * len(composed)
    for match in _WORD.finditer("".join(pieces)):
        yield Token(match.group().lower(), starts[match.start()], ends[match.end() - 1])


def _composed(run: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, NFKC) of each group of characters that composes as one.

    `end` excludes invisible characters after the group: a direction mark after a word is
    layout, not spelling.
    """
    kept = [i for i, char in enumerate(run) if not _CONTROL.match(char)]
    cuts = [0] if kept else []
    cluster = ""
    for n, i in enumerate(kept):
        char = run[i]
        if cluster and not _joins(cluster, char):
            cuts.append(n)
            cluster = ""
        cluster += char
    cuts.append(len(kept))
    for first, after in pairwise(cuts):
        group = "".join(run[i] for i in kept[first:after])
        composed = unicodedata.normalize("NFKC", group)
        if _MARK_FORM.search(group):
            composed = _NO_BLANK.sub("", composed)
        yield kept[first], kept[after - 1] + 1, composed


def _joins(cluster: str, char: str) -> bool:
    """Whether `char` composes with the group before it."""
    if _PLAIN.match(char) or len(cluster) >= LONGEST_CLUSTER:
        return False
    if unicodedata.combining(char):
        return True
    normalize = unicodedata.normalize
    return normalize("NFKC", cluster + char) != normalize("NFKC", cluster) + normalize("NFKC", char)
