"""The pure part of ranking: what adds up to a score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import ranking
from search.ranking import ScoredTerm

RANKS = st.floats(0, 0.99)


@given(
    st.lists(
        st.tuples(st.floats(0.1, 12), RANKS, RANKS, RANKS, st.booleans()), min_size=1, max_size=6
    ),
    st.integers(1, 3000),
)
def test_the_fast_sum_is_the_explained_score(
    rows: list[tuple[float, float, float, float, bool]], length: int
) -> None:
    terms = [ScoredTerm(f"كلمة{i}", 1 + i % 2, row[0], row[0] / 2) for i, row in enumerate(rows)]
    # A stem that stands nowhere has no spelling anywhere either.
    stems = [row[1] for row in rows]
    words = [row[2] if row[1] else 0.0 for row in rows]
    leads = [row[3] if row[1] else 0.0 for row in rows]
    pairs = [(i, i + 1) for i in range(len(rows) - 1)]
    found = [row[4] for row in rows[1:]]
    explained = ranking.score(
        terms,
        pairs,
        length=length,
        average=300.0,
        stem_ranks=stems,
        word_ranks=words,
        lead_ranks=leads,
        pair_found=found,
    )
    total = ranking.total_score(
        terms,
        [ranking.pair_score(terms[a], terms[b]) for a, b in pairs],
        k=ranking.length_k(length, 300.0),
        stem_ranks=stems,
        word_ranks=words,
        lead_ranks=leads,
        pair_found=found,
    )
    assert total == pytest.approx(explained.total)


@pytest.mark.parametrize(
    ("more", "less", "why"),
    [
        ((8.0, 0.6, 300), (2.0, 0.6, 300), "rarer words tell more"),
        ((5.0, 0.8, 300), (5.0, 0.6, 300), "a word that stands more often tells more"),
        ((5.0, 0.6, 100), (5.0, 0.6, 900), "the same word tells more in a shorter text"),
    ],
)
def test_order_of_scores(
    more: tuple[float, float, int], less: tuple[float, float, int], why: str
) -> None:
    def total(idf: float, rank: float, length: int) -> float:
        return ranking.total_score(
            [ScoredTerm("كلمة", 1.0, idf, idf)],
            [],
            k=ranking.length_k(length, 300.0),
            stem_ranks=[rank],
            word_ranks=[rank],
            lead_ranks=[0.0],
            pair_found=[],
        )

    assert total(*more) > total(*less), why
