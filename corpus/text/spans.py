"""Stretches of a text by their offsets, and those that matched words occupy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from corpus.text.analysis import Term, analyse


class Span(NamedTuple):
    """`text[start:end]`, in characters."""

    start: int
    end: int


def validated(spans: Iterable[tuple[int, int]], length: int) -> tuple[Span, ...]:
    """The spans as given. Raises ValueError where one is empty, out of order, overlaps the one
    before it, or leaves a text of `length` characters: a wrong offset must fail where it is
    made."""
    checked: list[Span] = []
    last = 0
    for start, end in spans:
        if not last <= start < end <= length:
            raise ValueError(f"span ({start}, {end}) is empty, out of order or out of the text")
        checked.append(Span(start, end))
        last = end
    return tuple(checked)


def merge(spans: Iterable[tuple[int, int]], *, gap: int = 0) -> tuple[Span, ...]:
    """Sorted spans without overlap; those at most `gap` characters apart become one.

    Empty spans vanish.
    """
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1].end + gap:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)


def matched(text: str, wanted: Callable[[Term], bool]) -> tuple[Span, ...]:
    """The whole words of `text` whose term is `wanted`, as the text has them."""
    return merge((term.start, term.end) for term in analyse(text) if wanted(term))
