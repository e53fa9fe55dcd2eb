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

from corpus import indexing
from search.frequencies import Statistics
from search.query import Condition, PreparedQuery, all_of, any_of
from search.ranking import CANDIDATES, COMMON_DOCUMENTS, COMMON_SHARE
from search.sampling import PARTS, first_try, in_sample

# Words stand together more often than chance has it, on average about this much (RETRIEVAL.md).
TOGETHER = 5

TIERS_DESCENDING = tuple(reversed(indexing.TIERS))


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


def stems_match(query: str) -> Condition:
    """Documents whose stems satisfy a tsquery's text."""
    return Condition("stems @@ to_tsquery('arabic_news', %s)", (query,))


def plan(
    prepared: PreparedQuery,
    stats: Statistics,
    *,
    selectivity: float = 1.0,
    budget: int = CANDIDATES,
) -> Plan:
    """Choose the candidates of a query.

    `selectivity` is the share of documents that the request's filters leave, so that a
    narrow filter lets more words in.
    """
    if not prepared.terms:
        return Plan((), exhaustive=True)
    frequency = {t.stem: stats.frequency.get(indexing.STEM + t.stem, 0) for t in prepared.terms}
    known = sorted((s for s, n in frequency.items() if n), key=lambda s: (frequency[s], s))
    if not known:
        return Plan((), exhaustive=True)
    rare: list[str] = []
    taken = 0.0
    for stem in known:
        if taken + frequency[stem] * selectivity > budget:
            break
        rare.append(stem)
        taken += frequency[stem] * selectivity
    parts: list[Part] = []
    if rare:
        parts.append(Part(stems_match(any_of(rare)), None))
    common = known[len(rare) :]
    if not common:
        return Plan(tuple(parts), exhaustive=True)
    # What the rare words left of the budget goes to documents about the common ones.
    left = max(budget // 4, budget - int(taken))
    telling = [s for s in common if not is_common(frequency[s], stats)]
    if rare or telling:
        common = telling
    parts += _tiers(common[:3], stats, selectivity, left)
    if not rare and len(prepared.clauses) > 1:
        parts += _joint(prepared, stats, selectivity, budget)
        sizes = [sum(frequency.get(s, 0) for s in clause) for clause in prepared.clauses]
        together = expected_together(sizes, stats) * selectivity
        parts.append(_some(stems_match(all_of(prepared.clauses)), together, budget))
    if not rare and prepared.phrases:
        # The phrase itself is among the filters.
        parts.append(Part(Condition("TRUE"), budget))
    return Plan(tuple(parts), exhaustive=False)


def expected_together(sizes: Sequence[int], stats: Statistics) -> float:
    """About how many documents have all of some words, from how many have each."""
    expected = float(stats.documents)
    for size in sizes:
        expected *= size / stats.documents if stats.documents else 0
    return min(*sizes, expected * TOGETHER) if len(sizes) > 1 else expected


def is_common(documents: int, stats: Statistics) -> bool:
    """Whether a word stands in so many documents that it decides nothing beside others."""
    return documents > COMMON_DOCUMENTS and documents > COMMON_SHARE * stats.documents


def _joint(
    prepared: PreparedQuery, stats: Statistics, selectivity: float, budget: int
) -> list[Part]:
    """Documents where each of the rarest words weighs much: the lowest tier that fits."""
    stems = sorted(
        (clause[0] for clause in prepared.clauses if len(clause) == 1),
        key=lambda s: stats.frequency.get(indexing.STEM + s, 0),
    )[:3]
    if not stems:
        return []
    chosen = TIERS_DESCENDING[0]
    for tier in TIERS_DESCENDING:
        sizes = [stats.frequency.get(tier + s, 0) for s in stems]
        if expected_together(sizes, stats) * selectivity > budget:
            break
        chosen = tier
    return [Part(Condition("impacts @> %s", ([chosen + s for s in stems],)), budget)]


def _some(condition: Condition, expected: float, enough: int) -> Part:
    """At most `CANDIDATES` of a condition's documents, from a sample where they are many."""
    part = PARTS[first_try(expected, enough)]
    conditions = [condition, *in_sample(part)]
    return Part(
        Condition(
            " AND ".join(c.sql for c in conditions),
            tuple(p for c in conditions for p in c.parameters),
        ),
        CANDIDATES,
    )


def _tiers(stems: Sequence[str], stats: Statistics, selectivity: float, budget: int) -> list[Part]:
    """For each common stem the lowest tier that fits into its share, and its titles."""
    parts: list[Part] = []
    share = max(1, budget // max(1, len(stems)))
    for stem in stems:
        parts.append(_tier([], stem, stats, selectivity, share))
        parts.append(_tier([indexing.TITLE + stem], stem, stats, selectivity, share // 2))
    return parts


def _tier(with_: list[str], stem: str, stats: Statistics, selectivity: float, share: int) -> Part:
    """The documents with these impacts in the lowest tier of the stem that fits the share."""
    base = [stats.frequency.get(key, 0) for key in with_]
    if base and base[0] * selectivity <= share:
        return Part(Condition("impacts @> %s", (with_,)), share)
    chosen = TIERS_DESCENDING[0]
    for tier in TIERS_DESCENDING:
        size = stats.frequency.get(tier + stem, 0)
        if expected_together([*base, size], stats) * selectivity > share:
            break
        chosen = tier
    return Part(Condition("impacts @> %s", ([*with_, chosen + stem],)), share)
