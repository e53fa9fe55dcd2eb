"""Marked text as data: plain text plus spans. Escaping happens where tags are put on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Span = tuple[int, int]


def merge(spans: Iterable[Span], *, gap: int = 0) -> tuple[Span, ...]:
    """Sorted spans without overlap; those at most `gap` characters apart become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A text and the spans to mark in it: sorted, within the text, not overlapping.

    Raises ValueError for any other spans: a wrong offset must fail where it is made.
    """

    text: str
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for start, end in self.spans:
            if not last <= start < end <= len(self.text):
                raise ValueError(f"span ({start}, {end}) is out of order or out of the text")
            last = end

    def parts(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked."""
        at = 0
        for start, end in self.spans:
            if at < start:
                yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        if at < len(self.text):
            yield self.text[at:], False

    def html(self) -> SafeString:
        """Escaped text with the spans in `<mark>`."""
        return format_html_join(
            "",
            "{}",
            ((format_html("<mark>{}</mark>", t) if marked else t,) for t, marked in self.parts()),
        )

    def __str__(self) -> str:
        return self.html()

    def __html__(self) -> SafeString:
        return self.html()


def cut(text: str, spans: Sequence[Span], start: int, end: int) -> Highlighted:
    """The slice of `text` from `start` to `end` with the spans that lie wholly inside it."""
    inside = [(s - start, e - start) for s, e in spans if s >= start and e <= end]
    return Highlighted(text[start:end], merge(inside))
