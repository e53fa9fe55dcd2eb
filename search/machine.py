"""What browsers and search engines ask for: OpenSearch, robots.txt, sitemap."""

from __future__ import annotations

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_page
from django.views.decorators.http import require_safe

from corpus.models import Article

PER_SITEMAP = 10_000


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser add the site to its search box."""
    return render(
        request,
        "search/opensearch.xml",
        {"base": request.build_absolute_uri("/")},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Articles and statements may be indexed; searches, of which there is no end, may not."""
    lines = [
        "User-agent: *",
        "Disallow: /*?",
        "Disallow: /feed/",
        "Disallow: /export",
        "Disallow: /suggest/",
        f"Sitemap: {request.build_absolute_uri(reverse('search:sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_page(3600)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Which sitemaps there are: articles in ranges of ids, so that none is ever renumbered."""
    last = Article.objects.aggregate(last=Max("pk"))["last"] or 0
    numbers = range(last // PER_SITEMAP + 1)
    return render(
        request,
        "search/sitemap_index.xml",
        {
            "addresses": [
                request.build_absolute_uri(reverse("search:sitemap-part", args=[n]))
                for n in numbers
            ]
        },
        content_type="application/xml",
    )


@require_safe
@cache_page(3600)
def sitemap(request: HttpRequest, number: int) -> HttpResponse:
    """The articles of one range of ids."""
    if number > 1_000_000:
        raise Http404
    rows = Article.objects.filter(
        pk__gte=number * PER_SITEMAP, pk__lt=(number + 1) * PER_SITEMAP
    ).order_by("pk")
    entries = [
        (request.build_absolute_uri(reverse("corpus:article", args=[pk])), updated)
        for pk, updated in rows.values_list("pk", "updated")
    ]
    return render(
        request, "search/sitemap.xml", {"entries": entries}, content_type="application/xml"
    )
