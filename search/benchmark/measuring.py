"""Times of pages, by one client and by several, and how near they are to exhaustive ranking."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from statistics import median

from django.db import connection
from django.db.utils import OperationalError
from psycopg.errors import QueryCanceled

from corpus.indexing.texts import WORD
from corpus.ingest.pool import Pool
from corpus.models import Article, LexemeFrequency, Source
from corpus.text.analysis import analyse
from search import candidates, scoring
from search.benchmark.drawing import DrawnQuery, draw_queries
from search.engine import SearchTimeout, make_ready, search
from search.filters import joined
from search.ranking import RERANKED
from search.request import Sort
from search.results import ArticleHit

ROUNDS = 3  # a query's time is the median of so many, after one to warm up
BODIES = 400  # articles that queries are drawn from
TOP = 10
EVERY_DOCUMENT = 10**12
# Exhaustive ranking scores this many times as many documents again by everything.
WIDER = 10


def draw(seed: int, count: int) -> list[DrawnQuery]:
    """Queries from the benchmark's database."""
    ids = Article.objects.order_by("pk").values_list("pk", flat=True)
    step = max(1, ids.count() // BODIES)
    first = ids[0]
    bodies = list(
        Article.objects.filter(pk__in=range(first, first + step * BODIES, step))
        .order_by("pk")
        .values_list("body", flat=True)
    )
    words = {WORD + term.word for body in bodies for term in analyse(body)}
    frequency = dict(
        LexemeFrequency.objects.filter(lexeme__in=words).values_list("lexeme", "articles")
    )
    return draw_queries(
        bodies,
        {key[1:]: n for key, n in frequency.items()},
        sorted(Source.objects.values_list("pk", flat=True)),
        range(2011, 2025),
        seed=seed,
        count=count,
    )


def timed(pages: Iterable[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each page: the median of `rounds`, after one to warm up."""
    found = []
    for page in pages:
        if rounds > 1:
            page()
        found.append(median(_milliseconds(page) for _ in range(rounds)))
    return found


def _milliseconds(page: Callable[[], object]) -> float:
    started = time.perf_counter()
    page()
    return (time.perf_counter() - started) * 1000


def limited(page: Callable[[], object], seconds: int) -> Callable[[], object]:
    """The page, given up where one of its statements takes longer."""

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{seconds}s"])
        try:
            page()
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET statement_timeout")

    return run


def page(query: DrawnQuery) -> None:
    """Aqwal's page. One that is given up, as on a machine just started, took until then."""
    with suppress(SearchTimeout):
        search(query.request)


def ask(queries: Sequence[DrawnQuery]) -> list[float]:
    """Milliseconds of each query's page, one after another; what one client does."""
    return [_milliseconds(partial(page, query)) for query in queries]


def several_clients(queries: Sequence[DrawnQuery], clients: int) -> tuple[list[float], float]:
    """All times of `clients` asking all queries at once, and pages a second together."""
    pool: Pool[list[float]] = Pool(clients, ask)
    pool.start()
    try:
        for number in range(clients):  # started, connected and warm
            pool.submit(queries[number::clients])
        list(pool.drain())
        started = time.perf_counter()
        for number in range(clients):
            turn = number * len(queries) // clients  # no two ask the same at the same time
            pool.submit([*queries[turn:], *queries[:turn]])
        found = [t for times in pool.drain() for t in times]
        return found, len(found) / (time.perf_counter() - started)
    finally:
        pool.close()


def overlap(query: DrawnQuery) -> float | None:
    """The share of the best ten by exhaustive ranking that are in the page's best ten.

    None where the order is by date or nothing is found.
    """
    if query.request.sort != Sort.RELEVANCE:
        return None
    ready = make_ready(query.request)
    if not ready.prepared.terms:
        return None

    def ranked(budget: int, reranked: int) -> list[int]:
        plan = candidates.plan(ready.prepared, ready.stats, ready.request, budget=budget)
        best = scoring.rank(
            ready.prepared,
            ready.stats,
            plan,
            joined(ready.fixed),
            query.request.scope,
            depth=TOP,
            reranked=reranked,
        )
        return [scored.pk for scored in best]

    every = ranked(EVERY_DOCUMENT, WIDER * RERANKED)
    if not every:
        return None
    shown = {hit.article.pk for hit in search(query.request).hits if isinstance(hit, ArticleHit)}
    return len(shown.intersection(every)) / len(every)
