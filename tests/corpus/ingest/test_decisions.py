"""Same input, same plan: every row says what is stored, what comes, and what becomes of it."""

from __future__ import annotations

import pytest

from corpus.documents import ParsedDocument
from corpus.ingest.decisions import Candidate, Repeat, StoredArticle, decide


def candidate(key: str, text: str, repeat: str = "", record: str = "") -> Candidate:
    document = ParsedDocument(external_id=key, title="", body=text, source="s")
    return Candidate(document, (record or key + text).encode(), text.encode(), Repeat(repeat))


def stored(pk: int, key: str, text: str, record: str = "") -> StoredArticle:
    return StoredArticle(pk, "s", key, text.encode(), (record or key + text).encode())


@pytest.mark.parametrize(
    ("why", "there", "incoming", "outcomes"),
    [
        ("a new article", [], [("a", "x")], ["imported"]),
        ("the same record again", [("a", "x")], [("a", "x")], ["unchanged"]),
        ("the same id, another text", [("a", "x")], [("a", "y")], ["updated"]),
        ("the same text under another id", [("a", "x")], [("b", "x")], ["duplicate"]),
        ("two of one text in one batch", [], [("a", "x"), ("b", "x")], ["imported", "duplicate"]),
        ("two of one id in one batch", [], [("a", "x"), ("a", "y")], ["imported", "duplicate"]),
        (
            "a stored one first, then its id with another text: the first stands",
            [("a", "x")],
            [("a", "x"), ("a", "y")],
            ["unchanged", "duplicate"],
        ),
        (
            "a text given up by its article is free for another",
            [("a", "x")],
            [("a", "y"), ("b", "x")],
            ["updated", "imported"],
        ),
        (
            "two articles that exchange texts: neither can move before the other",
            [("a", "x"), ("b", "y")],
            [("a", "y"), ("b", "x")],
            ["duplicate", "duplicate"],
        ),
        (
            "a text that an earlier batch has not written yet waits",
            [],
            [("b", "x", "text")],
            [None],
        ),
        (
            "… and is a duplicate once it is there",
            [("a", "x")],
            [("b", "x", "text")],
            ["duplicate"],
        ),
        ("an id that an earlier batch has not written yet waits", [], [("a", "y", "id")], [None]),
        ("… and loses once it is there", [("a", "x")], [("a", "y", "id")], ["duplicate"]),
    ],
)
def test_it_decides(
    why: str, there: list[tuple[str, str]], incoming: list[tuple[str, ...]], outcomes: list[str]
) -> None:
    articles = [stored(n, *row) for n, row in enumerate(there, 1)]
    decisions = decide([candidate(*row) for row in incoming], articles)
    assert [d.outcome for d in decisions] == outcomes, why


def test_a_changed_detail_is_an_update_even_where_the_text_is_the_same() -> None:
    (decision,) = decide([candidate("a", "x", record="new url")], [stored(1, "a", "x")])
    assert (decision.outcome, decision.reason) == ("updated", "changed")


def test_without_updates_a_changed_record_is_left_alone() -> None:
    (decision,) = decide([candidate("a", "y")], [stored(1, "a", "x")], update=False)
    assert (decision.outcome, decision.reason) == ("unchanged", "update-never")


def test_in_the_end_a_repeated_text_whose_first_was_refused_stands_for_itself() -> None:
    waiting = [candidate("b", "x", "text"), candidate("c", "x", "text")]
    assert [d.outcome for d in decide(waiting, [])] == [None, None]
    assert [d.outcome for d in decide(waiting, [], final=True)] == ["imported", "duplicate"]


def test_a_duplicate_says_what_it_equals() -> None:
    first, second = decide([candidate("a", "x"), candidate("b", "x")], [])
    assert second.equals == ("s", "a")
    assert first.equals is None
