"""All that a results page, the API and the commands receive from the engine."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.models import Article, Statement
from search.highlighting import Highlighted
from search.request import SearchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet. `query` is the query string of the search with it toggled."""

    value: str
    label: str
    count: int
    selected: bool
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet and its values, most frequent first (years and months newest first).

    `more` tells that values beyond the limit exist; `sampled` that the counts are of
    the best candidates and not of all matches.
    """

    name: str  # the request's field: sources, sections, years, months, speakers, kinds
    values: tuple[FacetValue, ...]
    more: bool = False
    sampled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHit:
    """A statement with the query's words marked in it. `score` is 0 under an article.

    `has_all` tells whether it has all the words, as far as the order depends on it.
    """

    statement: Statement
    words: Highlighted
    score: float = 0.0
    similar: int = 0  # how many other articles have the same statement
    has_all: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHit:
    """An article, its marked headline and best passage, and its statements that match.

    `has_all` as of a statement.
    """

    article: Article
    headline: Highlighted
    snippet: Highlighted
    statements: tuple[StatementHit, ...] = ()
    score: float = 0.0
    similar: int = 0  # how many other articles of the same story were folded under it
    has_all: bool = True


Hit = ArticleHit | StatementHit


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the query was read, for people: "we searched for …".

    `words` are the words searched for, as folded; `notes` are sentences about what
    could not be read as typed (already translated).
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    restrictions: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Another query that finds something, and how it came about."""

    query: str
    reason: str  # spelling, keyboard, transliteration, loosened
    request: SearchRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """One page of results.

    `count` is of documents that have all the query's words, or of those with any of them
    where `relaxed` is true because too few have all; it is exact where `exact` is true and
    an estimate otherwise. Facets, the timeline and date order are over the same set;
    ordered by relevance, documents with some of the words follow those with all.
    `steps` are slugs of how the query was loosened because as typed it found nothing.
    """

    request: SearchRequest
    reading: Reading
    hits: tuple[Hit, ...]
    count: int
    exact: bool = True
    relaxed: bool = False
    steps: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    has_next: bool = False
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def has_previous(self) -> bool:
        return self.request.page > 1

    @property
    def first_number(self) -> int:
        """The number of this page's first hit, counted from 1."""
        return (self.request.page - 1) * self.request.page_size + 1
