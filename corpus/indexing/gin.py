"""The search rows' GIN indexes: built after a bulk load, sorted in after an import."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

from corpus.indexing.frequencies import rebuild_frequencies

WORDING_INDEX = "wording_bands"
GIN_INDEXES = {
    "search_stems": "corpus_articlesearchrow USING gin (stems)",
    "search_words": "corpus_articlesearchrow USING gin (words)",
    "search_pairs": "corpus_articlesearchrow USING gin (pairs)",
    "search_impacts": "corpus_articlesearchrow USING gin (impacts)",
    "stsearch_stems": "corpus_statementsearchrow USING gin (stems)",
    "stsearch_words": "corpus_statementsearchrow USING gin (words)",
    "stsearch_pairs": "corpus_statementsearchrow USING gin (pairs)",
    "stsearch_impacts": "corpus_statementsearchrow USING gin (impacts)",
    WORDING_INDEX: "corpus_wording USING gin (bands)",
    "search_speakers": "corpus_articlesearchrow USING gin (speakers)",
}
# The smallest is built after all else, so that its absence tells of unfinished work.
LAST_INDEX = "search_speakers"


@contextmanager
def bulk_load() -> Iterator[None]:
    """Without the GIN indexes while a large first load runs; they are built at its end.

    A killed load leaves them missing: `ensure_indexes` at the next run, or `reindex`,
    does what is left.
    """
    with connection.cursor() as cursor:
        for name in GIN_INDEXES:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    finally:
        finish_bulk_load()


def finish_bulk_load() -> None:
    """Build the indexes and count the lexemes of what was loaded, each on its own core."""
    # A thread has a connection of its own. Nothing else is done in it.
    with ThreadPoolExecutor(1) as other:
        counting = other.submit(_count_and_disconnect)
        build_indexes(set(GIN_INDEXES) - {LAST_INDEX})
        counting.result()
    build_indexes({LAST_INDEX})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE corpus_articlesearchrow, corpus_statementsearchrow")


def _count_and_disconnect() -> None:
    try:
        rebuild_frequencies()
    finally:
        connection.close()


def ensure_indexes() -> None:
    """Do what a killed bulk load left undone: its GIN indexes, and the counting."""
    build_indexes(set(GIN_INDEXES) - {LAST_INDEX})
    if _missing(LAST_INDEX):
        rebuild_frequencies()
        build_indexes({LAST_INDEX})


def build_indexes(names: Collection[str]) -> None:
    """Build those of these GIN indexes that are not there."""
    with connection.cursor() as cursor:
        for name, definition in GIN_INDEXES.items():
            # IF NOT EXISTS alone would first wait for every import that is writing.
            if name in names and _missing(name):
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {definition}")


def _missing(index: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NULL", [index])
        return bool(cursor.fetchone()[0])


def sort_in() -> None:
    """Let the indexes take in what an import has left waiting."""
    with connection.cursor() as cursor:
        for name in GIN_INDEXES:
            if not _missing(name):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])
