"""From ranked ids to what a page shows: articles, passages, and their matching statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

from corpus import wording_kin
from corpus.indexing.texts import STEM
from corpus.models import Article, Statement
from corpus.nesting import repeated
from search.frequencies import Statistics
from search.highlighting import Highlighted
from search.query import PreparedQuery, any_of, match_spans
from search.request import Scope, SearchRequest
from search.results import ArticleHit, Hit, StatementHit
from search.scoring import Scored
from search.snippets import snippet

STATEMENTS_SHOWN = 2  # under one article; the article's page has them all


def folded(
    ranked: Sequence[Scored], request: SearchRequest
) -> tuple[list[Scored], Mapping[int, int]]:
    """The first article of each story, and how many others of it were left out; of
    statements the first of each group, and how many other articles have it, without those
    whose words lie within one ranked before or around it.

    Requests that do not fold pass through.
    """
    if not request.fold_similar or not ranked:
        return list(ranked), {}
    if request.scope == Scope.STATEMENTS:
        ids, others = wording_kin.folded([s.pk for s in ranked])
        places = Statement.objects.only("article", "field", "speaker", "start", "end", "stands")
        found = places.in_bulk(ids)
        kept = set(ids) - repeated([found[pk] for pk in ids if pk in found])
        return [s for s in ranked if s.pk in kept], others
    in_stories = Article.objects.filter(pk__in=[s.pk for s in ranked], story__isnull=False)
    story_of = dict(in_stories.values_list("pk", "story"))
    first_of: dict[int, int] = {}
    similar: dict[int, int] = {}
    shown = []
    for scored in ranked:
        story = story_of.get(scored.pk)
        if story is not None and story in first_of:
            similar[first_of[story]] = similar.get(first_of[story], 0) + 1
            continue
        if story is not None:
            first_of[story] = scored.pk
        shown.append(scored)
    return shown, similar


def hits(
    ranked: Sequence[Scored],
    similar: Mapping[int, int],
    prepared: PreparedQuery,
    stats: Statistics,
    request: SearchRequest,
) -> tuple[Hit, ...]:
    """The hits of one page, in order. A row deleted meanwhile is left out."""
    if request.scope == Scope.STATEMENTS:
        return _statement_hits(ranked, similar, prepared)
    ids = [s.pk for s in ranked]
    if request.outline:
        return _outlines(ranked)
    articles = Article.objects.select_related("source").defer("raw_text").in_bulk(ids)
    under = _matching_statements(ids, prepared)
    weights = {t.stem: stats.idf(STEM + t.stem) for t in prepared.terms}
    return tuple(
        ArticleHit(
            article=article,
            headline=Highlighted(article.headline, match_spans(article.headline, prepared)),
            snippet=snippet(article.body, prepared, weights),
            statements=tuple(_marked(s, prepared) for s in under.get(article.pk, ())),
            score=s.score,
            similar=similar.get(s.pk, 0),
            has_all=s.has_all,
        )
        for s in ranked
        if (article := articles.get(s.pk)) is not None
    )


def _outlines(ranked: Sequence[Scored]) -> tuple[Hit, ...]:
    """Articles without their texts, and nothing marked in them."""
    articles = (
        Article.objects.select_related("source")
        .defer("raw_text", "body")
        .in_bulk([s.pk for s in ranked])
    )
    return tuple(
        ArticleHit(
            article=article,
            headline=Highlighted(article.title, ()),
            snippet=Highlighted("", ()),
            score=s.score,
        )
        for s in ranked
        if (article := articles.get(s.pk)) is not None
    )


def _marked(
    statement: Statement,
    prepared: PreparedQuery,
    score: float = 0.0,
    similar: int = 0,
    has_all: bool = True,
) -> StatementHit:
    return StatementHit(
        statement=statement,
        words=Highlighted(statement.text, match_spans(statement.text, prepared)),
        score=score,
        similar=similar,
        has_all=has_all,
    )


def _statement_hits(
    ranked: Sequence[Scored], similar: Mapping[int, int], prepared: PreparedQuery
) -> tuple[Hit, ...]:
    found = (
        Statement.objects.select_related("article__source", "speaker")
        .defer("article__raw_text", "article__body")
        .in_bulk([s.pk for s in ranked])
    )
    return tuple(
        _marked(statement, prepared, s.score, similar.get(s.pk, 0), s.has_all)
        for s in ranked
        if (statement := found.get(s.pk)) is not None
    )


def _matching_statements(ids: Sequence[int], prepared: PreparedQuery) -> dict[int, list[Statement]]:
    """For each article its statements with the most query words, at most a few."""
    if not prepared.terms or not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT statement_id FROM (
                SELECT statement_id, row_number() OVER (
                    PARTITION BY article_id ORDER BY matched DESC, statement_id
                ) AS place
                FROM (
                    SELECT statement_id, article_id,
                        (SELECT count(*) FROM unnest(%(stems)s::text[]) AS stem
                            WHERE stems @@ to_tsquery('arabic_news', stem)) AS matched
                    FROM corpus_statementsearchrow
                    WHERE article_id = ANY(%(ids)s)
                        AND stems @@ to_tsquery('arabic_news', %(any)s)
                ) AS counted
            ) AS numbered WHERE place <= %(shown)s
            """,
            {
                "stems": sorted(prepared.stems),
                "ids": list(ids),
                "any": any_of(sorted(prepared.stems)),
                "shown": STATEMENTS_SHOWN,
            },
        )
        wanted = [row[0] for row in cursor.fetchall()]
    by_article: dict[int, list[Statement]] = {}
    for statement in (
        Statement.objects.filter(pk__in=wanted)
        .select_related("speaker")
        .order_by("article_id", "field", "start")
    ):
        by_article.setdefault(statement.article_id, []).append(statement)
    return by_article
