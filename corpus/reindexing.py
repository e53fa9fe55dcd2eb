"""All search rows brought to the current analysis, in this process or in several.

Resumable: a row says which version of the index it was made by, so that an interrupted run
goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from django.db import connection, transaction

from corpus.indexing.frequencies import merge_frequencies, rebuild_frequencies
from corpus.indexing.gin import bulk_load, ensure_indexes, sort_in
from corpus.indexing.rows import INDEX_VERSION, index_articles
from corpus.ingest.pool import Pool
from corpus.models import Article, Statement
from corpus.wording_kin import link_wordings

BATCH = 500


def mark_all_stale() -> None:
    """Let the next `reindex` rebuild every row."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE corpus_articlesearchrow SET index_version = 0")


def stale_articles() -> int:
    """How many articles have no search row of the current version."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM corpus_article a LEFT JOIN corpus_articlesearchrow r"
            " ON r.article_id = a.id WHERE r.index_version IS DISTINCT FROM %s",
            [INDEX_VERSION],
        )
        return int(cursor.fetchone()[0])


def reindex(*, workers: int = 1, bulk: bool = False) -> Iterator[int]:
    """Rebuild what is stale; yields how many articles were done, batch by batch.

    `bulk` empties the search rows, leaves the GIN indexes and the counting to the end, and
    is for a first load or for when nobody searches: until the end nothing is found.
    """
    with ExitStack() as stack:
        if bulk:
            stack.enter_context(bulk_load())
            _empty_rows()
        else:
            ensure_indexes()
        pool: Pool[int] = Pool(workers, index_ids)
        stack.callback(pool.close)
        pool.start()
        for ids in _stale_ids():
            pool.submit(ids, bulk)
            yield from pool.ready()
        yield from pool.drain()
    if not bulk:
        rebuild_frequencies()
        merge_frequencies()
        sort_in()
    link_wordings()


def index_ids(ids: Sequence[int], bulk: bool) -> int:
    """Write the rows of these articles, in one transaction; returns how many they were."""
    articles = list(
        Article.objects.filter(pk__in=ids).only("pk", "title", "body", "source_id", "published")
    )
    by_article: dict[int, list[Statement]] = {}
    for statement in Statement.objects.filter(article__in=ids).order_by("pk"):
        by_article.setdefault(statement.article_id, []).append(statement)
    articles.sort(key=lambda article: article.pk)  # the order in which others lock rows too
    with transaction.atomic():
        index_articles(articles, by_article, replacing=not bulk, counted=not bulk)
    return len(articles)


def _empty_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE corpus_articlesearchrow, corpus_statementsearchrow,"
            " corpus_wording, corpus_wordingkin, corpus_wordingdue"
        )


def _stale_ids() -> Iterator[list[int]]:
    """Ids without an up-to-date row, a batch at a time, each looked at once."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                # The bound stands on both sides: a merge join would else read the rows from
                # the first on, for each batch again.
                "SELECT a.id FROM corpus_article a LEFT JOIN corpus_articlesearchrow r"
                " ON r.article_id = a.id AND r.article_id > %s"
                " WHERE a.id > %s AND r.index_version IS DISTINCT FROM %s"
                " ORDER BY a.id LIMIT %s",
                [last, last, INDEX_VERSION, BATCH],
            )
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return
        last = ids[-1]
        yield ids
