"""What a curator decided survives every re-run; everything else follows the extractor."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.extraction import ArticleKey, Plan, Texts, permalink, reconcile, said
from corpus.models import Curation, Statement
from corpus.quotes.types import Field, FoundStatement, Kind

ARTICLE = ArticleKey(1, "صحيفة", "a1")
BODY = 'قال سامر العلي: "سنبدأ العمل غدا". وأضاف أن المشروع كبير جدا. وقالت ليلى: "لا أعلم".'


def found(words: str, body: str = BODY, kind: Kind = Kind.DIRECT, **more: Any) -> FoundStatement:
    start = body.index(words)
    return FoundStatement(
        kind=kind, field=Field.BODY, start=start, end=start + len(words), text=words, **more
    )


def stored(words: str, curation: str = "auto", body: str = BODY, **more: Any) -> Statement:
    """A statement as an earlier run wrote it, and a curator left it."""
    kind = more.pop("kind", Kind.DIRECT.value)
    start = body.index(words)
    statement = Statement(
        pk=more.pop("pk", abs(hash(words)) % 10_000),
        article_id=1,
        key=permalink("صحيفة", "a1", "body", said(words), 0),
        kind=kind,
        field="body",
        start=start,
        end=start + len(words),
        text=words,
        curation=curation,
        **more,
    )
    return statement


def plan(new: list[FoundStatement], old: list[Statement], body: str = BODY) -> Plan:
    return reconcile(ARTICLE, Texts("", body), new, old, Texts("", BODY))


def shape(result: Plan) -> dict[str, int]:
    names = ("kept", "moved", "same", "changed", "added", "removed")
    return {name: n for name in names if (n := len(getattr(result, name)))}


QUOTE = "سنبدأ العمل غدا"
REPORT = "أن المشروع كبير جدا"


@pytest.mark.parametrize(
    ("why", "new", "old", "outcome"),
    [
        ("nothing was there", [found(QUOTE)], [], {"added": 1}),
        ("nothing is new", [found(QUOTE)], [stored(QUOTE)], {"same": 1}),
        ("it is not found any more", [], [stored(QUOTE)], {"removed": 1}),
        (
            "the same words as another kind keep their row",
            [found(QUOTE, kind=Kind.COLON)],
            [stored(QUOTE)],
            {"changed": 1},
        ),
        (
            "a new speaker keeps the row",
            [found(QUOTE, speaker="سامر العلي")],
            [stored(QUOTE)],
            {"changed": 1},
        ),
        ("other words are another statement", [found(REPORT)], [stored(QUOTE)],
         {"added": 1, "removed": 1}),
        ("approved and found again", [found(QUOTE)], [stored(QUOTE, "approved")], {"kept": 1}),
        ("approved and not found any more", [], [stored(QUOTE, "approved")], {"kept": 1}),
        ("rejected and found again", [found(QUOTE)], [stored(QUOTE, "rejected")], {"kept": 1}),
        (
            "rejected, and a much better span is found: it may be shown",
            [found("سنبدأ العمل غدا\". وأضاف أن المشروع كبير جدا")],
            [stored(QUOTE, "rejected")],
            {"kept": 1, "added": 1},
        ),
        (
            "corrected: what was found before the correction does not come back",
            [found("سنبدأ العمل")],
            [
                stored(
                    QUOTE,
                    "corrected",
                    found_start=BODY.index(QUOTE),
                    found_end=BODY.index(QUOTE) + len("سنبدأ العمل"),
                    found_kind="direct",
                )
            ],
            {"kept": 1},
        ),
        (
            "corrected, and the extractor has learnt it: once, not twice",
            [found(QUOTE)],
            [
                stored(
                    QUOTE,
                    "corrected",
                    found_start=BODY.index(REPORT),
                    found_end=BODY.index(REPORT) + len(REPORT),
                    found_kind="indirect",
                )
            ],
            {"kept": 1},
        ),
        ("added by a curator, then found too", [found(QUOTE)], [stored(QUOTE, "added")],
         {"kept": 1}),
        (
            "a direct quotation approved inside reported speech leaves that one alone",
            [found(QUOTE), found(f'العلي: "{QUOTE}', kind=Kind.INDIRECT)],
            [stored(QUOTE, "approved"), stored(f'العلي: "{QUOTE}', kind="indirect")],
            {"kept": 1, "same": 1},
        ),
    ],
)  # fmt: skip
def test_it_reconciles(
    why: str, new: list[FoundStatement], old: list[Statement], outcome: dict[str, int]
) -> None:
    # Stored rows have what _take_over would set, but for what a case changes.
    for statement in old:
        assert statement.curation in Curation.values
    assert shape(plan(new, old)) == outcome, why


def test_a_curated_statement_moves_with_its_words() -> None:
    old = stored(
        QUOTE,
        "approved",
        cue="قال",
        cue_start=0,
        cue_end=3,
        mention="سامر العلي",
        mention_start=4,
        mention_end=14,
    )
    body = "تمهيد جديد. " + BODY
    result = plan([found(QUOTE, body)], [old], body)
    assert shape(result) == {"moved": 1}
    assert body[old.start : old.end] == old.text == QUOTE
    assert body[old.cue_start : old.cue_end] == "قال"
    assert body[old.mention_start : old.mention_end] == "سامر العلي"


def test_it_moves_to_the_same_words_in_another_spelling() -> None:
    old = stored(QUOTE, "approved")
    body = BODY.replace(QUOTE, "سنبدأُ العملَ غداً")
    assert shape(plan([], [old], body)) == {"moved": 1}
    assert old.text == body[old.start : old.end] == "سنبدأُ العملَ غداً"


def test_a_curated_statement_without_its_words_stays_and_comes_back_with_them() -> None:
    old = stored(QUOTE, "approved")
    assert shape(plan([], [old], "نص آخر تماما")) == {"moved": 1}
    assert (old.stands, old.text) == (False, QUOTE)
    assert shape(plan([], [old], "نص آخر تماما")) == {"kept": 1}
    assert shape(plan([found(QUOTE)], [old], BODY)) == {"moved": 1}
    assert old.stands
    assert BODY[old.start : old.end] == QUOTE


def test_a_rejected_statement_that_moved_still_keeps_its_like_away() -> None:
    old = stored(QUOTE, "rejected", found_start=BODY.index(QUOTE), found_kind="direct")
    old.found_end = old.found_start + len(QUOTE)  # type: ignore[operator]
    body = "تمهيد جديد. " + BODY
    assert shape(plan([found(QUOTE, body)], [old], body)) == {"moved": 1}
    assert body[old.found_start : old.found_end] == QUOTE


def test_the_same_words_twice_have_two_permalinks_which_last() -> None:
    body = 'قال: "نعم بالتأكيد". ثم قال: "نعم بالتأكيد".'
    first = body.index("نعم")
    second = body.index("نعم", first + 1)
    both = [
        FoundStatement(kind=Kind.DIRECT, field=Field.BODY, start=s, end=s + 13, text="نعم بالتأكيد")
        for s in (first, second)
    ]
    added = plan(both, [], body).added
    assert len({statement.key for statement in added}) == 2
    assert {len(statement.key) for statement in added} == {16}
    again = plan(both, [], body).added
    assert [s.key for s in again] == [s.key for s in added]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("إنّ العملَ، غداً", "ان العمل غدا", True),  # marks and punctuation
        ("روحانی", "روحاني", True),  # Persian letters
        ("العمل غدا", "العمل اليوم", False),
    ],
)
def test_what_counts_as_the_same_words(one: str, other: str, same: bool) -> None:
    assert (said(one) == said(other)) is same
