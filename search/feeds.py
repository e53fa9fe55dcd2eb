"""Any search as an Atom feed, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus.models import Speaker
from search.engine import SearchTimeout
from search.engine import search as run_search
from search.request import SearchRequest, Sort
from search.results import ArticleHit

ENTRIES = 30


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest results; an entry is a statement or an article."""
    asked = SearchRequest.from_parameters(request.GET).with_(sort=Sort.NEWEST)
    if asked.empty:
        return redirect("search:search")
    try:
        page = run_search(asked.with_(page_size=ENTRIES))
    except SearchTimeout:
        return render(request, "search/timeout.html", {"asked": asked}, status=503)
    absolute = request.build_absolute_uri
    found = Atom1Feed(
        title=_title(asked),
        link=f"{absolute('/')}?{asked.query_string()}",
        description=_("Newest results of a search in Aqwal"),
        language=get_language() or "ar",
        feed_url=absolute(),
    )
    # A loosened search answers a person, who is told; a feed would bring strangers in.
    for hit in () if page.steps else page.hits:
        article = hit.article if isinstance(hit, ArticleHit) else hit.statement.article
        if isinstance(hit, ArticleHit):
            title, text = article.headline, hit.snippet.text
            link = absolute(article.get_absolute_url())
        else:
            said = hit.statement
            name = said.speaker.name if said.speaker else said.mention
            words = f"{said.lead} {said.text}".lstrip()
            title = f"{name}: {words[:120]}" if name else words[:120]
            text = f"{words}\n{article.source.name}: {article.headline}"
            link = absolute(said.get_absolute_url())
        found.add_item(
            title=title,
            link=link,
            description=text,
            unique_id=link,
            pubdate=article.published,
            # A reader's program needs a time; without a date it is when we got it.
            updateddate=article.published or article.created or timezone.now(),
            author_name=article.source.name,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    found.write(response, "utf-8")
    return response


def _title(asked: SearchRequest) -> str:
    names = list(Speaker.objects.filter(pk__in=asked.speakers).values_list("name", flat=True))
    parts = [*([asked.query] if asked.query else []), *names]
    return _("Aqwal: %(what)s") % {"what": "، ".join(parts) or _("newest")}
