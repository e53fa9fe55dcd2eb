"""Spans are in order, or fail where they are made."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.text.spans import Span, matched, merge, validated
from tests.corpus.text.texts import TEXTS


@pytest.mark.parametrize(
    ("spans", "reason"),
    [
        ([(1, 1)], "empty"),
        ([(2, 1)], "backwards"),
        ([(-1, 2)], "before the text"),
        ([(3, 11)], "after the text"),
        ([(0, 3), (2, 5)], "overlapping"),
        ([(4, 5), (0, 1)], "out of order"),
    ],
)
def test_wrong_spans_are_refused(spans: list[tuple[int, int]], reason: str) -> None:
    with pytest.raises(ValueError, match="span"):
        validated(spans, 10)


def test_spans_in_order_are_accepted() -> None:
    assert validated([(0, 3), (3, 10)], 10) == (Span(0, 3), Span(3, 10))


@pytest.mark.parametrize(
    ("spans", "gap", "merged"),
    [
        ([(4, 6), (0, 2)], 0, [(0, 2), (4, 6)]),
        ([(0, 4), (2, 6)], 0, [(0, 6)]),
        ([(0, 6), (2, 4)], 0, [(0, 6)]),
        ([(0, 2), (0, 2)], 0, [(0, 2)]),
        ([(0, 2), (3, 5)], 1, [(0, 5)]),
        ([(0, 0), (3, 5)], 0, [(3, 5)]),
    ],
)
def test_merging(spans: list[tuple[int, int]], gap: int, merged: list[tuple[int, int]]) -> None:
    assert list(merge(spans, gap=gap)) == merged


def test_matched_words_are_whole_and_as_written() -> None:
    text = "قال والـرَّئیس: ﷺ"
    spans = matched(text, lambda term: term.stem in {"رئيس", "صل", "له"})
    assert [text[a:b] for a, b in spans] == ["والـرَّئیس", "ﷺ"]


@given(TEXTS)
def test_matched_spans_are_valid(text: str) -> None:
    spans = matched(text, lambda _term: True)
    assert validated(spans, len(text)) == spans
