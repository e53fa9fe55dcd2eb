"""The same page as a Django developer writes it from the manual's full-text search chapter.

https://docs.djangoproject.com/en/5.2/ref/contrib/postgres/search/: a SearchVectorField with a
GIN index, filled with the `arabic` configuration; SearchQuery, SearchRank, SearchHeadline.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVectorField,
)
from django.db import connection, models
from django.db.models import Count, F
from django.db.models.functions import ExtractYear

from search.benchmark.drawing import DrawnQuery
from search.request import Sort

CONFIG = "arabic"


class StockArticle(models.Model):
    """An article with its search vector beside it. Belongs to no installed app."""

    source_id = models.IntegerField(db_index=True)
    title = models.TextField()
    body = models.TextField()
    published = models.DateTimeField(db_index=True)
    search = SearchVectorField(null=True)

    objects: models.Manager[StockArticle] = models.Manager()

    class Meta:
        app_label = "benchmark"
        db_table = "benchmark_stock"
        indexes = (GinIndex(fields=("search",), name="benchmark_stock_search"),)

    def __str__(self) -> str:
        return self.title


def load() -> None:
    """Copy the articles, weigh title above body, and build the index at the end."""
    with connection.schema_editor() as editor:
        editor.create_model(StockArticle)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX benchmark_stock_search")
        cursor.execute(
            "INSERT INTO benchmark_stock (id, source_id, title, body, published, search)"
            " SELECT id, source_id, title, body, published,"
            " setweight(to_tsvector('arabic', title), 'A')"
            " || setweight(to_tsvector('arabic', body), 'B') FROM corpus_article"
        )
        cursor.execute("CREATE INDEX benchmark_stock_search ON benchmark_stock USING gin (search)")
        cursor.execute("VACUUM ANALYZE benchmark_stock")


def page(query: DrawnQuery, *, any_word: bool) -> int:
    """Top ten with headlines, count, and facets by source and year; the number of matches."""
    wanted = _query(query, any_word=any_word)
    rows = StockArticle.objects.filter(search=wanted)
    if query.request.sources:
        rows = rows.filter(source_id__in=query.request.sources)
    if query.request.years:
        rows = rows.filter(published__year__in=query.request.years)
    order: Sequence[str] = ("-rank", "-pk")
    if query.request.sort == Sort.NEWEST:
        order = ("-published", "-pk")
    list(
        rows.annotate(
            rank=SearchRank(F("search"), wanted),
            headline=SearchHeadline("body", wanted, config=CONFIG),
        )
        .order_by(*order)
        .values("pk", "title", "headline", "rank", "published", "source_id")[:10]
    )
    list(rows.values("source_id").annotate(n=Count("pk")).order_by("-n")[:12])
    list(rows.values(year=ExtractYear("published")).annotate(n=Count("pk")).order_by("-year")[:12])
    return rows.count()


def _query(query: DrawnQuery, *, any_word: bool) -> SearchQuery:
    if query.kind == "phrase":
        return SearchQuery(" ".join(query.words), config=CONFIG, search_type="phrase")
    if any_word:
        return reduce(or_, (SearchQuery(word, config=CONFIG) for word in query.words))
    return SearchQuery(" ".join(query.words), config=CONFIG)
