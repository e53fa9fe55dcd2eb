"""The request's filters as SQL on search rows, and how much of the corpus they leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from search.frequencies import Statistics
from search.query import Condition
from search.request import Scope, SearchRequest


def filter_conditions(request: SearchRequest, *, without: str = "") -> list[Condition]:
    """Conditions of the request's filters; `without` leaves one field's out, for its facet."""
    statements = request.scope == Scope.STATEMENTS
    found: list[Condition] = []
    if request.sources and without != "sources":
        found.append(Condition("source_id = ANY(%s)", (list(request.sources),)))
    if request.sections and without != "sections":
        found.append(Condition("section = ANY(%s)", (list(request.sections),)))
    if request.speakers and without != "speakers":
        sql = "speaker = ANY(%s)" if statements else "speakers && %s::bigint[]"
        found.append(Condition(sql, (list(request.speakers),)))
    if request.kinds and without != "kinds":
        sql = "kind = ANY(%s)" if statements else "kinds && %s::varchar[]"
        found.append(Condition(sql, ([str(k) for k in request.kinds],)))
    spans: list[tuple[date, date]] = []
    if without != "years":
        spans += [(date(y, 1, 1), date(y, 12, 31)) for y in request.years]
    if without != "months":
        spans += [_month(m) for m in request.months]
    if spans:
        found.append(_any_span(spans))
    if request.date_from:
        found.append(Condition("published >= %s", (_start(request.date_from),)))
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
        for values, name in ((request.sources, "source"), (request.years, "year")):
            if values:
                n = sum(stats.frequency.get(f"#{name}:{v}", 0) for v in values)
                share *= min(1.0, n / stats.documents) if n else 1.0
    return max(share, 1e-6)


def statistic_keys(request: SearchRequest) -> Iterable[str]:
    """The statistics that `selectivity` reads."""
    yield from (f"#source:{source}" for source in request.sources)
    yield from (f"#year:{year}" for year in request.years)


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
