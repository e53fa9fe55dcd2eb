"""Article, speaker and statement pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from corpus import citations, dossier
from corpus.models import Article, Speaker, Statement
from corpus.nesting import repeated
from corpus.quotes.types import Kind
from corpus.resolution.resolver import bearers_of
from corpus.sameness import same_elsewhere
from corpus.segments import paragraphs, segmented
from corpus.wording_kin import folded
from search.charts import bars
from search.display import iso_date
from search.query import match_spans, prepare
from search.request import SearchRequest

PER_PAGE = 20
LAST_PAGE = 200
JUMPS = 40  # matches that get a link of their own
SAME_STORY = 10


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article with its statements; of the search it was found by, which is in the address,
    the words are marked in place, and a link leads back to its results.
    """
    shown = get_object_or_404(Article.objects.select_related("source").defer("raw_text"), pk=pk)
    asked = SearchRequest.from_parameters(request.GET)
    query = asked.query
    found = list(
        Statement.objects.published()
        .filter(article=shown, stands=True)
        .select_related("speaker")
        .order_by("field", "start", "-end")
    )
    found.sort(key=_place)
    for n, statement in enumerate(found, 1):
        statement.number = n
    prepared = prepare(query) if query else None
    in_body = match_spans(shown.body, prepared) if prepared else ()
    title = shown.headline
    in_title = match_spans(title, prepared) if prepared else ()
    cited = _citation(request, shown)
    return render(
        request,
        "corpus/article.html",
        {
            "article": shown,
            "query": query,
            "asked": asked,
            "canonical": request.build_absolute_uri(shown.get_absolute_url()),
            "title": segmented(
                title,
                [(s.start, s.end, s) for s in found if s.field == "title" and shown.title],
                in_title,
            ),
            "body": segmented(
                shown.body, [(s.start, s.end, s) for s in found if s.field == "body"], in_body
            ),
            "match_count": len(in_body),
            "jumps": range(1, min(len(in_body), JUMPS) + 1),
            "groups": _by_speaker(found),
            "kinds_here": {s.kind for s in found},
            "statement_count": len(found),
            "same_story": _same_story(shown),
            "neighbours": _neighbours(shown),
            "cite": citations.in_parts(cited),
            "cite_address": citations.address(cited),
        },
    )


def _by_speaker(found: Sequence[Statement]) -> list[tuple[str, Speaker | None, list[Statement]]]:
    """(name, speaker, statements) in order of first appearance; those without one last."""
    groups: dict[object, tuple[str, Speaker | None, list[Statement]]] = {}
    for statement in found:
        name = statement.speaker.name if statement.speaker else statement.mention
        key: object = statement.speaker_id or name
        groups.setdefault(key, (name, statement.speaker, []))[2].append(statement)
    return sorted(groups.values(), key=lambda g: not g[0])


def _same_story(shown: Article) -> list[Article]:
    if shown.story_id is None:
        return []
    others = Article.objects.filter(story=shown.story_id).exclude(pk=shown.pk)
    return list(
        others.select_related("source")
        .defer("body", "raw_text")
        .order_by("published", "pk")[:SAME_STORY]
    )


def _neighbours(shown: Article) -> dict[str, Article | None]:
    """The articles before and after in the same source, by time."""
    if shown.published is None:
        return {}
    same = Article.objects.filter(source=shown.source_id).only("title", "body")
    before = Q(published__lt=shown.published) | Q(published=shown.published, pk__lt=shown.pk)
    after = Q(published__gt=shown.published) | Q(published=shown.published, pk__gt=shown.pk)
    return {
        # The bound on time alone is what the index can use.
        "before": same.filter(published__lte=shown.published)
        .filter(before)
        .order_by("-published", "-pk")
        .first(),
        "after": same.filter(published__gte=shown.published)
        .filter(after)
        .order_by("published", "pk")
        .first(),
    }


@require_safe
def article_citation(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The article as a file for reference managers."""
    shown = get_object_or_404(Article.objects.select_related("source").defer("raw_text"), pk=pk)
    return _citation_file(_citation(request, shown), form)


@require_safe
def speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a speaker said here, newest first, with who else is quoted beside."""
    shown = get_object_or_404(Speaker.objects.prefetch_related("aliases"), pk=pk)
    if shown.merged_into_id is not None:
        return redirect("corpus:speaker", pk=_survivor(shown).pk, permanent=True)
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(Kind) else ""
    asked_year = request.GET.get("year", "")
    year = int(asked_year) if asked_year.isascii() and asked_year.isdigit() else None
    year = year if year and year <= 9999 else None
    oldest = request.GET.get("sort") == "oldest"
    numbers = dossier.dossier(shown)
    rows = dossier.statements(shown, kind=kind, year=year, oldest=oldest)
    paginator = Paginator(rows.values_list("statement_id", flat=True), PER_PAGE)
    page = paginator.get_page(min(_number(request.GET.get("page", "")), LAST_PAGE))
    # Within a page only: to fold all that a speaker said would mean to read it all.
    listed, similar = folded(list(page.object_list))
    state: dict[str, str | int] = {
        "kind": kind,
        "year": year or "",
        "sort": "oldest" if oldest else "",
    }

    def link(**changes: str | int) -> str:
        return "?" + urlencode({k: v for k, v in {**state, **changes}.items() if v})

    return render(
        request,
        "corpus/speaker.html",
        {
            "speaker": shown,
            "aliases": sorted({a.name for a in shown.aliases.all()} - {shown.name})[:12],
            # One bearer is that person; of several the reader should know.
            "bearers": bearers if len(bearers := bearers_of(shown)) > 1 else (),
            "numbers": numbers,
            "years": bars(
                [
                    (str(y), n, link(year="" if y == year else y), y == year)
                    for y, n in numbers.years
                ]
            ),
            "kinds": [
                (k.value, numbers.kinds.get(k, 0), link(kind="" if k == kind else k), k == kind)
                for k in Kind
                if numbers.kinds.get(k)
            ],
            "page": page,
            "articles": _by_article(dossier.loaded(listed), similar),
            "filtered": bool(kind or year),
            "year": year,
            "newest_link": link(sort=""),
            "oldest_link": link(sort="oldest"),
            "oldest": oldest,
            "previous_link": link(page=page.number - 1) if page.has_previous() else "",
            "next_link": link(page=page.number + 1)
            if page.has_next() and page.number < LAST_PAGE
            else "",
        },
    )


def _by_article(
    listed: Sequence[Statement], similar: Mapping[int, int]
) -> list[tuple[Article, list[tuple[Statement, int]]]]:
    """Neighbours of one article together, in the order of its text, each with how many other
    articles have it; words that another one has already are not shown twice."""
    found = []
    for of, neighbours in groupby(listed, key=attrgetter("article")):
        said = sorted(neighbours, key=_place)
        twice = repeated(said)
        found.append((of, [(s, similar.get(s.pk, 0)) for s in said if s.pk not in twice]))
    return found


def _place(statement: Statement) -> tuple[bool, int, int]:
    return (statement.field != "title", statement.start, -statement.end)


def _survivor(merged: Speaker) -> Speaker:
    """Whom a merged speaker became; a ring of merges ends where it closes."""
    seen = {merged.pk}
    while merged.merged_into is not None and merged.merged_into_id not in seen:
        merged = merged.merged_into
        seen.add(merged.pk)
    if merged.merged_into_id is not None:
        raise Http404("speakers merged in a ring")
    return merged


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_safe
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """One statement: the words, where they stand, who else reports them, how to cite them."""
    shown = _statement(key)
    cited = _statement_citation(request, shown)
    return render(
        request,
        "corpus/statement.html",
        {
            "statement": shown,
            "context": _context(shown),
            "same": same_elsewhere(shown),
            "cite": citations.in_parts(cited),
            "cite_address": citations.address(cited),
            "data": _linked_data(request, shown),
        },
    )


@require_safe
def statement_citation(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The statement as a file for reference managers."""
    return _citation_file(_statement_citation(request, _statement(key)), form)


def _statement(key: str) -> Statement:
    return get_object_or_404(
        Statement.objects.published()
        .select_related("speaker", "article__source")
        .defer("article__raw_text"),
        key=key,
    )


def _context(shown: Statement) -> list[Any]:
    """The paragraph around the words, with them marked; nothing where they no longer stand."""
    if not shown.stands or shown.field == "title":
        return []
    body = shown.article.body
    touched = [(s, e) for s, e in paragraphs(body) if s < shown.end and e > shown.start]
    if not touched:
        return []
    start, end = touched[0][0], touched[-1][1]
    return segmented(body[start:end], [(shown.start - start, shown.end - start, shown)])


def _citation(request: HttpRequest, shown: Article, **more: str) -> citations.Citation:
    return citations.Citation(
        **{
            "key": f"a{shown.pk}",
            "headline": shown.headline,
            "source": shown.source.name,
            "date": iso_date(shown.published, shown.precision) if shown.published else "",
            "author": shown.author,
            "url": shown.url,
            "permalink": request.build_absolute_uri(shown.get_absolute_url()),
            **more,
        }
    )


def _statement_citation(request: HttpRequest, shown: Statement) -> citations.Citation:
    return _citation(
        request,
        shown.article,
        key=shown.key,
        words=f"{shown.lead} {shown.text}".lstrip(),
        speaker=shown.speaker.name if shown.speaker else shown.mention,
        kind=shown.kind,
        permalink=request.build_absolute_uri(shown.get_absolute_url()),
    )


def _citation_file(cited: citations.Citation, form: str) -> HttpResponse:
    if form == "bib":
        response = HttpResponse(
            citations.as_bibtex(cited), content_type="application/x-bibtex; charset=utf-8"
        )
    else:
        response = HttpResponse(
            citations.as_ris(cited),
            content_type="application/x-research-info-systems; charset=utf-8",
        )
    response["Content-Disposition"] = f'attachment; filename="aqwal-{cited.key}.{form}"'
    return response


def _linked_data(request: HttpRequest, shown: Statement) -> dict[str, Any]:
    """schema.org Quotation. Reported speech is a report, not the speaker's own words."""
    article_data: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": shown.article.headline,
        "publisher": {"@type": "Organization", "name": shown.article.source.name},
    }
    if shown.article.published:
        article_data["datePublished"] = iso_date(shown.article.published, shown.article.precision)
    if shown.article.url:
        article_data["url"] = shown.article.url
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation" if shown.kind != Kind.INDIRECT else "Claim",
        "@id": request.build_absolute_uri(shown.get_absolute_url()),
        "text": shown.text,
        "inLanguage": "ar",
        "isPartOf": article_data,
    }
    name = shown.speaker.name if shown.speaker else shown.mention
    if name:
        kind = "Organization" if shown.mention_type == "organisation" else "Person"
        who: dict[str, Any] = {"@type": kind, "name": name}
        if shown.speaker:
            who["@id"] = request.build_absolute_uri(shown.speaker.get_absolute_url())
        data["creator" if shown.kind != Kind.INDIRECT else "author"] = who
    return data
