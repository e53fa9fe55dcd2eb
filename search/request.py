"""What a reader asked for: one frozen object, to a URL's query string and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from corpus.quotes.types import Kind

PAGE_SIZE = 10
MAX_PAGE = 100  # deeper pages cost ever more and nobody reads them; the export has no such cap
MAX_QUERY_LENGTH = 1000  # characters; a pasted paragraph fits


class Scope(StrEnum):
    """What is searched for."""

    ARTICLES = "articles"
    STATEMENTS = "statements"


class Sort(StrEnum):
    """The order of results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search. Filters of one kind are alternatives; different kinds all hold.

    `sources` and `speakers` are ids, `sections` names, `months` are "YYYY-MM",
    `date_from` and `date_to` are inclusive days (UTC). `added_after` leaves only articles with a
    higher id, which were added later. `fold_similar` shows one article of a story and counts the
    others, and one of several statements with the same words; `outline` leaves out what only a
    page shows (snippets, statements under articles, facets, suggestions). Neither is part of a URL.
    """

    query: str = ""
    scope: Scope = Scope.ARTICLES
    sources: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    months: tuple[str, ...] = ()
    speakers: tuple[int, ...] = ()
    kinds: tuple[Kind, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    added_after: int = 0
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    fold_similar: bool = True
    outline: bool = False

    @property
    def filtered(self) -> bool:
        """Whether anything but the query restricts the results."""
        return bool(
            self.sources
            or self.sections
            or self.years
            or self.months
            or self.speakers
            or self.kinds
            or self.date_from
            or self.date_to
            or self.added_after
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for."""
        return not self.query.strip() and not self.filtered

    def unfiltered(self) -> SearchRequest:
        """A copy that only the query restricts."""
        return replace(
            self,
            sources=(),
            sections=(),
            years=(),
            months=(),
            speakers=(),
            kinds=(),
            date_from=None,
            date_to=None,
            added_after=0,
        )

    def with_(self, **changes: Any) -> SearchRequest:
        """A copy with changes, on its first page unless the page is among them."""
        return replace(self, **{"page": 1, **changes})

    def toggled(self, name: str, value: object) -> SearchRequest:
        """A copy with `value` put into the filter `name`, or taken out where it is in."""
        values = getattr(self, name)
        kept = tuple(v for v in values if v != value)
        return self.with_(**{name: kept if len(kept) < len(values) else (*values, value)})

    def parameters(self) -> list[tuple[str, str]]:
        """The query string's pairs, defaults left out, in a fixed order."""
        pairs: list[tuple[str, str]] = [("q", self.query)] if self.query else []
        if self.scope != Scope.ARTICLES:
            pairs.append(("scope", self.scope))
        for name, key in FILTERS:
            pairs += [(key, str(value)) for value in getattr(self, name)]
        if self.date_from:
            pairs.append(("from", self.date_from.isoformat()))
        if self.date_to:
            pairs.append(("to", self.date_to.isoformat()))
        if self.added_after:
            pairs.append(("added-after", str(self.added_after)))
        if self.sort != Sort.RELEVANCE:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def query_string(self) -> str:
        """Ready to stand after a question mark."""
        return urlencode(self.parameters())

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, Any]) -> SearchRequest:
        """Read a query string (a QueryDict, or a mapping to lists or strings).

        What cannot be read is left out: a shared link that has lost a part still
        searches, and nothing a visitor types into the address raises.
        """

        def every(key: str) -> list[str]:
            values = (
                parameters.getlist(key)
                if hasattr(parameters, "getlist")
                else parameters.get(key, [])
            )
            return [values] if isinstance(values, str) else [str(v) for v in values]

        def one(key: str) -> str:
            values = every(key)
            return values[-1] if values else ""

        return cls(
            query=clean_query(one("q")),
            scope=Scope(one("scope")) if one("scope") in set(Scope) else Scope.ARTICLES,
            sources=_integers(every("source")),
            sections=tuple(
                # PostgreSQL holds no NUL, so no section has one.
                dict.fromkeys(
                    s.strip()[:200] for s in every("section") if s.strip() and "\x00" not in s
                )
            ),
            years=tuple(y for y in _integers(every("year")) if 1 <= y <= 9999),
            months=tuple(dict.fromkeys(m for m in every("month") if _is_month(m))),
            speakers=_integers(every("speaker")),
            kinds=tuple(dict.fromkeys(Kind(k) for k in every("kind") if k in set(Kind))),
            date_from=_day(one("from")),
            date_to=_day(one("to")),
            added_after=next(iter(_integers([one("added-after")])), 0),
            sort=Sort(one("sort")) if one("sort") in set(Sort) else Sort.RELEVANCE,
            page=min(MAX_PAGE, max(1, next(iter(_integers([one("page")])), 1))),
        )


# The request's field and its name in a URL.
FILTERS = (
    ("sources", "source"),
    ("sections", "section"),
    ("years", "year"),
    ("months", "month"),
    ("speakers", "speaker"),
    ("kinds", "kind"),
)


def clean_query(text: str) -> str:
    """A query that can be stored, shown and sent to the server: no NUL, no lone surrogate."""
    text = text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())[:MAX_QUERY_LENGTH]


def _integers(values: Iterable[str]) -> tuple[int, ...]:
    # PostgreSQL's bigint is the bound: a larger number matches nothing but must not raise.
    found = [int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 19]
    return tuple(dict.fromkeys(found))


def _is_month(value: str) -> bool:
    return _day(f"{value}-01") is not None


def _day(value: str) -> date | None:
    if len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
