"""Which documents are scored: choosing a few must not change what comes first."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.models import Article, ArticleSearchRow
from search import candidates, scoring
from search.engine import Search, make_ready
from search.facets import facets
from search.filters import joined
from search.matching import matching_of
from search.request import SearchRequest

FILLER = "كان الطقس معتدلا في العاصمة وخرج الناس إلى الحدائق والأسواق القديمة " * 6


@pytest.fixture
def many(add_article: Any) -> None:
    """Forty articles with both words far down, and a few that are about them."""
    for n in range(40):
        add_article(f"far{n}", f"{FILLER} النفط {FILLER} الغاز {FILLER}")
    add_article("lead", f"أسعار النفط والغاز {FILLER}")
    add_article("often", f"{FILLER} " + f"النفط في السوق ثم الغاز {FILLER[:40]} " * 8)
    add_article("one", f"النفط {FILLER}" + "النفط " * 10)


def best(ready: Search, plan: candidates.Plan, depth: int = 3) -> list[int]:
    found = scoring.rank(
        ready.prepared, ready.stats, plan, joined(ready.fixed), ready.request.scope, depth=depth
    )
    return [scored.pk for scored in found]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("documents", [42, 5])  # too many to look at all, and few enough
def test_of_documents_with_all_words_the_best_are_found_by_looking_at_few(documents: int) -> None:
    ready = make_ready(SearchRequest(query="النفط الغاز"))
    having = candidates.Having(matching_of(ready.prepared, ready.stats).all_words, documents)
    few = candidates.plan(
        ready.prepared, ready.stats, ready.request, having=having, alone=True, budget=10
    )
    every = candidates.plan(ready.prepared, ready.stats, ready.request, budget=10**6)
    assert every.exhaustive
    assert not few.exhaustive
    assert best(ready, few, depth=2) == best(ready, every, depth=2)


@pytest.mark.usefixtures("many")
def test_no_more_are_looked_at_than_the_budget_allows() -> None:
    ready = make_ready(SearchRequest(query="النفط الغاز"))
    having = candidates.Having(matching_of(ready.prepared, ready.stats).all_words, 42)
    few = candidates.plan(
        ready.prepared, ready.stats, ready.request, having=having, alone=True, budget=4
    )
    # Shares of the budget for each word, its leads, and the words together.
    assert all(part.limit is not None and part.limit <= 4 for part in few.parts)
    assert len(best(ready, few, depth=100)) < 20


@pytest.mark.usefixtures("many")
def test_a_filter_by_source_and_year_is_met_by_the_same_index() -> None:
    ready = make_ready(SearchRequest(query="النفط", sources=(1, 2), years=(2015,)))
    plan = candidates.plan(ready.prepared, ready.stats, ready.request, budget=10)
    for part in plan.parts:
        column = "impacts" if part.condition.sql.startswith("(impacts") else "stems"
        assert part.condition.sql.count(column) == 3
        assert "source_id" not in part.condition.sql


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("few", [42, 5])
def test_few_documents_with_all_words_are_looked_at_whatever_they_weigh(
    alone: bool, few: int
) -> None:
    """Counting has named them: no index is read for them once more."""
    ready = make_ready(SearchRequest(query="النفط الغاز"))
    having = counted(ready)
    both = set(Article.objects.exclude(external_id="one").values_list("pk", flat=True))
    assert set(having.keys) == both
    assert len(both) == having.documents
    longest = having.keys[-few:]
    budget = 4 if alone else 20
    plan = candidates.plan(
        ready.prepared,
        ready.stats,
        ready.request,
        having=candidates.Having(having.condition, few, longest),
        alone=alone,
        budget=budget,
    )
    # Where others are looked at as well, half the budget is enough for them.
    wanted = longest if alone else longest[: budget // 2]
    assert set(wanted) <= set(best(ready, plan, depth=100))
    assert not any("to_tsquery" in part.condition.sql for part in plan.parts)


@pytest.mark.usefixtures("many")
def test_beside_what_weighs_most_the_shortest_with_all_words_are_looked_at() -> None:
    ready = make_ready(SearchRequest(query="النفط الغاز"))
    having = counted(ready)
    lengths = dict(ArticleSearchRow.objects.values_list("article_id", "length"))
    assert list(having.keys) == sorted(having.keys, key=lambda pk: (lengths[pk], pk))
    plan = candidates.plan(ready.prepared, ready.stats, ready.request, having=having, budget=20)
    assert [list(having.keys[:10])] in [list(part.condition.parameters) for part in plan.parts]
    assert not any("to_tsquery" in part.condition.sql for part in plan.parts)


def counted(ready: Search) -> candidates.Having:
    """The documents with all the words, as the page's count finds them."""
    matching = matching_of(ready.prepared, ready.stats)
    counts = facets(ready.request, ready.stats, [matching.all_words], 42, matching.column)
    return candidates.Having(matching.all_words, counts.count, counts.keys)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("alone", [True, False])
def test_of_many_documents_with_all_words_some_are_named(
    alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are found by what their words weigh."""
    monkeypatch.setattr("search.facets.NAMED", 5)
    ready = make_ready(SearchRequest(query="النفط الغاز"))
    having = counted(ready)
    assert len(having.keys) == 5
    few = candidates.plan(
        ready.prepared, ready.stats, ready.request, having=having, alone=alone, budget=10
    )
    every = candidates.plan(ready.prepared, ready.stats, ready.request, budget=10**6)
    assert best(ready, few, depth=2) == best(ready, every, depth=2)
    assert any("ANY" in part.condition.sql for part in few.parts) is not alone
