"""The request's filters as SQL on search rows, and how much of the corpus they leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from corpus.indexing.texts import SOURCE_KEY, YEAR_KEY
from search.frequencies import Statistics
from search.query import Condition
from search.request import Scope, SearchRequest

# The search rows of each scope, and their primary key.
TABLE = {
    Scope.ARTICLES: ("corpus_articlesearchrow", "article_id"),
    Scope.STATEMENTS: ("corpus_statementsearchrow", "statement_id"),
}


def filter_conditions(request: SearchRequest) -> list[Condition]:
    """Conditions of all the request's filters."""
    found = other_conditions(request)
    if request.sources:
        found.append(Condition("source_id = ANY(%s)", (list(request.sources),)))
    if _by_year(request):
        found.append(_any_span((date(y, 1, 1), date(y, 12, 31)) for y in request.years))
    return found


def other_conditions(request: SearchRequest) -> list[Condition]:
    """Conditions of the filters that `among_stems` and `among_impacts` do not have."""
    statements = request.scope == Scope.STATEMENTS
    found: list[Condition] = []
    if request.sections:
        found.append(Condition("section = ANY(%s)", (list(request.sections),)))
    if request.speakers:
        sql = "speaker = ANY(%s)" if statements else "speakers && %s::bigint[]"
        found.append(Condition(sql, (list(request.speakers),)))
    if request.kinds:
        sql = "kind = ANY(%s)" if statements else "kinds && %s::varchar[]"
        found.append(Condition(sql, ([str(k) for k in request.kinds],)))
    if request.months:
        years = [(date(y, 1, 1), date(y, 12, 31)) for y in request.years]
        found.append(_any_span([*years, *map(_month, request.months)]))
    if request.date_from:
        found.append(Condition("published >= %s", (_start(request.date_from),)))
    if request.added_after:
        found.append(Condition("article_id > %s", (request.added_after,)))
    if request.date_to:
        found.append(Condition("published < %s", (_after(request.date_to),)))
    return found


def selectivity(request: SearchRequest, stats: Statistics) -> float:
    """The share of documents that the filters are expected to leave, in (0, 1].

    Known for sources and years; other filters count as leaving everything, which only
    means that a narrow one looks at fewer candidates than it could.
    """
    share = 1.0
    if stats.documents:
        for keys in _keys(request):
            n = sum(stats.frequency.get(key, 0) for key in keys)
            share *= min(1.0, n / stats.documents) if n else 1.0
    return max(share, 1e-6)


def statistic_keys(request: SearchRequest) -> Iterable[str]:
    """The statistics that `selectivity` reads."""
    for keys in _keys(request):
        yield from keys


def _keys(request: SearchRequest) -> list[list[str]]:
    """The filters that the indexes know: lists of alternatives, all of which hold."""
    by_source = [f"{SOURCE_KEY}{source}" for source in request.sources]
    by_year = [f"{YEAR_KEY}{year}" for year in request.years] if _by_year(request) else []
    return [keys for keys in (by_source, by_year) if keys]


def _by_year(request: SearchRequest) -> bool:
    # Joined with months, which the indexes do not know, years are spans of time like them.
    return bool(request.years) and not request.months


def among_stems(request: SearchRequest) -> list[Condition]:
    """Filters by source and year, met in the same scan of the stems' index as the words."""
    return [
        Condition("stems @@ %s::tsquery", (" | ".join(f"'{key}'" for key in keys),))
        for keys in _keys(request)
    ]


def among_impacts(request: SearchRequest) -> list[Condition]:
    """The same for the index of impacts."""
    return [Condition("impacts && %s", (keys,)) for keys in _keys(request)]


def joined(conditions: Iterable[Condition]) -> Condition:
    """All the conditions as one; TRUE where there is none."""
    listed = list(conditions)
    if not listed:
        return Condition("TRUE")
    return Condition(
        " AND ".join(f"({c.sql})" for c in listed),
        tuple(p for c in listed for p in c.parameters),
    )


def _any_span(spans: Iterable[tuple[date, date]]) -> Condition:
    parts, parameters = [], []
    for first, last in spans:
        parts.append("published >= %s AND published < %s")
        parameters += [_start(first), _after(last)]
    return Condition(" OR ".join(f"({p})" for p in parts), tuple(parameters))


def _month(text: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{text}-01")
    if first.month == 12:
        return first, date(first.year, 12, 31)
    return first, date(first.year, first.month + 1, 1) - timedelta(days=1)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _after(day: date) -> datetime:
    # The year 9999 has no day after its last.
    return _start(day + timedelta(days=1)) if day < date.max else datetime.max.replace(tzinfo=UTC)
