"""The arithmetic of the pictures: bars and lines as numbers that templates draw as SVG.

No style attribute is ever needed (the security policy forbids them): sizes are SVG
attributes. Bars are one small SVG each, laid out by CSS, so that a row of them runs right
to left by itself and labels keep their size on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

HEIGHT = 100  # of a bar's drawing, in its own units
LABELLED = 8  # with more bars only every nth keeps its label on narrow screens


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: `y` and `height` within 0..HEIGHT; `caption` is what stands under it."""

    label: str
    caption: str
    count: int
    url: str
    y: float
    height: float
    chosen: bool = False
    minor: bool = False
    opens: bool = False  # begins another stretch of time, apart from what is before it


def bars(
    values: Sequence[tuple[str, int, str, bool]], captions: Sequence[str] | None = None
) -> list[Bar]:
    """Bars of (label, count, URL, chosen), the highest as high as there is room.

    Under each stands its label. With `captions` it is what they give, and each that is not
    empty begins another stretch of time.
    """
    top = max((count for _l, count, _u, _c in values), default=0) or 1
    step = max(1, -(-len(values) // LABELLED))
    found = []
    for i, (label, count, url, chosen) in enumerate(values):
        # A bar that is there at all must be seen.
        height = max(2.0, round(HEIGHT * count / top, 1)) if count else 0.0
        found.append(
            Bar(
                label=label,
                caption=captions[i] if captions is not None else label,
                count=count,
                url=url,
                y=round(HEIGHT - height, 1),
                height=height,
                chosen=chosen,
                minor=captions is None and bool(i % step),
                opens=captions is not None and bool(captions[i]) and i > 0,
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
    """One series: its points, the same as an SVG path, and where its name stands.

    `gaps` joins the points between which nothing is known, to be drawn fainter.
    """

    name: str
    number: int
    points: tuple[Point, ...]
    path: str
    gaps: str
    name_x: float
    name_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Series over the same steps, in a drawing of `width` by `height`."""

    width: int
    height: int
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]  # x and label of the steps that are named
    levels: tuple[tuple[float, float], ...]  # y and value of the horizontal lines
    axis: tuple[int, int]  # from x to x
    values_x: float  # where the levels' values stand, beside where time begins


WIDTH, TALL, MARGIN_Y = 760, 320, 28
VALUES, NAMES = 52, 128  # margins, where time begins and where it ends
NAME_HEIGHT = 20  # two names stand at least this far apart
NAMED = 5  # steps that have their label under the drawing


def line_chart(
    steps: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], *, rtl: bool
) -> LineChart:
    """Lay out the series; time runs to the left where the page does.

    None is a step nothing is known of: the line has a gap there, and does not fall to 0.
    """
    levels = _levels(
        max((v for _name, values in series for v in values if v is not None), default=0)
    )
    top = levels[-1]
    inner, left = WIDTH - VALUES - NAMES, NAMES if rtl else VALUES

    def x_of(i: int) -> float:
        share = i / (len(steps) - 1) if len(steps) > 1 else 0.5
        return round(left + inner * ((1 - share) if rtl else share), 1)

    def y_of(value: float) -> float:
        return round(TALL - MARGIN_Y - (TALL - 2 * MARGIN_Y) * value / top, 1)

    found = []
    for name, values in series:
        points = tuple(
            Point(x=x_of(i), y=y_of(v), label=steps[i], value=v)
            for i, v in enumerate(values)
            if v is not None
        )
        found.append((name, values, points))
    heights = _apart([points[-1].y + 5 if points else TALL for _name, _values, points in found])
    names_x = left - 10 if rtl else left + inner + 10
    lines = tuple(
        Line(
            name=name,
            number=number,
            points=points,
            path=_path([None if v is None else (x_of(i), y_of(v)) for i, v in enumerate(values)]),
            gaps=_gaps(values, x_of, y_of),
            name_x=names_x,
            name_y=heights[number],
        )
        for number, (name, values, points) in enumerate(found)
    )
    every = max(1, -(-len(steps) // NAMED))
    return LineChart(
        width=WIDTH,
        height=TALL,
        lines=lines,
        ticks=tuple((x_of(i), s) for i, s in enumerate(steps) if i % every == 0),
        levels=tuple((y_of(value), value) for value in levels),
        axis=(left, left + inner),
        values_x=WIDTH - VALUES + 12 if rtl else VALUES - 12,
    )


def _levels(top: float) -> list[float]:
    """Four or five round values from 0 to at least `top`.

    >>> _levels(12.8)
    [0.0, 5.0, 10.0, 15.0]
    """
    if top <= 0:
        return [0.0, 1.0]
    rough = top / 4
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * k for k in (1, 2, 2.5, 5, 10) if unit * k >= rough * 0.999)
    return [round(step * i, 10) for i in range(ceil(round(top / step, 6)) + 1)]


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights with at least `NAME_HEIGHT` between any two, moved as little as will do."""
    order = sorted(range(len(heights)), key=lambda i: -heights[i])
    moved = list(heights)
    lowest = TALL - MARGIN_Y - 4.0
    for i in order:
        moved[i] = min(moved[i], lowest)
        lowest = moved[i] - NAME_HEIGHT
    # What was pushed above the drawing goes back down, and the others with it.
    highest = 14.0
    for i in reversed(order):
        moved[i] = round(max(moved[i], highest), 1)
        highest = moved[i] + NAME_HEIGHT
    return moved


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    pieces, drawing = [], False
    for point in points:
        if point is not None:
            pieces.append(f"{'L' if drawing else 'M'}{point[0]} {point[1]}")
        drawing = point is not None
    return " ".join(pieces)


def _gaps(
    values: Sequence[float | None], x_of: Callable[[int], float], y_of: Callable[[float], float]
) -> str:
    pieces: list[str] = []
    last: tuple[int, float] | None = None
    for i, v in enumerate(values):
        if v is None:
            continue
        if last is not None and i - last[0] > 1:
            pieces.append(f"M{x_of(last[0])} {y_of(last[1])}L{x_of(i)} {y_of(v)}")
        last = (i, v)
    return " ".join(pieces)
