"""Retrieval measures of one run against judgements, and the test between two runs. Pure.

Written out here because the libraries that have them (ir-measures, ranx, pytrec-eval) bring
NumPy, SciPy or a compiler into every installation for thirty lines of arithmetic.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

DRAWS = 10_000  # of the randomisation test
CUT, DEEP = 10, 100


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over the judged queries, all 0 to 1; `empty` is the share without any result."""

    queries: int
    mrr10: float
    ndcg10: float
    recall10: float
    recall100: float
    empty: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """MRR@10 of a run less that of a baseline, the two-sided p, and whose rank changed."""

    difference: float
    p: float
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def reciprocal_rank(ranked: Sequence[str], relevant: AbstractSet[str], cut: int = CUT) -> float:
    """1 / rank of the first relevant document, 0 where none is among the first `cut`."""
    for rank, document in enumerate(ranked[:cut], 1):
        if document in relevant:
            return 1 / rank
    return 0.0


def ndcg(ranked: Sequence[str], relevant: AbstractSet[str], cut: int = CUT) -> float:
    """Normalised discounted cumulative gain with binary gains."""
    gain = sum(1 / math.log2(r + 1) for r, d in enumerate(ranked[:cut], 1) if d in relevant)
    ideal = sum(1 / math.log2(r + 1) for r in range(1, min(cut, len(relevant)) + 1))
    return gain / ideal if ideal else 0.0


def recall(ranked: Sequence[str], relevant: AbstractSet[str], cut: int) -> float:
    """Share of the relevant documents among the first `cut`."""
    return len(relevant & set(ranked[:cut])) / len(relevant) if relevant else 0.0


def measure(
    run: Mapping[str, Sequence[str]], judgements: Mapping[str, AbstractSet[str]]
) -> Measures:
    """Means over the judged queries; one that the run lacks counts as empty."""
    n = len(judgements) or 1

    def mean(values: list[float]) -> float:
        return sum(values) / n

    pairs = [(run.get(query, ()), relevant) for query, relevant in judgements.items()]
    return Measures(
        queries=len(judgements),
        mrr10=mean([reciprocal_rank(r, rel) for r, rel in pairs]),
        ndcg10=mean([ndcg(r, rel) for r, rel in pairs]),
        recall10=mean([recall(r, rel, CUT) for r, rel in pairs]),
        recall100=mean([recall(r, rel, DEEP) for r, rel in pairs]),
        empty=mean([float(not r) for r, _rel in pairs]),
    )


def compare(
    run: Mapping[str, Sequence[str]],
    baseline: Mapping[str, Sequence[str]],
    judgements: Mapping[str, AbstractSet[str]],
) -> Comparison:
    """Paired randomisation test on the reciprocal ranks, with a fixed seed."""
    change = {
        query: reciprocal_rank(run.get(query, ()), relevant)
        - reciprocal_rank(baseline.get(query, ()), relevant)
        for query, relevant in judgements.items()
    }
    changed = [d for d in change.values() if d]
    observed = abs(sum(changed))
    draw = random.Random(0)
    as_large = sum(
        abs(sum(d if draw.random() < 0.5 else -d for d in changed)) >= observed - 1e-12
        for _ in range(DRAWS)
    )
    return Comparison(
        difference=sum(changed) / (len(judgements) or 1),
        p=(as_large + 1) / (DRAWS + 1),
        gained=tuple(q for q, d in change.items() if d > 0),
        lost=tuple(q for q, d in change.items() if d < 0),
    )
