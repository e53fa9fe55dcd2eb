"""Marked text as data: plain text plus spans. Escaping happens where tags are put on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from corpus.text.spans import merge, validated


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A text and the spans to mark in it: sorted, within the text, not overlapping.

    Raises ValueError for any other spans: a wrong offset must fail where it is made.
    """

    text: str
    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        validated(self.spans, len(self.text))

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


def cut(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Highlighted:
    """The slice of `text` from `start` to `end` with the spans that lie wholly inside it."""
    inside = [(s - start, e - start) for s, e in spans if s >= start and e <= end]
    return Highlighted(text[start:end], merge(inside))
