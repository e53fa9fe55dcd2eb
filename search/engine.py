"""The one entry point of search: browser, API, commands, evaluation and benchmark.

request -> prepared query -> statistics -> plan -> ranked ids -> one page, hydrated
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from corpus.indexing.texts import STEM
from search import candidates, dates, frequencies, hydration, scoring, suggestions
from search.facets import Counts, facets
from search.filters import filter_conditions, joined, statistic_keys
from search.frequencies import Statistics
from search.matching import Matching, matching_of
from search.query import (
    Condition,
    PreparedQuery,
    most_telling,
    positive_words,
    prepare,
    prepare_parsed,
)
from search.ranking import (
    ALL_FIRST,
    CANDIDATES,
    CANDIDATES_PER_RESULT,
    RERANKED,
    RERANKED_PER_RESULT,
    enough,
)
from search.request import Scope, SearchRequest, Sort
from search.restrictions import restriction_conditions
from search.results import Reading, ResultPage
from search.scoring import Scored
from search.syntax import ParsedQuery
from search.transliteration import in_arabic

FOLD_DEPTH = 3  # times the page: how far ahead to look for articles of the same story


class SearchTimeout(Exception):
    """The statement timeout ended the search; the page says what to narrow."""


@dataclass(frozen=True, slots=True)
class Search:
    """A request made ready to run: shared by the page, the explanation and the exports."""

    request: SearchRequest
    prepared: PreparedQuery
    stats: Statistics
    fixed: tuple[Condition, ...]  # exclusions, exact words and restrictions typed into the query
    notes: tuple[str, ...]

    @property
    def filters(self) -> Condition:
        """Everything that must hold whatever the words are."""
        return joined([*self.fixed, *filter_conditions(self.request)])


def search(request: SearchRequest) -> ResultPage:
    """One page of results.

    Raises SearchTimeout when the database's statement timeout is hit; nothing else that
    depends on what was typed.
    """
    with limited():
        ready = make_ready(request)
        page = _page(ready)
        if request.page == 1 and not request.outline:
            offers = suggestions.suggestions(
                request, ready.prepared, ready.stats, count=page.count, relaxed=page.relaxed
            )
            page = replace(page, suggestions=offers)
        if not page.hits and request.page == 1:
            for steps, looser in _loosened(ready):
                found = _page(looser)
                if found.hits:
                    return replace(
                        found,
                        request=request,
                        steps=steps,
                        reading=_reading(ready),
                        suggestions=page.suggestions,
                    )
        return page


def make_ready(request: SearchRequest) -> Search:
    """Parse, analyse, and look up what planning needs."""
    return _ready(request, prepare(request.query, request.scope))


def _ready(request: SearchRequest, prepared: PreparedQuery) -> Search:
    keys = [key for t in prepared.terms for key in frequencies.keys_of(t.stem, t.words)]
    stats = frequencies.statistics(request.scope, [*keys, *statistic_keys(request)])
    prepared = most_telling(prepared, {t.stem: stats.idf(STEM + t.stem) for t in prepared.terms})
    typed, notes = restriction_conditions(prepared.parsed.restrictions, request.scope)
    fixed = (*prepared.conditions, *typed)
    if request.query.strip() and not (prepared.positive or fixed):
        notes.append("no-words")  # "!!!": nothing narrows the list
    return Search(
        request=request,
        prepared=prepared,
        stats=stats,
        fixed=fixed,
        notes=(*prepared.parsed.notes, *notes),
    )


@contextmanager
def limited() -> Iterator[None]:
    """A transaction whose statements end at the configured timeout, as SearchTimeout."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true)",
                    [f"{settings.AQWAL_SEARCH_TIMEOUT_MS}ms"],
                )
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTimeout from error
        raise


def _page(ready: Search) -> ResultPage:
    request = ready.request
    matching = matching_of(ready.prepared, ready.stats)
    counts, relaxed, having = _counted(ready, matching)
    wanted = request.page * request.page_size
    depth = (wanted * FOLD_DEPTH if request.fold_similar else wanted) + 1
    if request.sort != Sort.RELEVANCE or not ready.prepared.terms:
        ranked = _by_date(ready, matching, relaxed=relaxed, depth=depth)
    else:
        ranked = _by_relevance(ready, having, depth=depth)
    shown, similar = hydration.folded(ranked, request)
    hits = shown[wanted - request.page_size : wanted]
    return ResultPage(
        request=request,
        reading=_reading(ready),
        hits=hydration.hits(hits, similar, ready.prepared, ready.stats, request),
        count=counts.count,
        exact=counts.exact,
        relaxed=relaxed,
        facets=counts.facets,
        has_next=len(shown) > wanted,
    )


def _counted(ready: Search, matching: Matching) -> tuple[Counts, bool, candidates.Having]:
    """Count and facets of documents with all words, or with any where too few have all.

    Whether these are any, and what was found out about those with all.
    """

    def counted(condition: Condition, expected: float) -> Counts:
        every = [condition, *ready.fixed]
        return facets(ready.request, ready.stats, every, expected, matching.column)

    found = counted(matching.all_words, matching.expected_all)
    having = candidates.Having(matching.all_words, found.count, found.keys)
    # An outline's reader is shown no count, and relevance ranks beyond it all the same.
    shown = not (ready.request.outline and ready.request.sort == Sort.RELEVANCE)
    if shown and found.count < ready.request.page_size and matching.relaxes:
        wider = counted(matching.any_word, matching.expected_any)
        if wider.count > found.count:
            return wider, True, having
    return found, False, having


def _by_date(ready: Search, matching: Matching, *, relaxed: bool, depth: int) -> list[Scored]:
    return dates.by_date(
        joined([matching.any_word if relaxed else matching.all_words, ready.filters]),
        ready.request,
        expected=matching.expected_any if relaxed else matching.expected_all,
        documents=ready.stats.documents,
        depth=depth,
    )


def _by_relevance(ready: Search, having: candidates.Having, *, depth: int) -> list[Scored]:
    """The best documents; `having` are those with all the words."""
    prepared, fixed = ready.prepared, joined(ready.fixed)
    phrases = bool(prepared.phrases) and not prepared.clauses and not prepared.parsed.restrictions
    first = phrases or 1 < len(prepared.clauses) <= ALL_FIRST
    alone = first and having.documents >= depth
    if alone and phrases and having.documents > CANDIDATES:
        fixed = candidates.in_row(fixed)
    size = ready.request.page_size
    plan = candidates.plan(
        prepared,
        ready.stats,
        ready.request,
        having=having,
        alone=alone,
        budget=enough(CANDIDATES, CANDIDATES_PER_RESULT, size),
    )
    return scoring.rank(
        prepared,
        ready.stats,
        plan,
        fixed,
        ready.request.scope,
        depth=depth,
        reranked=enough(RERANKED, RERANKED_PER_RESULT, size),
    )


def _loosened(ready: Search) -> Iterator[tuple[tuple[str, ...], Search]]:
    """Looser readings of a query that found nothing, each with all the steps that led to it.

    A name in Latin letters is read in Arabic first; then operators become words, typed
    restrictions are dropped, and the page's filters last.
    """
    request, parsed = ready.request, ready.prepared.parsed
    steps: tuple[str, ...] = ()
    if arabic := in_arabic(request.query):
        request = replace(request, query=arabic)
        read = make_ready(request)
        parsed = read.prepared.parsed
        steps = (*steps, "transliteration")
        yield steps, read
    if parsed.required or parsed.excluded:
        words = tuple((text,) for text in _typed_words(parsed))
        parsed = replace(parsed, wanted=(*parsed.wanted, *words), required=(), excluded=())
        steps = (*steps, "operators")
        yield steps, _ready(request, prepare_parsed(parsed, request.scope))
    if parsed.restrictions and (parsed.wanted or parsed.required):
        parsed = replace(parsed, restrictions=())
        steps = (*steps, "restrictions")
        yield steps, _ready(request, prepare_parsed(parsed, request.scope))
    if request.filtered:
        steps = (*steps, "filters")
        yield steps, _ready(request.unfiltered(), prepare_parsed(parsed, request.scope))


def _typed_words(parsed: ParsedQuery) -> list[str]:
    return [word.text for node in parsed.required for word in positive_words(node)]


def _reading(ready: Search) -> Reading:
    parsed = ready.prepared.parsed
    headline: list[tuple[str, str]] = []
    if ready.request.scope == Scope.STATEMENTS:  # not said in them, so not among the words
        required = [word for node in parsed.required for word in positive_words(node)]
        headline = [("title", word.text) for word in required if word.title]
    return Reading(
        words=tuple(dict.fromkeys(w for t in ready.prepared.terms for w in t.words)),
        phrases=ready.prepared.phrases,
        excluded=tuple(word.text for node in parsed.excluded for word in positive_words(node)),
        restrictions=(*headline, *parsed.restrictions),
        notes=ready.notes,
    )
