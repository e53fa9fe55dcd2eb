"""Home, results and help: request to engine to template."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from corpus.models import Source, Speaker
from search import overview, presentation
from search.charts import bars
from search.engine import SearchTimeout, limited
from search.engine import search as run_search
from search.explaining import explain
from search.exports import CAP, EXPORT_FORMATS
from search.facets import kind_label
from search.request import MAX_PAGE, SearchRequest, Sort


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The home page, or the results of what was asked."""
    asked = SearchRequest.from_parameters(request.GET)
    if asked.empty:
        return _home(request)
    if not asked.query and asked.sort == Sort.RELEVANCE:
        # Without words there is nothing to be relevant to.
        asked = asked.with_(sort=Sort.NEWEST, page=asked.page)
    try:
        page = run_search(asked)
    except SearchTimeout:
        return render(request, "search/timeout.html", {"asked": asked}, status=503)
    return render(
        request,
        "search/results.html",
        {
            "asked": asked,
            "page": page,
            "tabs": presentation.tabs(asked),
            "orders": presentation.orders(asked),
            "chips": presentation.chips(asked, page.facets, _names(asked)),
            "cleared": presentation.cleared(asked),
            "kept_parameters": presentation.kept(asked, "q"),
            "date_parameters": presentation.kept(asked, "from", "to"),
            "searched_for": presentation.searched_for(page),
            "offer": presentation.offer(page),
            "partial_from": presentation.partial_from(page),
            "turn": presentation.pages(page),
            "timeline": presentation.timeline(page),
            "export_formats": EXPORT_FORMATS,
            "export_cap": CAP,
            "last_page": asked.page >= MAX_PAGE,
        },
    )


@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why this is a result: the query's words, their frequencies, and the score's parts."""
    asked = SearchRequest.from_parameters(request.GET)
    try:
        with limited():
            explained = explain(asked, pk)
    except SearchTimeout:
        return render(request, "search/timeout.html", {"asked": asked}, status=503)
    if explained is None or not explained.terms:
        raise Http404
    return render(request, "search/why.html", {"asked": asked, "why": explained})


def _home(request: HttpRequest) -> HttpResponse:
    shown = overview.overview()
    top = max((n for _source, n in shown.sources), default=1)
    quoted_top = max((max(q.latest, q.before) for q in shown.quoted), default=1) or 1
    return render(
        request,
        "search/home.html",
        {
            "overview": shown,
            "years": bars([(str(y), n, f"?year={y}", False) for y, n in shown.years]),
            "sources": [(s, n, round(100 * n / top, 1)) for s, n in shown.sources],
            "quoted": [
                (q, round(100 * q.latest / quoted_top, 1), round(100 * q.before / quoted_top, 1))
                for q in shown.quoted
            ],
            "year_before": any(q.before for q in shown.quoted),
            "recent": overview.recent_statements(),
            "examples": overview.example_queries(shown),
        },
    )


def _names(asked: SearchRequest) -> dict[tuple[str, str], str]:
    """Labels of the filters' values, which facets of a loosened search may not list."""
    found = {
        ("sources", str(pk)): name
        for pk, name in (
            Source.objects.filter(pk__in=asked.sources).values_list("pk", "name")
            if asked.sources
            else ()
        )
    }
    if asked.speakers:
        speakers = Speaker.objects.filter(pk__in=asked.speakers).values_list("pk", "name")
        found |= {("speakers", str(pk)): name for pk, name in speakers}
    return found | {("kinds", str(kind)): kind_label(kind) for kind in asked.kinds}


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to search, with examples that are links, of the corpus's own names where it has some."""
    shown = overview.overview()
    people = [q.speaker.name.split()[-1] for q in shown.quoted if q.speaker.type == "person"]
    one, other = people[:2] if len(people) > 1 else ("روحاني", "بوتين")
    source = shown.sources[0][0].name if shown.sources else "جريدة الأفق"
    first, last = (shown.years[0][0], shown.years[-1][0]) if shown.years else (2015, 2018)
    syntax = [
        (f"{one} {other}", _("articles with both words first, then those with one of them")),
        ("«وقف إطلاق النار»", _("exactly these words in this order; any quotation marks will do")),
        (
            "«سوريا روسيا»~8",
            _(
                "these words at most eight words apart, in any form and order; among statements:"
                " inside one statement"
            ),
        ),
        ("سوريا -روسيا", _("articles with the first word and without the second")),
        (
            "(موسكو أو الكرملين) الأسد",
            _("one of the words in parentheses, together with the other"),
        ),
        ("=كاتب", _("the word as written, not others of its family")),
        ("دبلوماس*", _("words that begin so")),
        ("عنوان:النفط", _("the word in the headline")),
        (f"متحدث:{one}", _("statements by the speaker, or articles with one")),
        (f'مصدر:"{source}" النفط', _("articles of one source; قسم: does the same for a section")),
        (
            f"سوريا من:{first} إلى:{last}",
            _("articles from one year to another; a month or a day will do"),
        ),
    ]
    slips = [
        ("Putin", _("a name in Latin letters")),
        ("f,jdk", _("Arabic typed on an English keyboard")),
        (f"{one}{one[-1]}", _("a letter too many")),
    ]
    return render(
        request,
        "search/help.html",
        {"page_name": "help", "syntax": syntax, "slips": slips, "export_cap": CAP},
    )
