"""An article's text cut into nested pieces: statements, and matched words inside them. Pure.

Statements can lie within one another (direct words inside reported speech), cross one
another, and run over paragraphs; matched words can cross a statement's edge. Tags must
nest, so whatever crosses is cut at the edge and goes on as another piece of the same
thing. Where a statement has ended stands a note for its number: behind the mark that closes
the quotation, as a footnote does. Escaping is the template's, which prints only strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Span = tuple[int, int]

PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029]+")
# What closes a quotation behind its last word; some set a space before the mark.
CLOSING = re.compile(r"[.،,؛;!؟?…]*[»«”“\"’›‹]+| [»”›]")


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain text; `match` numbers the query's match it belongs to, 0 for none.

    `begins` is false on the second piece of a match that was cut.
    """

    text: str
    match: int = 0
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """A piece of a statement. `first` tells whether it begins here."""

    statement: T
    parts: tuple[Words | Said[T] | Note[T], ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Note(Generic[T]):
    """The place of the numbers of statements that have ended, in the order they were given."""

    statements: tuple[T, ...]


Part = Words | Said[T] | Note[T]


@dataclass(slots=True)
class _Open(Generic[T]):
    start: int
    end: int
    statement: T
    first: bool


def paragraphs(text: str) -> Iterator[Span]:
    """Where the paragraphs stand, without the spaces around them."""
    for found in PARAGRAPH.finditer(text):
        piece = found[0]
        start = found.start() + len(piece) - len(piece.lstrip())
        end = found.start() + len(piece.rstrip())
        if start < end:
            yield start, end


def segmented(
    text: str,
    statements: Iterable[tuple[int, int, T]],
    matches: Sequence[Span] = (),
) -> list[tuple[Part[T], ...]]:
    """The text's paragraphs, each as nested pieces whose words add up to the paragraph.

    Statements outside the text, or empty, are left out rather than raised: a page about
    an article must not fail over one bad row. `matches` are sorted and do not overlap.
    """
    length = len(text)
    good = [(s, e, found) for s, e, found in statements if 0 <= s < e <= length]
    numbered = [(s, e, n) for n, (s, e) in enumerate(matches, 1) if 0 <= s < e <= length]
    where = list(paragraphs(text))
    # A statement's edges may stand on the space between paragraphs, where nothing is shown.
    shown = {id(item): _shown(item[0], item[1], where) for item in good}
    found = []
    for start, end in where:
        inside = []
        notes: dict[int, list[T]] = {}
        for item in good:
            visible = shown[id(item)]
            if visible is None:
                continue
            s, e = max(item[0], start), min(item[1], end)
            if s < e:
                inside.append(_Open(s, e, item[2], s == visible[0]))
                if e == visible[1]:
                    closing = CLOSING.match(text, e, end)
                    notes.setdefault(closing.end() if closing else e, []).append(item[2])
        parts = _nested(text, start, end, inside, numbered, notes)
        found.append((*parts, *_note(notes, end)))
    return found


def _shown(start: int, end: int, where: Sequence[Span]) -> Span | None:
    pieces = [(max(s, start), min(e, end)) for s, e in where if max(s, start) < min(e, end)]
    return (pieces[0][0], pieces[-1][1]) if pieces else None


def _nested(
    text: str,
    start: int,
    end: int,
    statements: list[_Open[T]],
    matches: Sequence[tuple[int, int, int]],
    notes: dict[int, list[T]],
) -> tuple[Part[T], ...]:
    """The pieces between two offsets; every statement given lies within them.

    A note is taken out of `notes` where it is set, or left to whoever goes on behind `end`.
    """
    waiting = sorted(statements, key=lambda o: (o.start, -o.end))
    parts: list[Part[T]] = []
    at = start
    while waiting:
        outer = waiting.pop(0)
        parts += _noted(text, at, outer.start, matches, notes)
        parts += _note(notes, outer.start)
        inner, later = [], []
        for other in waiting:
            if other.start >= outer.end:
                later.append(other)
            elif other.end <= outer.end:
                inner.append(other)
            else:
                # It crosses the outer one's end: a piece inside, the rest after it.
                inner.append(_Open(other.start, outer.end, other.statement, other.first))
                later.append(_Open(outer.end, other.end, other.statement, False))
        parts.append(
            Said(
                outer.statement,
                _nested(text, outer.start, outer.end, inner, matches, notes),
                outer.first,
            )
        )
        at = outer.end
        waiting = sorted(later, key=lambda o: (o.start, -o.end))
    parts += _noted(text, at, end, matches, notes)
    return tuple(parts)


def _noted(
    text: str,
    start: int,
    end: int,
    matches: Sequence[tuple[int, int, int]],
    notes: dict[int, list[T]],
) -> Iterator[Part[T]]:
    """The words between two offsets, and the notes at or behind `start` and before `end`."""
    at = start
    for place in sorted(p for p in notes if start <= p < end):
        yield from _words(text, at, place, matches)
        yield from _note(notes, place)
        at = place
    yield from _words(text, at, end, matches)


def _note(notes: dict[int, list[T]], place: int) -> Iterator[Note[T]]:
    if place in notes:
        yield Note(tuple(notes.pop(place)))


def _words(
    text: str, start: int, end: int, matches: Sequence[tuple[int, int, int]]
) -> Iterator[Words]:
    at = start
    for s, e, number in matches:
        if e <= at or s >= end or at == end:
            continue
        if s > at:
            yield Words(text[at:s])
        stop = min(e, end)
        yield Words(text[max(s, at) : stop], number, s >= at)
        at = stop
    if at < end:
        yield Words(text[at:end])


def plain(parts: Iterable[Part[T]]) -> str:
    """The words of pieces put together again."""
    return "".join(
        p.text if isinstance(p, Words) else plain(p.parts) if isinstance(p, Said) else ""
        for p in parts
    )
