"""`manage.py reindex`: search rows of an older format or analysis, brought up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from tqdm import tqdm

from corpus.indexing import (
    INDEX_VERSION,
    ensure_indexes,
    index_articles,
    merge_frequencies,
    rebuild_frequencies,
)
from corpus.models import Article, Statement

BATCH = 500


class Command(BaseCommand):
    help = (
        "Rebuild search rows that are missing or of an older version, then the document"
        " frequencies. Interrupted, it goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="rebuild every row")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_indexes()
        if options["all"]:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE corpus_articlesearchrow SET index_version = 0")
        last = done = 0
        total = self._stale()
        with tqdm(total=total, unit="articles", disable=options["quiet"] or None) as progress:
            while ids := self._next(last):
                self._index(ids)
                last = ids[-1]
                done += len(ids)
                progress.update(len(ids))
        rebuild_frequencies()
        merge_frequencies()
        self.stdout.write(f"{done} articles reindexed; frequencies rebuilt.")

    def _stale(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM corpus_article a LEFT JOIN corpus_articlesearchrow r"
                " ON r.article_id = a.id WHERE r.index_version IS DISTINCT FROM %s",
                [INDEX_VERSION],
            )
            return int(cursor.fetchone()[0])

    def _next(self, last: int) -> list[int]:
        """The next ids without an up-to-date row: done ones drop out, so a re-run resumes."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT a.id FROM corpus_article a LEFT JOIN corpus_articlesearchrow r"
                " ON r.article_id = a.id"
                " WHERE a.id > %s AND r.index_version IS DISTINCT FROM %s"
                " ORDER BY a.id LIMIT %s",
                [last, INDEX_VERSION, BATCH],
            )
            return [row[0] for row in cursor.fetchall()]

    def _index(self, ids: list[int]) -> None:
        articles = list(Article.objects.filter(pk__in=ids).order_by("pk"))
        by_article: dict[int, list[Statement]] = {}
        for statement in Statement.objects.filter(article__in=ids).order_by("pk"):
            by_article.setdefault(statement.article_id, []).append(statement)
        with transaction.atomic():
            index_articles(articles, by_article, replacing=True)
