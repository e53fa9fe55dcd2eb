"""Trends: up to five queries or speakers over time, as a drawing, a table and CSV."""

from __future__ import annotations

import csv
from dataclasses import replace

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from corpus.models import Speaker
from corpus.speakers.names import body_key, name_parts, person_key
from search import overview
from search import trends as counting
from search.charts import NARROW, WIDE, line_chart
from search.engine import SearchTimeout
from search.engine import search as run_search
from search.exports import harmless
from search.request import Scope, SearchRequest, Sort, clean_query

SIDE = 8  # statements of each speaker, side by side

MONTHS = 60  # that are drawn one by one

Row = tuple[str, list[tuple[int, float | None]]]


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """`?q=` and `?speaker=` up to five in all; `scope`, `measure=count`, `format=csv`."""
    asked = SearchRequest.from_parameters(request.GET)
    queries = [q for q in map(clean_query, request.GET.getlist("q")) if q][: counting.MOST]
    named = clean_query(request.GET.get("who", ""))
    added = speaker_named(named) if named else None
    wanted = dict.fromkeys([*asked.speakers, *([added.pk] if added else [])])
    by_id = Speaker.objects.in_bulk(list(wanted)[: counting.MOST])
    speakers = [by_id[pk] for pk in wanted if pk in by_id]
    queries = list(dict.fromkeys(queries))[: counting.MOST - len(speakers)]
    # Shares are of articles; statements are counted.
    share = asked.scope == Scope.ARTICLES and request.GET.get("measure") != "count"
    try:
        found = counting.series_of(queries, speakers, asked.scope, "month")
        touched = sorted({m for s in found for m in s.counts})
        # A few years are told month by month; of many, months would be noise.
        step: counting.Step = "month" if touched and touched[-1] - touched[0] < MONTHS else "year"
        if step == "year":
            found = counting.yearly(found)
            touched = sorted({y for s in found for y in s.counts})
        totals = counting.published(step) if found else {}
    except SearchTimeout:
        return render(request, "search/timeout.html", {"asked": asked}, status=503)
    steps = list(range(touched[0], touched[-1] + 1)) if touched else []

    def value(count: int, at: int) -> float | None:
        # Where nothing at all was published, nobody can be said to have been silent.
        if not totals.get(at):
            return None
        return round(100 * count / totals[at], 2) if share else float(count)

    def label(at: int) -> str:
        return str(at) if step == "year" else f"{at // 12}-{at % 12 + 1:02}"

    drawn: list[Row] = [
        (label(at), [(s.counts.get(at, 0), value(s.counts.get(at, 0), at)) for s in found])
        for at in steps
    ]
    rows = [row for at, row in zip(steps, drawn, strict=True) if totals.get(at)]
    if request.GET.get("format") == "csv":
        return _csv(found, rows, step)
    charts = {}
    if len(steps) > 1:
        texts = [text for text, _values in drawn]
        lines = [(s.name, [values[i][1] for _text, values in drawn]) for i, s in enumerate(found)]
        charts = {
            size: line_chart(texts, lines, rtl=get_language_bidi(), frame=frame)
            for size, frame in (("wide", WIDE), ("narrow", NARROW))
        }
    blank = min(1 if found else 2, counting.MOST - len(queries) - len(speakers))
    parameters = [("q", q) for q in queries] + [("speaker", str(s.pk)) for s in speakers]
    parameters += [("scope", asked.scope)] if asked.scope != Scope.ARTICLES else []
    parameters += [("measure", "count")] if not share and asked.scope == Scope.ARTICLES else []
    return render(
        request,
        "search/trends.html",
        {
            "page_name": "trends",
            "series": found,
            "charts": charts,
            "rows": rows,
            "share": share,
            "monthly": step == "month",
            "pairs": () if found else _pairs(),
            "scope": asked.scope,
            "boxes": [*queries, *[""] * max(0, blank)],
            "speakers": speakers,
            "csv_query": urlencode([*parameters, ("format", "csv")]),
            "named": named,
            "not_found": bool(named) and added is None,
        },
    )


def speaker_named(name: str) -> Speaker | None:
    """The speaker of this name, however spelt; of several the one with most statements."""
    keys = {person_key(name_parts(name)), body_key(name)} - {""}
    return (
        Speaker.objects.filter(
            Q(key__in=keys) | Q(aliases__key__in=keys) | Q(name=name), merged_into=None
        )
        .annotate(n=Count("statements", distinct=True))
        .order_by("-n", "pk")
        .first()
    )


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What two speakers said of one subject, side by side: `?q=` and `?speaker=` twice."""
    asked = SearchRequest.from_parameters(request.GET)
    by_id = Speaker.objects.in_bulk(asked.speakers[:2])
    speakers = [by_id[pk] for pk in asked.speakers if pk in by_id]
    columns = []
    try:
        for speaker in speakers:
            one = SearchRequest(
                query=asked.query,
                scope=Scope.STATEMENTS,
                speakers=(speaker.pk,),
                sort=Sort.RELEVANCE if asked.query else Sort.NEWEST,
                page_size=SIDE,
            )
            page = run_search(one)
            if page.steps:
                # Loosened, it would show others' words as this speaker's.
                page = replace(page, hits=(), count=0, exact=True)
            columns.append((speaker, one, page))
    except SearchTimeout:
        return render(request, "search/timeout.html", {"asked": asked}, status=503)
    return render(
        request,
        "search/compare.html",
        {
            "page_name": "trends",
            "query": asked.query,
            "columns": columns,
            "pairs": () if len(columns) == 2 else _pairs(),
        },
    )


def _pairs() -> list[tuple[Speaker, Speaker]]:
    """Two pairs of the most quoted, for whoever has nobody in mind yet."""
    quoted = [q.speaker for q in overview.overview().quoted if q.speaker.type == "person"]
    return list(zip(quoted[:4:2], quoted[1:4:2], strict=False))


def _csv(found: list[counting.Series], rows: list[Row], step: str) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="aqwal-trends.csv"'
    writer = csv.writer(response)
    writer.writerow([step, *(harmless(s.name) for s in found)])
    for text, values in rows:
        writer.writerow([text, *(count for count, _share in values)])
    return response
