"""How often queries and speakers occur by year: counts and shares of what was published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from corpus.models import LexemeFrequency, Speaker
from search.engine import limited, make_ready
from search.filters import joined
from search.matching import matching_of
from search.request import Scope, SearchRequest
from search.scoring import TABLE

MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name, the search behind it, and a count for each year."""

    name: str
    request: SearchRequest
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def series_of(queries: list[str], speakers: list[Speaker], scope: Scope) -> list[Series]:
    """Counts by year. Raises SearchTimeout."""
    asked = [(q, SearchRequest(query=q, scope=scope)) for q in queries]
    asked += [(s.name, SearchRequest(speakers=(s.pk,), scope=scope)) for s in speakers]
    with limited():
        return [Series(name=n, request=r, counts=_by_year(r)) for n, r in asked[:MOST]]


def _by_year(request: SearchRequest) -> dict[int, int]:
    ready = make_ready(request)
    matching = matching_of(ready.prepared, ready.stats)
    where = joined([matching.all_words, ready.filters])
    table, _pk = TABLE[request.scope]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT date_part('year', published AT TIME ZONE 'UTC')::int AS year, count(*)
            FROM {table} WHERE published IS NOT NULL AND {where.sql} GROUP BY 1
            """,
            where.parameters,
        )
        return dict(cursor.fetchall())


def published_by_year() -> dict[int, int]:
    """All articles by year, for shares."""
    rows = LexemeFrequency.objects.filter(lexeme__startswith="#year:", articles__gt=0)
    return {
        int(lexeme.partition(":")[2]): n for lexeme, n in rows.values_list("lexeme", "articles")
    }
