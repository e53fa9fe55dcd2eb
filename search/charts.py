"""The arithmetic of the pictures: bars and lines as numbers that templates draw as SVG.

No style attribute is ever needed (the security policy forbids them): sizes are SVG
attributes. Bars are one small SVG each, laid out by CSS, so that a row of them runs right
to left by itself and labels keep their size on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
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
    breaks: tuple[float, ...]  # x where a long stretch without anything is left out
    axis: tuple[int, int]  # from x to x
    values_x: float  # where the levels' values stand, beside where time begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A drawing's size and what it leaves free, in its own units."""

    width: int
    height: int
    values: int  # margin where time begins
    names: int  # margin where time ends, for the lines' names; 0 for none
    label: int  # a step's label needs this much of the axis


WIDE = Frame(width=760, height=320, values=52, names=128, label=100)
# On a phone the names stand above the drawing.
NARROW = Frame(width=360, height=240, values=46, names=0, label=92)

MARGIN_Y = 28
NAME_HEIGHT = 20  # two names stand at least this far apart
LONG = 4  # steps of which nothing is known are left out, where there are so many
BREAK = 2  # how many steps' room is left for them


def line_chart(
    steps: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    *,
    rtl: bool,
    frame: Frame = WIDE,
) -> LineChart:
    """Lay out the series; time runs to the left where the page does.

    None is a step nothing is known of: the line has a gap there, and does not fall to 0. Where
    nothing is known for long, time is left out and the lines are broken: else years without
    articles would fill the drawing.
    """
    levels = _levels(
        max((v for _name, values in series for v in values if v is not None), default=0)
    )
    top = levels[-1]
    end = frame.names or frame.label // 2  # labels are centred under their step
    inner, left = frame.width - frame.values - end, end if rtl else frame.values
    places, broken = _places([[values[i] for _n, values in series] for i in range(len(steps))])
    last = places[-1] if places else 0.0

    def x_of(place: float) -> float:
        share = place / last if last else 0.5
        return round(left + inner * ((1 - share) if rtl else share), 1)

    def y_of(value: float) -> float:
        return round(frame.height - MARGIN_Y - (frame.height - 2 * MARGIN_Y) * value / top, 1)

    found: list[tuple[str, list[Point | None]]] = [
        (
            name,
            [
                None if v is None else Point(x=x_of(places[i]), y=y_of(v), label=steps[i], value=v)
                for i, v in enumerate(values)
            ],
        )
        for name, values in series
    ]
    drawn = [tuple(point for point in points if point) for _name, points in found]
    ends = [points[-1].y + 5 if points else frame.height for points in drawn]
    heights = _apart(ends, frame.height)
    lines = tuple(
        Line(
            name=name,
            number=number,
            points=drawn[number],
            path=_path(points),
            gaps=_gaps(points, broken),
            name_x=left - 10 if rtl else left + inner + 10,
            name_y=heights[number],
        )
        for number, (name, points) in enumerate(found)
    )
    known = [i for i in range(len(steps)) if any(values[i] is not None for _n, values in series)]
    return LineChart(
        width=frame.width,
        height=frame.height,
        lines=lines,
        ticks=tuple(
            (x_of(places[i]), steps[i])
            for i in _named(known, broken, places, frame.label * last / inner)
        ),
        levels=tuple((y_of(value), value) for value in levels),
        breaks=tuple(x_of((places[a] + places[b]) / 2) for a, b in broken),
        axis=(left, left + inner),
        values_x=frame.width - frame.values + 12 if rtl else frame.values - 12,
    )


def _places(columns: Sequence[Sequence[float | None]]) -> tuple[list[float], list[tuple[int, int]]]:
    """Where each step stands, in steps from the first, and between which two time is left out."""
    places: list[float] = []
    broken = []
    before = None  # the last step of which anything is known
    for i, column in enumerate(columns):
        place = places[-1] + 1.0 if places else 0.0
        if any(value is not None for value in column):
            if before is not None and i - before > LONG:
                place = places[before] + BREAK
                broken.append((before, i))
            before = i
        places.append(place)
    return places, broken


def _named(
    known: Sequence[int],
    broken: Sequence[tuple[int, int]],
    places: Sequence[float],
    room: float,
) -> list[int]:
    """The steps that have their label under the drawing: where a stretch of time begins, then
    as many others as do not run into each other. `room` is what a label needs, in steps."""
    if not known:
        return []
    found: list[int] = []
    begin = [known[0], *(after for _before, after in broken)]
    for i in [*begin, *known]:
        if all(abs(places[i] - places[other]) >= room for other in found):
            found.append(i)
    return sorted(found)


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


def _apart(heights: Sequence[float], height: int) -> list[float]:
    """The heights with at least `NAME_HEIGHT` between any two, moved as little as will do."""
    order = sorted(range(len(heights)), key=lambda i: -heights[i])
    moved = list(heights)
    lowest = height - MARGIN_Y - 4.0
    for i in order:
        moved[i] = min(moved[i], lowest)
        lowest = moved[i] - NAME_HEIGHT
    # What was pushed above the drawing goes back down, and the others with it.
    highest = 14.0
    for i in reversed(order):
        moved[i] = round(max(moved[i], highest), 1)
        highest = moved[i] + NAME_HEIGHT
    return moved


def _path(points: Sequence[Point | None]) -> str:
    pieces, drawing = [], False
    for point in points:
        if point is not None:
            pieces.append(f"{'L' if drawing else 'M'}{point.x} {point.y}")
        drawing = point is not None
    return " ".join(pieces)


def _gaps(points: Sequence[Point | None], broken: Sequence[tuple[int, int]]) -> str:
    """Lines over what is not known, but for where time is left out."""
    known = [(i, point) for i, point in enumerate(points) if point is not None]
    return " ".join(
        f"M{one.x} {one.y}L{other.x} {other.y}"
        for (i, one), (j, other) in pairwise(known)
        if j - i > 1 and not any(i <= before and after <= j for before, after in broken)
    )
