"""The scorer: what counts as found, and what as rightly attributed."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.quotes.evaluation import calibration, compare, evaluate, locate, overlap, same_name

TEXT = "قال سامي رشدي إن العمل بدأ اليوم."
GOLD = {
    "kind": "indirect",
    "text": "إن العمل بدأ اليوم",
    "speaker": "سامي رشدي",
    "speaker_full": "سامي رشدي",
    "cue": "قال",
}

# reason, predicted, annotated, right
NAMES = [
    ("the same", "سامي رشدي", "سامي رشدي", True),
    ("the surname alone", "رشدي", "سامي رشدي", True),
    ("with a title", "الوزير سامي رشدي", "سامي رشدي", True),
    ("spelled without hamza", "احمد", "أحمد", True),
    ("somebody else of the same surname", "كريم رشدي", "سامي رشدي", False),
    ("nobody", "", "سامي رشدي", False),
]


@pytest.mark.parametrize(("reason", "ours", "theirs", "right"), NAMES, ids=[r[0] for r in NAMES])
def test_names(reason: str, ours: str, theirs: str, right: bool) -> None:
    assert same_name(ours, theirs) is right, reason


def test_overlap_is_intersection_over_union() -> None:
    assert overlap((0, 10), (5, 10)) == 0.5
    assert overlap((0, 5), (5, 10)) == 0.0


def test_statements_without_offsets_are_searched_in_order() -> None:
    rows = [{"text": "لا"}, {"text": "لا"}, {"text": "غائب"}]
    assert locate(rows, "لا ثم لا") == [(0, 2), (0, 2), (-1, -1)]


def _report(**changes: Any) -> Any:
    statement = {
        "kind": "indirect",
        "start": 14,
        "end": 32,
        "text": "إن العمل بدأ اليوم",
        "speaker": "سامي رشدي",
        "speaker_name": "سامي رشدي",
        "confidence": 0.95,
    } | changes
    return evaluate([{"id": "a", "text": TEXT}], {"a": [GOLD]}, {"a": [statement]})


def test_a_right_statement_counts_in_full() -> None:
    figures = _report().figures()["indirect"]
    assert (figures["f1"], figures["speaker_accuracy"], figures["attributed_f1"]) == (1, 1, 1)


def test_a_wrong_speaker_counts_as_found_only() -> None:
    report = _report(speaker_name="كريم صالح")
    figures = report.figures()["indirect"]
    assert (figures["f1"], figures["attributed_f1"]) == (1, 0)
    assert report.errors[0].startswith("SPEAKER")


def test_the_wrong_group_is_missed_and_extra() -> None:
    report = _report(kind="direct")
    assert {line.split()[0] for line in report.errors} == {"MISSED", "EXTRA"}


def test_gains_and_losses_against_an_earlier_run() -> None:
    wrong, right = _report(speaker_name="كريم صالح"), _report()
    assert [len(lines) for lines in compare(wrong, right)] == [1, 0]
    assert [len(lines) for lines in compare(right, wrong)] == [0, 1]


def test_calibration_groups_by_tenths() -> None:
    assert calibration(_report()) == ["confidence 0.9-1.0:    1 statements, said 0.95, right 1.00"]
