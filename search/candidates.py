"""Which documents to score: rarest words first, then the best tiers of common ones.

Scoring costs the same for each document looked at, so the work of a query is bounded by
choosing at most about `CANDIDATES` of them (RETRIEVAL.md section 3). Words are added in
ascending frequency while their documents fit. Where even the rarest word is too common,
the documents that have all the words, and those where a word weighs most (its tiers of
term frequency and its titles), are taken instead, newest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.indexing.texts import IN_LEAD, STEM, TIERS
from search.filters import (
    TABLE,
    among_impacts,
    among_stems,
    filter_conditions,
    joined,
    other_conditions,
    selectivity,
)
from search.frequencies import Statistics
from search.query import Condition, PreparedQuery, all_of, any_of
from search.ranking import CANDIDATES, COMMON_DOCUMENTS, COMMON_SHARE
from search.request import SearchRequest
from search.sampling import PARTS, first_try, in_sample

# Words stand together more often than chance has it, on average about this much (RETRIEVAL.md).
TOGETHER = 5

TIERS_DESCENDING = tuple(reversed(TIERS))


@dataclass(frozen=True, slots=True)
class Part:
    """One source of candidates. `limit` of None takes all of them."""

    condition: Condition
    limit: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Where candidates come from. `exhaustive`: every document with any word is among them."""

    parts: tuple[Part, ...]
    exhaustive: bool


@dataclass(frozen=True, slots=True)
class Having:
    """The condition of having all the words, how many documents satisfy it, and which, at least
    of the shortest of them, where that is known."""

    condition: Condition
    documents: int
    keys: tuple[int, ...] = ()

    @property
    def all_named(self) -> bool:
        return len(self.keys) == self.documents


def in_row(condition: Condition) -> Condition:
    """The condition, looked at in the rows that others found: no index is read for it."""
    return Condition(f"({condition.sql}) IS TRUE", condition.parameters)


def stems_match(query: str) -> Condition:
    """Documents whose stems satisfy a tsquery's text."""
    return Condition("stems @@ to_tsquery('arabic_news', %s)", (query,))


def plan(
    prepared: PreparedQuery,
    stats: Statistics,
    request: SearchRequest,
    *,
    having: Having | None = None,
    alone: bool = False,
    budget: int = CANDIDATES,
) -> Plan:
    """Choose the candidates of a query, among the documents that the request's filters leave.

    A narrow filter lets more words in. `alone` tells that the documents with all the words
    come first and are enough: no others are looked at then.
    """
    if not prepared.terms:
        return Plan((), exhaustive=True)
    frequency = {t.stem: stats.frequency.get(STEM + t.stem, 0) for t in prepared.terms}
    known = sorted((s for s, n in frequency.items() if n), key=lambda s: (frequency[s], s))
    if not known:
        return Plan((), exhaustive=True)
    pool = _Pool(stats, request)
    rare: list[str] = []
    taken = 0.0
    for stem in known:
        if taken + frequency[stem] * pool.share > budget:
            break
        rare.append(stem)
        taken += frequency[stem] * pool.share
    parts: list[Part] = []
    if rare:
        parts.append(Part(pool.with_stems(any_of(rare)), None))
    common = known[len(rare) :]
    if not common:
        return Plan(tuple(parts), exhaustive=True)
    if having and alone and prepared.clauses:
        if not any(set(clause).issubset(rare) for clause in prepared.clauses):
            parts = _having_all(prepared, pool, having, budget)
        return Plan(tuple(parts), exhaustive=False)
    if having and alone:
        return Plan(tuple(_having_phrase(known, pool, request, having, budget)), False)
    # What the rare words left of the budget goes to documents about the common ones.
    left = max(budget // 4, budget - int(taken))
    telling = [s for s in common if not is_common(frequency[s], stats)]
    if rare or telling:
        common = telling
    parts += _weighty(common[:3], pool, left)
    if not rare and len(prepared.clauses) > 1:
        parts += _joint(_rarest(prepared, pool), pool, budget)
    named = having if having and (having.keys or having.all_named) else None
    if not rare and named:
        # No index is read for them again. Where they are many the words are common, and long
        # documents have them all by being long, which costs the most to score.
        parts.append(_named(named.keys[: budget // 2], request))
    elif not rare and len(prepared.clauses) > 1:
        sizes = [sum(frequency.get(s, 0) for s in clause) for clause in prepared.clauses]
        together = expected_together(sizes, stats) * pool.share
        parts.append(_some(pool.with_stems(all_of(prepared.clauses)), together, budget))
    if not rare and prepared.phrases and (prepared.clauses or not named):
        parts.append(Part(joined(filter_conditions(request)), budget))
    return Plan(tuple(parts), exhaustive=False)


def _having_all(prepared: PreparedQuery, pool: _Pool, having: Having, budget: int) -> list[Part]:
    """Documents with all the words: every one, or those in which a word weighs most."""
    if having.all_named:
        return [_named(having.keys, pool.request)]
    if having.documents <= budget:
        return [Part(pool.filtered(having.condition), None)]
    stems = _rarest(prepared, pool)
    parts = [*_weighty(stems, pool, budget), *_joint(stems, pool, budget)]
    # Looked at in the row: the index would read all postings of the other words.
    everything = in_row(stems_match(all_of(prepared.clauses)))
    return [Part(joined([part.condition, everything]), part.limit) for part in parts]


def _having_phrase(
    stems: Sequence[str], pool: _Pool, request: SearchRequest, having: Having, budget: int
) -> list[Part]:
    """The same for exact words and phrases alone, which hold for every part."""
    if having.all_named:
        return [_named(having.keys, request)]
    if having.documents <= budget:
        return [Part(joined(filter_conditions(request)), None)]
    # To see that a phrase is as written costs several times what the score does.
    budget //= 3
    return [*_weighty(stems[:3], pool, budget), *_joint(stems[:3], pool, budget)]


def _named(keys: Sequence[int], request: SearchRequest) -> Part:
    _table, pk = TABLE[request.scope]
    return Part(Condition(f"{pk} = ANY(%s::bigint[])", (list(keys),)), None)


def expected_together(sizes: Sequence[int], stats: Statistics) -> float:
    """About how many documents have all of some words, from how many have each."""
    expected = float(stats.documents)
    for size in sizes:
        expected *= size / stats.documents if stats.documents else 0
    return min(*sizes, expected * TOGETHER) if len(sizes) > 1 else expected


def is_common(documents: int, stats: Statistics) -> bool:
    """Whether a word stands in so many documents that it decides nothing beside others."""
    return documents > COMMON_DOCUMENTS and documents > COMMON_SHARE * stats.documents


def _rarest(prepared: PreparedQuery, pool: _Pool) -> list[str]:
    return sorted(
        (clause[0] for clause in prepared.clauses if len(clause) == 1),
        key=lambda s: pool.size(STEM + s),
    )[:3]


def _joint(stems: Sequence[str], pool: _Pool, budget: int) -> list[Part]:
    """Documents where each of some words weighs much, in the text or by standing in its lead."""
    if not stems:
        return []
    chosen = TIERS_DESCENDING[0]
    for tier in TIERS_DESCENDING:
        if pool.expected([tier + s for s in stems]) > budget:
            break
        chosen = tier
    parts = [Part(pool.with_impacts([chosen + s for s in stems]), budget)]
    if len(stems) > 1:
        parts.append(_tier([IN_LEAD + s for s in stems], stems[0], pool, budget // 2))
    return parts


def _some(condition: Condition, expected: float, enough: int) -> Part:
    """At most `CANDIDATES` of a condition's documents, from a sample where they are many."""
    part = PARTS[first_try(expected, enough)]
    return Part(joined([condition, *in_sample(part)]), CANDIDATES)


def _weighty(stems: Sequence[str], pool: _Pool, budget: int) -> list[Part]:
    """For each word the documents where it weighs most, in the text or by its lead.

    The budget is shared by what the words tell: of two, one that stands in half of all
    documents hardly changes the order.
    """
    parts: list[Part] = []
    telling = {stem: pool.idf(stem) for stem in stems}
    for stem, idf in telling.items():
        share = max(1, int(budget * idf / sum(telling.values())))
        parts.append(_tier([], stem, pool, share))
        parts.append(_tier([IN_LEAD + stem], stem, pool, share // 2))
    return parts


def _tier(with_: list[str], stem: str, pool: _Pool, share: int) -> Part:
    """The documents with these impacts in the lowest tier of the stem that fits the share."""
    if with_ and pool.expected(with_) <= share:
        return Part(pool.with_impacts(with_), share)
    chosen = TIERS_DESCENDING[0]
    for tier in TIERS_DESCENDING:
        if pool.expected([*with_, tier + stem]) > share:
            break
        chosen = tier
    return Part(pool.with_impacts([*with_, chosen + stem]), share)


class _Pool:
    """The documents that the filters leave; `share` is what part of all they are."""

    def __init__(self, stats: Statistics, request: SearchRequest) -> None:
        self._stats = stats
        self.request = request
        self.share = selectivity(request, stats)
        others = other_conditions(request)
        self._among_stems = [*among_stems(request), *others]
        self._among_impacts = [*among_impacts(request), *others]

    def size(self, key: str) -> int:
        """In how many of all documents a key stands."""
        return self._stats.frequency.get(key, 0)

    def idf(self, stem: str) -> float:
        """What a stem tells; more than 0."""
        return max(0.01, self._stats.idf(STEM + stem))

    def expected(self, keys: Sequence[str]) -> float:
        """About how many documents of the pool have all of some impacts."""
        return expected_together([self.size(key) for key in keys], self._stats) * self.share

    def with_stems(self, query: str) -> Condition:
        """Those whose stems satisfy a tsquery's text."""
        return self.filtered(stems_match(query))

    def filtered(self, condition: Condition) -> Condition:
        """Those that satisfy a condition on their stems."""
        return joined([condition, *self._among_stems])

    def with_impacts(self, keys: list[str]) -> Condition:
        """Those that have all of some impacts."""
        return joined([Condition("impacts @> %s", (keys,)), *self._among_impacts])
