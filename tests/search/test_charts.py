"""The arithmetic of the drawings."""

from __future__ import annotations

import pytest

from search.charts import NAME_HEIGHT, NARROW, bars, line_chart


def test_the_highest_bar_fills_the_drawing_and_a_small_one_is_seen() -> None:
    high, low, none = bars([("a", 1000, "?", False), ("b", 1, "?", False), ("c", 0, "", False)])
    assert (high.y, high.height) == (0, 100)
    assert low.height == 2
    assert none.height == 0


def test_captions_begin_stretches_of_time() -> None:
    found = bars(
        [(m, 1, "?", False) for m in ("2017-12", "2018-01", "2018-02")], ["2017", "2018", ""]
    )
    assert [bar.caption for bar in found] == ["2017", "2018", ""]
    assert [bar.opens for bar in found] == [False, True, False]


@pytest.mark.parametrize(
    ("top", "levels"),
    [
        (12.8, [0, 5, 10, 15]),
        (4.0, [0, 1, 2, 3, 4]),
        (0.07, [0, 0.02, 0.04, 0.06, 0.08]),
        (1017, [0, 500, 1000, 1500]),
        (0, [0, 1]),
    ],
)
def test_levels_are_round_and_reach_the_top(top: float, levels: list[float]) -> None:
    chart = line_chart(["2017", "2018"], [("x", [0.0, top])], rtl=True)
    assert [value for _y, value in chart.levels] == levels


def test_time_runs_with_the_page() -> None:
    for rtl in (True, False):
        first, last = line_chart(["2017", "2018"], [("x", [1.0, 2.0])], rtl=rtl).lines[0].points
        assert (first.x > last.x) == rtl


def test_what_is_not_known_is_a_gap_and_not_nought() -> None:
    line = line_chart(list("abcd"), [("x", [1.0, 2.0, None, 4.0])], rtl=False).lines[0]
    assert line.path.count("M") == 2 and len(line.points) == 3
    assert line.gaps.startswith("M") and line.gaps.count("L") == 1
    assert line_chart(list("ab"), [("x", [1.0, 2.0])], rtl=False).lines[0].gaps == ""


def test_names_keep_apart_and_within_the_drawing() -> None:
    same = [(name, [1.0, 0.0]) for name in "abcde"]
    chart = line_chart(["2017", "2018"], same, rtl=True)
    heights = sorted(line.name_y for line in chart.lines)
    assert all(b - a >= NAME_HEIGHT for a, b in zip(heights, heights[1:], strict=False))
    assert heights[0] > 0 and heights[-1] < chart.height


def test_a_long_stretch_without_articles_is_left_out() -> None:
    silent: list[float | None] = [None] * 28
    steps = [f"{n}" for n in range(32)]
    chart = line_chart(steps, [("x", [1.0, 2.0, *silent, 3.0, 4.0])], rtl=True)
    line = chart.lines[0]
    first, second, third, fourth = (point.x for point in line.points)
    assert first - second == pytest.approx(third - fourth, abs=0.2), "steps are equally wide"
    assert second - third == pytest.approx(2 * (first - second), abs=0.2), "and time is left out"
    assert len(chart.breaks) == 1
    assert third < chart.breaks[0] < second
    assert line.gaps == "", "nothing is drawn where nothing is known for so long"
    assert {label for _x, label in chart.ticks} >= {"0", "30"}, "both stretches say when they begin"


@pytest.mark.parametrize("rtl", [True, False])
def test_labels_do_not_run_into_each_other_nor_out_of_a_narrow_drawing(rtl: bool) -> None:
    steps = [f"2017-{n % 12 + 1:02}" for n in range(40)]
    chart = line_chart(steps, [("x", [float(n) for n in range(40)])], rtl=rtl, frame=NARROW)
    places = sorted(x for x, _label in chart.ticks)
    assert len(places) > 2
    assert all(b - a >= NARROW.label - 0.2 for a, b in zip(places, places[1:], strict=False))
    assert NARROW.label / 2 <= places[0]
    assert places[-1] <= NARROW.width - NARROW.label / 2
