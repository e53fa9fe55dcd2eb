"""The arithmetic of the pictures: bars and lines as numbers that templates draw as SVG.

No style attribute is ever needed (the security policy forbids them): sizes are SVG
attributes. Bars are one small SVG each, laid out by CSS, so that a row of them runs right
to left by itself and labels keep their size on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 100  # of a bar's drawing, in its own units
LABELLED = 8  # with more bars only every nth keeps its label on narrow screens


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: `y` and `height` within 0..HEIGHT, `width` the same share lying down."""

    label: str
    count: int
    url: str
    y: float
    height: float
    chosen: bool = False
    minor: bool = False


def bars(values: Sequence[tuple[str, int, str, bool]]) -> list[Bar]:
    """Bars of (label, count, URL, chosen), the highest as high as there is room."""
    top = max((count for _l, count, _u, _c in values), default=0) or 1
    step = max(1, -(-len(values) // LABELLED))
    found = []
    for i, (label, count, url, chosen) in enumerate(values):
        # A bar that is there at all must be seen.
        height = max(2.0, round(HEIGHT * count / top, 1)) if count else 0.0
        found.append(
            Bar(
                label=label,
                count=count,
                url=url,
                y=round(HEIGHT - height, 1),
                height=height,
                chosen=chosen,
                minor=bool(i % step),
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value in a line drawing."""

    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series: its points, the same as an SVG path, and where its name stands."""

    name: str
    number: int
    points: tuple[Point, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Series over the same steps, in a drawing of `width` by `height`."""

    width: int
    height: int
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]  # x and label of the steps that are named
    levels: tuple[tuple[float, float], ...]  # y and value of the horizontal lines


WIDTH, TALL, MARGIN_X, MARGIN_Y = 720, 320, 48, 28


def line_chart(
    steps: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], *, rtl: bool
) -> LineChart:
    """Lay out the series; time runs to the left where the page does.

    None is a step nothing is known of: the line has a gap there, and does not fall to 0.
    """
    top = max((v for _name, values in series for v in values if v is not None), default=0) or 1
    inner = WIDTH - 2 * MARGIN_X

    def x_of(i: int) -> float:
        share = i / (len(steps) - 1) if len(steps) > 1 else 0.5
        return round(MARGIN_X + inner * ((1 - share) if rtl else share), 1)

    def y_of(value: float) -> float:
        return round(TALL - MARGIN_Y - (TALL - 2 * MARGIN_Y) * value / top, 1)

    lines = []
    for number, (name, values) in enumerate(series):
        points = tuple(
            Point(x=x_of(i), y=y_of(v), label=steps[i], value=v)
            for i, v in enumerate(values)
            if v is not None
        )
        path = _path([None if v is None else (x_of(i), y_of(v)) for i, v in enumerate(values)])
        lines.append(Line(name=name, number=number, points=points, path=path))
    every = max(1, -(-len(steps) // 9))
    return LineChart(
        width=WIDTH,
        height=TALL,
        lines=tuple(lines),
        ticks=tuple((x_of(i), s) for i, s in enumerate(steps) if i % every == 0),
        levels=tuple((y_of(top * k / 4), top * k / 4) for k in range(5)),
    )


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    pieces, drawing = [], False
    for point in points:
        if point is not None:
            pieces.append(f"{'L' if drawing else 'M'}{point[0]} {point[1]}")
        drawing = point is not None
    return " ".join(pieces)
