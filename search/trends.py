"""How often queries and speakers occur over time: counts and shares of what was published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django.core.cache import cache
from django.db import connection

from corpus.models import Speaker
from search.engine import limited, make_ready
from search.filters import TABLE, joined
from search.matching import matching_of
from search.request import Scope, SearchRequest

MOST = 5


KEPT_SECONDS = 300

Step = Literal["year", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name, the search behind it, and a count for each step.

    A step is a year, or a month as its year times 12 with the month from 0 added.
    """

    name: str
    request: SearchRequest
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def series_of(
    queries: list[str], speakers: list[Speaker], scope: Scope, step: Step = "year"
) -> list[Series]:
    """Counts by year or month. Raises SearchTimeout."""
    asked = [(q, SearchRequest(query=q, scope=scope)) for q in queries]
    asked += [(s.name, SearchRequest(speakers=(s.pk,), scope=scope)) for s in speakers]
    with limited():
        return [Series(name=n, request=r, counts=_by_step(r, step)) for n, r in asked[:MOST]]


def yearly(found: list[Series]) -> list[Series]:
    """Series by month as series by year."""
    made = []
    for series in found:
        counts: dict[int, int] = {}
        for month, n in series.counts.items():
            counts[month // 12] = counts.get(month // 12, 0) + n
        made.append(replace(series, counts=counts))
    return made


STEPS: dict[Step, str] = {
    "year": "date_part('year', published AT TIME ZONE 'UTC')::int",
    "month": (
        "date_part('year', published AT TIME ZONE 'UTC')::int * 12"
        " + date_part('month', published AT TIME ZONE 'UTC')::int - 1"
    ),
}


def _by_step(request: SearchRequest, step: Step) -> dict[int, int]:
    ready = make_ready(request)
    matching = matching_of(ready.prepared, ready.stats)
    where = joined([matching.all_words, ready.filters])
    table, _pk = TABLE[request.scope]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {STEPS[step]} AS step, count(*)
            FROM {table} WHERE published IS NOT NULL AND {where.sql} GROUP BY 1
            """,
            where.parameters,
        )
        return dict(cursor.fetchall())


def published(step: Step) -> dict[int, int]:
    """All articles by step, for shares; at most a few minutes old. Raises SearchTimeout."""
    key = f"published-by-{step}"
    found: dict[int, int] | None = cache.get(key)
    if found is None:
        with limited(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {STEPS[step]} AS step, count(*) FROM corpus_articlesearchrow"
                " WHERE published IS NOT NULL GROUP BY 1"
            )
            found = dict(cursor.fetchall())
        if found:
            cache.set(key, found, KEPT_SECONDS)
    return found
