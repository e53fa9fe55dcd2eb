"""The read-only API, `/api/v1/`: the same engine and the same addresses as the pages.

Parameters are those of the search page's address, read by the same function, so a search
that can be shared can be asked for. A cursor is opaque; it ends where pages end.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Path, Query, Schema, Status
from ninja.throttling import AnonRateThrottle

from corpus.models import Article, Speaker, Statement
from search import trends as counting
from search.display import iso_date
from search.engine import SearchTimeout
from search.engine import search as run_search
from search.request import MAX_PAGE, Scope, SearchRequest, clean_query
from search.results import ArticleHit, ResultPage

RATE = "120/m"  # requests of one address

api = NinjaAPI(
    title="Aqwal",
    version="1",
    description="Arabic news articles and the statements in them. Read only.",
    docs_url=None,  # Ninja's page runs scripts inline, which the security policy forbids.
    throttle=[AnonRateThrottle(RATE)],
)


class Problem(Schema):
    """What went wrong, in a sentence."""

    detail: str


class SpeakerRef(Schema):
    """A speaker in short."""

    id: int
    name: str


class StatementOut(Schema):
    """Who said what; `text` is the article's own slice, `start` and `end` its offsets."""

    key: str
    kind: str
    text: str
    field: str
    start: int
    end: int
    speaker: SpeakerRef | None
    mention: str
    role: str
    cue: str
    confidence: float
    article: int
    url: str


class ArticleOut(Schema):
    """An article without its text. `published` has as much of the date as is known."""

    id: int
    external_id: str
    headline: str
    source: str
    published: str
    section: str
    author: str
    original: str
    url: str


class ArticleFull(ArticleOut):
    """An article with its text and its statements."""

    body: str
    statements: list[StatementOut]


class ArticleHitOut(Schema):
    """An article found, its best passage, and its statements that match."""

    article: ArticleOut
    score: float
    snippet: str
    similar: int
    statements: list[StatementOut]


class StatementHitOut(Schema):
    """A statement found and the article it stands in; `similar` more articles have it."""

    statement: StatementOut
    article: ArticleOut
    score: float
    similar: int


class ArticlesFound(Schema):
    """A page of articles. `count` is a lower bound where `exact` is false.

    `steps` tells how a search that found nothing as asked was loosened.
    """

    count: int
    exact: bool
    relaxed: bool
    steps: list[str]
    results: list[ArticleHitOut]
    next: str | None


class StatementsFound(Schema):
    """A page of statements. `count` is a lower bound where `exact` is false.

    `steps` tells how a search that found nothing as asked was loosened.
    """

    count: int
    exact: bool
    relaxed: bool
    steps: list[str]
    results: list[StatementHitOut]
    next: str | None


class FacetValueOut(Schema):
    """One value of a facet."""

    value: str
    label: str
    count: int


class FacetOut(Schema):
    """A facet over the matches."""

    name: str
    values: list[FacetValueOut]
    more: bool
    sampled: bool


class SpeakerOut(Schema):
    """A speaker with other names and the number of statements."""

    id: int
    name: str
    type: str
    aliases: list[str]
    statements: int
    url: str


class SeriesOut(Schema):
    """Counts by year of one query or speaker."""

    name: str
    years: dict[str, int]


class Asked(Schema):
    """A search, as in the address of the search page. What cannot be read is left out."""

    q: str = Field("", description="Words and operators, as typed into the search box.")
    source: list[str] = Field([], description="Numbers of sources.")
    section: list[str] = Field([], description="Sections, as the articles name them.")
    year: list[str] = Field([], description="Years: 2018.")
    month: list[str] = Field([], description="Months: 2018-03.")
    since: str = Field("", alias="from", description="First day: 2018-03-01.")
    until: str = Field("", alias="to", description="Last day, which counts too.")
    speaker: list[str] = Field([], description="Numbers of speakers.")
    kind: list[str] = Field([], description="Kinds of statements: direct, colon, indirect.")
    sort: str = Field("", description="relevance, newest or oldest; relevance if not given.")
    cursor: str = Field("", description="The “next” of the page before.")

    def request(self, scope: Scope, http: HttpRequest) -> SearchRequest:
        """The one kind of request that the engine takes."""
        found = SearchRequest.from_parameters(http.GET)
        plain = self.cursor[1:]
        page = int(plain) if self.cursor[:1] == "p" and plain.isascii() and plain.isdigit() else 1
        return found.with_(scope=scope, page=max(1, min(page, MAX_PAGE)))


@api.exception_handler(SearchTimeout)
def too_slow(request: HttpRequest, _error: SearchTimeout) -> HttpResponse:
    """The statement timeout was hit."""
    return api.create_response(
        request, {"detail": "The search took too long: add a rarer word or a filter."}, status=503
    )


def _next(page: ResultPage) -> str | None:
    more = page.has_next and page.request.page < MAX_PAGE
    return f"p{page.request.page + 1}" if more else None


def _article(request: HttpRequest, article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "external_id": article.external_id,
        "headline": article.headline,
        "source": article.source.name,
        "published": iso_date(article.published, article.precision) if article.published else "",
        "section": article.section,
        "author": article.author,
        "original": article.url,
        "url": request.build_absolute_uri(article.get_absolute_url()),
    }


def _statement(request: HttpRequest, said: Statement) -> dict[str, Any]:
    return {
        "key": said.key,
        "kind": said.kind,
        "text": said.text,
        "field": said.field,
        "start": said.start,
        "end": said.end,
        "speaker": {"id": said.speaker.pk, "name": said.speaker.name} if said.speaker else None,
        "mention": said.mention,
        "role": said.mention_role,
        "cue": said.cue,
        "confidence": said.confidence,
        "article": said.article_id,
        "url": request.build_absolute_uri(said.get_absolute_url()),
    }


def _page(page: ResultPage, results: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "count": page.count,
        "exact": page.exact,
        "relaxed": page.relaxed,
        "steps": list(page.steps),
        "results": results,
        "next": _next(page),
    }


@api.get("/search/articles", response={200: ArticlesFound, 429: Problem, 503: Problem})
def search_articles(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Search articles. A parameter that is a list may be given several times."""
    page = run_search(asked.request(Scope.ARTICLES, request))
    results = [
        {
            "article": _article(request, hit.article),
            "score": hit.score,
            "snippet": hit.snippet.text,
            "similar": hit.similar,
            "statements": [_statement(request, s.statement) for s in hit.statements],
        }
        for hit in page.hits
        if isinstance(hit, ArticleHit)
    ]
    return _page(page, results)


@api.get("/search/statements", response={200: StatementsFound, 429: Problem, 503: Problem})
def search_statements(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Search statements. A parameter that is a list may be given several times."""
    page = run_search(asked.request(Scope.STATEMENTS, request))
    results = [
        {
            "statement": _statement(request, hit.statement),
            "article": _article(request, hit.statement.article),
            "score": hit.score,
            "similar": hit.similar,
        }
        for hit in page.hits
        if not isinstance(hit, ArticleHit)
    ]
    return _page(page, results)


@api.get("/facets", response={200: list[FacetOut], 429: Problem, 503: Problem})
def facets(
    request: HttpRequest,
    asked: Query[Asked],
    scope: str = Query("articles", description="What is searched: articles or statements."),
) -> list[Any]:
    """Facets of a search."""
    wanted = Scope.STATEMENTS if scope == Scope.STATEMENTS else Scope.ARTICLES
    page = run_search(asked.request(wanted, request).with_(page_size=1))
    return list(page.facets)


Missing = Status[dict[str, str]]


@api.get("/articles/{article_id}", response={200: ArticleFull, 404: Problem, 429: Problem})
def article(
    request: HttpRequest, article_id: str = Path(..., description="The article’s number here.")
) -> dict[str, Any] | Missing:
    """One article with its text and statements, by its number here."""
    number = _identifier(article_id)
    found = Article.objects.select_related("source").filter(pk=number).first()
    if found is None:
        return Status(404, {"detail": "There is no such article."})
    said = Statement.objects.published().filter(article=found, stands=True)
    return {
        **_article(request, found),
        "body": found.body,
        "statements": [
            _statement(request, s)
            for s in said.select_related("speaker").order_by("field", "start", "pk")
        ],
    }


@api.get("/statements/{key}", response={200: StatementOut, 404: Problem, 429: Problem})
def statement(
    request: HttpRequest, key: str = Path(..., description="The statement’s permanent key.")
) -> dict[str, Any] | Missing:
    """One statement, by its permanent key."""
    found = None
    if key.isascii() and key.isalnum():
        found = Statement.objects.published().select_related("speaker").filter(key=key).first()
    if found is None:
        return Status(404, {"detail": "There is no such statement."})
    return _statement(request, found)


@api.get("/speakers/{speaker_id}", response={200: SpeakerOut, 404: Problem, 429: Problem})
def speaker(
    request: HttpRequest, speaker_id: str = Path(..., description="The speaker’s number here.")
) -> dict[str, Any] | Missing:
    """One speaker; a merged one is answered by the speaker it became."""
    found = Speaker.objects.filter(pk=_identifier(speaker_id)).first()
    seen: set[int] = set()
    while found is not None and found.merged_into is not None and found.pk not in seen:
        seen.add(found.pk)
        found = found.merged_into
    if found is None:
        return Status(404, {"detail": "There is no such speaker."})
    return {
        "id": found.pk,
        "name": found.name,
        "type": found.type,
        "aliases": sorted(a.name for a in found.aliases.all()),
        "statements": Statement.objects.published().filter(speaker=found).count(),
        "url": request.build_absolute_uri(found.get_absolute_url()),
    }


class TrendsAsked(Schema):
    """Up to five queries and speakers in all."""

    q: list[str] = Field([], description="Queries.")
    speaker: list[str] = Field([], description="Numbers of speakers.")
    scope: str = Field("articles", description="What is counted: articles or statements.")


@api.get("/trends", response={200: list[SeriesOut], 429: Problem, 503: Problem})
def trends(request: HttpRequest, asked: Query[TrendsAsked]) -> list[dict[str, Any]]:
    """Counts by year."""
    queries = [q for q in map(clean_query, asked.q) if q][: counting.MOST]
    numbers = [n for n in map(_identifier, asked.speaker) if n][: counting.MOST]
    scope = Scope.STATEMENTS if asked.scope == Scope.STATEMENTS else Scope.ARTICLES
    found = counting.series_of(queries, list(Speaker.objects.filter(pk__in=numbers)), scope)
    return [
        {"name": s.name, "years": {str(y): n for y, n in sorted(s.counts.items())}} for s in found
    ]


def _identifier(text: str) -> int:
    """A row's number; 0, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
