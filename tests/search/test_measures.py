"""Retrieval measures against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from search.evaluation.measures import compare, measure

RUN = {"1": ["a", "b"], "2": ["x", "y", "r"], "3": []}
JUDGED = {"1": {"a"}, "2": {"r"}, "3": {"z"}}


def test_measures_are_means_over_the_judged_queries() -> None:
    found = measure(RUN, JUDGED)
    assert found.queries == 3
    assert found.mrr10 == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert found.ndcg10 == pytest.approx((1 + 1 / math.log2(4) + 0) / 3)
    assert found.recall10 == pytest.approx(2 / 3)
    assert found.empty == pytest.approx(1 / 3)


def test_a_document_after_the_cut_counts_for_deep_recall_only() -> None:
    run = {"1": [f"d{i}" for i in range(50)]}
    found = measure(run, {"1": {"d30"}})
    assert (found.mrr10, found.recall10, found.recall100) == (0.0, 0.0, 1.0)


def test_an_equal_run_is_no_different() -> None:
    found = compare(RUN, RUN, JUDGED)
    assert (found.difference, found.p, found.gained, found.lost) == (0.0, 1.0, (), ())


def test_it_names_the_queries_that_changed() -> None:
    found = compare(RUN, {"1": ["b", "a"], "2": ["r"], "3": []}, JUDGED)
    assert (found.gained, found.lost) == (("1",), ("2",))


def test_a_steady_gain_is_significant() -> None:
    judged = {str(i): {"r"} for i in range(20)}
    better = {q: ["r"] for q in judged}
    worse = {q: ["x", "r"] for q in judged}
    assert compare(better, worse, judged).p < 0.01
