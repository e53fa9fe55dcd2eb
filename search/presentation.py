"""A result page's state as links: chips, tabs, orders, pages, timeline. No queries, no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corpus.speakers.lexicon import NATIONALITIES, ROLES, TITLES, fold_name
from corpus.text.analysis import analyse
from search.charts import Bar, bars
from search.display import format_date
from search.ranking import ALL_FIRST
from search.request import FILTERS, MAX_PAGE, Scope, SearchRequest, Sort
from search.results import Facet, FacetValue, ResultPage

TIMELINE_BARS = 36  # more would be too narrow to hit with a finger
TIMELINE_YEARS = 3  # as long as months are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link to the same search in another state."""

    label: str
    query: str
    current: bool = False


def tabs(request: SearchRequest) -> list[Choice]:
    """Articles and statements."""
    return [
        Choice(
            label=label,
            query=request.with_(scope=scope).query_string(),
            current=request.scope == scope,
        )
        for scope, label in (
            (Scope.ARTICLES, _("Articles")),
            (Scope.STATEMENTS, _("Statements")),
        )
    ]


def searched_for(page: ResultPage) -> list[str]:
    """The words searched for, each as the reader wrote it where it was written.

    The engine gives them folded, and المدينه for المدينة would look like a mistake.
    """
    query = page.request.query
    typed = {term.word: query[term.start : term.end] for term in analyse(query)}
    return [typed.get(word, word) for word in page.reading.words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A speaker whom the query names, and the rest of it as the subject."""

    speaker: str
    pk: int
    subject: str
    query: str  # the query string of what the speaker said on it


def offer(page: ResultPage) -> Offer | None:
    """For `روحاني تدمر`: what Rouhani said about Palmyra, which the words alone do not ask.

    Of several speakers of that name among the results the most quoted. None where the query
    is more than plain words, or has its speaker already.
    """
    request, reading = page.request, page.reading
    speakers = next((f for f in page.facets if f.name == "speakers"), None)
    if (
        speakers is None
        or request.speakers
        or page.steps
        or reading.phrases
        or reading.excluded
        or reading.restrictions
    ):
        return None
    typed = analyse(request.query)
    said = {term.word for term in typed}
    for value in speakers.values:
        name = [term.word for term in analyse(value.label)]
        if not name or name[-1] not in said:
            continue
        others = [request.query[t.start : t.end] for t in typed if t.word not in name]
        # «الرئيس السيسي»: a title is no subject.
        titled = all(fold_name(word) in TITLES | ROLES | NATIONALITIES for word in others)
        rest = "" if titled else " ".join(others)
        asked = request.with_(query=rest, scope=Scope.STATEMENTS, speakers=(int(value.value),))
        return Offer(
            speaker=value.label,
            pk=int(value.value),
            subject=rest,
            query=asked.query_string(),
        )
    return None


def partial_from(page: ResultPage) -> int | None:
    """The place on the page from which on results have only some of the words; the count is of
    those before.

    None where that is nowhere, where the page says so anyway because none has them all, and for
    queries so long that the two kinds are not apart.
    """
    having = [hit.has_all for hit in page.hits]
    if all(having) or len(page.reading.words) > ALL_FIRST:
        return None
    first = having.index(False)
    return None if any(having[first:]) or first == 0 and not page.has_previous else first


def orders(request: SearchRequest) -> list[Choice]:
    """The orders results can stand in; relevance only where there are words to rank by."""
    shown = [(Sort.NEWEST, _("newest first")), (Sort.OLDEST, _("oldest first"))]
    if request.query:
        shown.insert(0, (Sort.RELEVANCE, _("most relevant")))
    return [
        Choice(
            label=label,
            query=request.with_(sort=sort).query_string(),
            current=request.sort == sort,
        )
        for sort, label in shown
    ]


def chips(
    request: SearchRequest, facets: tuple[Facet, ...], names: Mapping[tuple[str, str], str]
) -> list[Choice]:
    """Every active filter with the search that is without it.

    `names` gives labels of values that no facet lists: (field, value) to label.
    """
    labels = {(f.name, v.value): v.label for f in facets for v in f.values} | dict(names)
    found = [
        Choice(
            label=labels.get((name, str(value)), str(value)),
            query=request.toggled(name, value).query_string(),
        )
        for name, _key in FILTERS
        for value in getattr(request, name)
    ]
    if request.date_from:
        found.append(
            Choice(
                label=_("from %(day)s") % {"day": _day(request.date_from)},
                query=request.with_(date_from=None).query_string(),
            )
        )
    if request.date_to:
        found.append(
            Choice(
                label=_("to %(day)s") % {"day": _day(request.date_to)},
                query=request.with_(date_to=None).query_string(),
            )
        )
    if request.added_after:
        found.append(
            Choice(
                label=_("new since your last visit"),
                query=request.with_(added_after=0).query_string(),
            )
        )
    return found


def _day(day: date) -> str:
    # In words: behind an Arabic letter 2018-03-01 is drawn from its end.
    names = str(getattr(settings, "AQWAL_MONTH_NAMES", "gulf"))
    return format_date(day, "day", get_language() or "ar", names)


def cleared(request: SearchRequest) -> str:
    """The query string without any filter."""
    return SearchRequest(query=request.query, scope=request.scope, sort=request.sort).query_string()


def kept(request: SearchRequest, *leaving_out: str) -> list[tuple[str, str]]:
    """Parameters that a form on the page carries along; never the page number."""
    return [
        (name, value) for name, value in request.with_().parameters() if name not in leaving_out
    ]


def pages(page: ResultPage) -> dict[str, str]:
    """Query strings of the neighbouring pages, as far as there are any."""
    request = page.request
    found = {}
    if page.has_previous:
        found["previous"] = request.with_(page=request.page - 1).query_string()
    if page.has_next and request.page < MAX_PAGE:
        found["next"] = request.with_(page=request.page + 1).query_string()
    return found


def timeline(page: ResultPage) -> list[Bar]:
    """Matches over time as bars that filter: months while there are few years, else years."""
    facets = {f.name: f for f in page.facets}
    months, years = facets.get("months"), facets.get("years")
    if months is not None and not months.more:
        found = _months(page.request, months)
        if len(found) > 1 and len({v.value[:4] for v in found}) <= TIMELINE_YEARS:
            return _month_bars(found)
    by_year = {int(v.value): v for v in years.values} if years else {}
    if len(by_year) < 2:
        return []
    # Silent years in between are part of the picture.
    shown = range(min(by_year), max(by_year) + 1)[-TIMELINE_BARS:]
    return bars([_bar(str(year), by_year.get(year)) for year in shown])


def _bar(label: str, value: FacetValue | None) -> tuple[str, int, str, bool]:
    if value is None:
        return label, 0, "", False
    return label, value.count, f"?{value.query}", value.selected


def _months(request: SearchRequest, months: Facet) -> list[FacetValue]:
    """The months of the years searched, oldest first."""
    wanted = {str(year) for year in request.years}
    return sorted(
        (v for v in months.values if not wanted or v.value[:4] in wanted), key=lambda v: v.value
    )


def _month_bars(values: list[FacetValue]) -> list[Bar]:
    """Within one year every month has its name under it, otherwise each year's first its year.

    A month without a match between two with some is drawn as the gap it is.
    """
    by_year: dict[str, dict[int, FacetValue]] = {}
    for v in values:
        by_year.setdefault(v.value[:4], {})[int(v.value[5:])] = v
    drawn, captions = [], []
    for year, months in by_year.items():
        for month in range(min(months), max(months) + 1):
            drawn.append(_bar(f"{year}-{month:02}", months.get(month)))
            captions.append(year if month == min(months) else "")
    return bars(drawn, captions if len(by_year) > 1 else None)
