"""Facets: one description a facet, counted together over the matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from corpus.models import Source, Speaker
from corpus.quotes.types import Kind
from search.filters import (
    TABLE,
    among_stems,
    filter_conditions,
    joined,
    other_conditions,
    selectivity,
)
from search.frequencies import Statistics
from search.query import Condition
from search.ranking import COUNT_LIMIT
from search.request import Scope, SearchRequest
from search.results import Facet, FacetValue
from search.sampling import PARTS, first_try, in_sample, rounded

SHOWN = 12  # values of a facet
MONTHS = 36  # of which the timeline is drawn; the page lists fewer
SAMPLED = 2000  # documents of a sample that are counted: a tenth of them to within 7%
LEAST_IN_SAMPLE = 500  # below it, a larger sample or all documents are counted
NAMED = 2000  # of the matches so many are named, so that they need not be looked up again


@dataclass(frozen=True, slots=True)
class FacetKind:
    """One facet: the request's field, its SQL in both scopes, and how a value is shown."""

    name: str
    articles: str
    statements: str
    labels: Callable[[Sequence[str]], dict[str, str]]
    parse: Callable[[str], object]
    newest_first: bool = False
    most: int = SHOWN


def _same(values: Sequence[str]) -> dict[str, str]:
    return {v: v for v in values}


def _source_names(values: Sequence[str]) -> dict[str, str]:
    return {str(pk): name for pk, name in Source.objects.values_list("pk", "name")}


def _speaker_names(values: Sequence[str]) -> dict[str, str]:
    found = Speaker.objects.filter(pk__in=values).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def kind_label(kind: str) -> str:
    """What a kind of statement is called in the interface."""
    return {
        Kind.DIRECT: _("direct quotation"),
        Kind.COLON: _("stated"),
        Kind.INDIRECT: _("reported speech"),
    }[Kind(kind)]


def _kind_names(values: Sequence[str]) -> dict[str, str]:
    return {v: kind_label(v) for v in values}


YEAR = "to_char(published AT TIME ZONE 'UTC', 'YYYY')"
MONTH = "to_char(published AT TIME ZONE 'UTC', 'YYYY-MM')"
FACETS = (
    FacetKind("sources", "source_id::text", "source_id::text", _source_names, int),
    FacetKind("sections", "nullif(section, '')", "nullif(section, '')", _same, str),
    FacetKind("years", YEAR, YEAR, _same, int, newest_first=True),
    FacetKind("months", MONTH, MONTH, _same, str, newest_first=True, most=MONTHS),
    FacetKind("speakers", "unnest(speakers)::text", "speaker::text", _speaker_names, int),
    FacetKind("kinds", "unnest(kinds)", "kind", _kind_names, Kind),
)
COLUMNS = {
    Scope.ARTICLES: "length, source_id, section, published, speakers, kinds",
    Scope.STATEMENTS: "length, source_id, section, published, speaker, kind",
}


Counted = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents match, and the facets over them.

    `exact` is false where both were counted in a sample: the numbers are estimates. Else `keys`
    are the documents' primary keys, the shortest first, of at most `NAMED` of them.
    """

    count: int
    exact: bool
    facets: tuple[Facet, ...]
    keys: tuple[int, ...] = ()


def facets(
    request: SearchRequest,
    stats: Statistics,
    matching: Sequence[Condition],
    expected: float,
    column: str,
) -> Counts:
    """Count what matches, by facet too.

    `matching` is what the query asks for, which about `expected` documents satisfy and the
    index of `column` finds; the request's own filters are added here, each left out where
    its own facet is counted. Many documents are counted in a random sample.
    """
    kinds = () if request.outline else FACETS
    shared = [facet for facet in kinds if not getattr(request, facet.name)]
    main = _tally(request, stats, shared, matching, expected, column)
    tallies = dict.fromkeys((facet.name for facet in shared), main)
    for facet in kinds:
        if facet not in shared:
            without = request.with_(**{facet.name: ()})
            tallies[facet.name] = _tally(without, stats, [facet], matching, expected, column)
    found = tuple(_facet(request, facet, tallies[facet.name]) for facet in kinds)
    return Counts(
        count=rounded(main.count * main.sample) if main.sample > 1 else main.count,
        exact=main.sample == 1,
        facets=tuple(f for f in found if f.values),
        keys=main.keys if main.sample == 1 else (),
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """What was counted in a sample of one document in `sample`, and the keys of some."""

    sample: int
    count: int
    values: Counted
    keys: tuple[int, ...]


def _tally(
    request: SearchRequest,
    stats: Statistics,
    wanted: Sequence[FacetKind],
    matching: Sequence[Condition],
    expected: float,
    column: str,
) -> _Tally:
    """Count all that matches, or a sample where that is too much."""
    # The words' index meets some filters in the same scan; without words they have their own.
    filters = (
        [*among_stems(request), *other_conditions(request)]
        if column == "stems"
        else filter_conditions(request)
    )

    def counted(at: int) -> _Tally:
        conditions = [*matching, *filters, *in_sample(PARTS[at], column)]
        return _count(request.scope, wanted, conditions, PARTS[at])

    expected *= selectivity(request, stats)
    at = first_try(expected, SAMPLED) if expected > COUNT_LIMIT else 0
    found = counted(at)
    while at > 0 and found.count < LEAST_IN_SAMPLE:  # fewer than was expected
        at -= 1
        found = counted(at)
    while found.count > COUNT_LIMIT and at + 1 < len(PARTS):  # more than was expected
        at += 1
        found = counted(at)
    return found


def _count(
    scope: Scope, wanted: Sequence[FacetKind], conditions: Iterable[Condition], sample: int
) -> _Tally:
    table, pk = TABLE[scope]
    where = joined(conditions)
    branches = [
        "SELECT '' AS facet, (SELECT string_agg(named.pk::text, ' ')"
        f" FROM (SELECT pk FROM matched ORDER BY length, pk LIMIT {NAMED}) AS named) AS value,"
        " count(*) AS n FROM matched"
    ]
    for facet in wanted:
        expression = facet.articles if scope == Scope.ARTICLES else facet.statements
        branches.append(
            f"(SELECT '{facet.name}', value, n FROM (SELECT {expression} AS value, count(*) AS n"
            f" FROM matched GROUP BY 1) AS v WHERE value IS NOT NULL"
            f" ORDER BY {'value DESC' if facet.newest_first else 'n DESC, value'}"
            f" LIMIT {facet.most + 1})"
        )
    sql = f"""
        WITH matched AS MATERIALIZED (
            SELECT {pk} AS pk, {COLUMNS[scope]} FROM {table} WHERE {where.sql} LIMIT %s
        )
        {" UNION ALL ".join(branches)}
    """
    count, counted = 0, Counted()
    keys: tuple[int, ...] = ()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*where.parameters, COUNT_LIMIT + 1])
        for facet_name, value, n in cursor.fetchall():
            if facet_name:
                counted.setdefault(facet_name, []).append((value, n))
            else:
                count = n
                keys = tuple(map(int, (value or "").split()))
    return _Tally(sample, count, counted, keys)


def _facet(request: SearchRequest, kind: FacetKind, tally: _Tally) -> Facet:
    values = [(value, n * tally.sample) for value, n in tally.values.get(kind.name, [])]
    selected = {str(v) for v in getattr(request, kind.name)}
    shown = values[: kind.most]
    # A selected value stays visible, so that it can be taken out again.
    listed = {v for v, _n in shown}
    shown += [(v, dict(values).get(v, 0)) for v in sorted(selected - listed)]
    labels = kind.labels([v for v, _n in shown])
    if not kind.newest_first:
        # Of equal counts by name: by id, as they come, means nothing to a reader.
        shown.sort(key=lambda pair: (-pair[1], labels.get(pair[0], pair[0])))
    return Facet(
        name=kind.name,
        values=tuple(
            FacetValue(
                value=value,
                label=labels.get(value, value),
                count=n,
                selected=value in selected,
                query=request.toggled(kind.name, kind.parse(value)).query_string(),
            )
            for value, n in shown
        ),
        more=len(values) > kind.most,
        sampled=tally.sample > 1,
    )
