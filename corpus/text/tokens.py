"""Words of a text, with their places in it."""

from __future__ import annotations

import re

from corpus.text.characters import CONTROLS, MARKS, TATWEEL

# A word is a run of letters and digits of any script; marks, tatweel and invisible
# characters belong to it but do not make one. The underscore is no letter.
WORD = re.compile(
    rf"[^\W_][^\W_{MARKS}{TATWEEL}{CONTROLS}]*(?:[{MARKS}{TATWEEL}{CONTROLS}]+[^\W_]*)*"
)


def spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each word, as character offsets into the text as given.

    >>> spans("قال: نعم")
    [(0, 3), (5, 8)]
    """
    return [_without_trailing_controls(text, m.start(), m.end()) for m in WORD.finditer(text)]


def _without_trailing_controls(text: str, start: int, end: int) -> tuple[int, int]:
    # A direction mark after a word is layout, not spelling: marking it would look odd.
    while end > start + 1 and _INVISIBLE.fullmatch(text, end - 1, end):
        end -= 1
    return start, end


_INVISIBLE = re.compile(f"[{CONTROLS}]")
