"""Search rows rebuilt in bulk and by several processes are those that were there before."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from corpus.indexing.gin import GIN_INDEXES, LAST_INDEX, ensure_indexes
from tests import builders

# Bulk loading counts in a thread of its own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

ROWS = """
SELECT article_id, source_id, published, length, stems::text, words::text, impacts, speakers,
    kinds, index_version FROM corpus_articlesearchrow ORDER BY article_id
"""
STATEMENTS = """
SELECT statement_id, speaker, kind, length, stems::text, words::text, index_version
FROM corpus_statementsearchrow ORDER BY statement_id
"""
FREQUENCIES = """
SELECT lexeme, articles, statements FROM corpus_lexemefrequency
WHERE articles <> 0 OR statements <> 0 ORDER BY lexeme
"""
INDEXES = "SELECT indexname FROM pg_indexes WHERE indexname = ANY(%s) ORDER BY 1"


def fetched(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def state() -> list[list[tuple[Any, ...]]]:
    return [
        fetched(ROWS),
        fetched(STATEMENTS),
        fetched(FREQUENCIES),
        fetched(INDEXES, sorted(GIN_INDEXES)),
    ]


@pytest.fixture
def indexed() -> list[list[tuple[Any, ...]]]:
    """A few articles with statements; what search holds of them."""
    articles = [builders.article(title=f"خبر رقم {n}") for n in range(5)]
    said = [
        builders.statement(a, "لا يحق لأحد سوى الشعب السوري", by=builders.speaker())
        for a in articles[:3]
    ]
    builders.indexed(articles)
    assert len(said) == 3
    found = state()
    assert len(found[0]) == 5
    assert len(found[1]) == 3
    assert len(found[3]) == len(GIN_INDEXES)
    return found


@pytest.mark.parametrize(
    "options",
    [{"all": True}, {"bulk": True}, {"bulk": True, "workers": 2}, {"all": True, "workers": 2}],
)
def test_rebuilding_gives_the_same(indexed: Any, options: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE corpus_lexemefrequency SET articles = articles + 7")
    call_command("reindex", quiet=True, **options)
    assert state() == indexed


def test_only_what_is_stale_is_rebuilt(indexed: Any, capsys: pytest.CaptureFixture[str]) -> None:
    first = indexed[0][0][0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE corpus_articlesearchrow SET index_version = 0, stems = ''"
            " WHERE article_id = %s",
            [first],
        )
    call_command("reindex", quiet=True)
    assert capsys.readouterr().out == "1 articles reindexed; frequencies rebuilt.\n"
    assert state() == indexed


def test_a_killed_bulk_load_is_finished_by_the_next_run(indexed: Any) -> None:
    """Whatever was left undone: an index, all of them, or only the counting and the last."""
    for lost in (["search_stems", LAST_INDEX], sorted(GIN_INDEXES)):
        with connection.cursor() as cursor:
            for name in lost:
                cursor.execute(f"DROP INDEX {name}")
            cursor.execute("DELETE FROM corpus_lexemefrequency")
        ensure_indexes()
        assert state() == indexed


def test_workers_out_of_range_are_refused() -> None:
    with pytest.raises(CommandError, match="1 to 64"):
        call_command("reindex", workers=0)
