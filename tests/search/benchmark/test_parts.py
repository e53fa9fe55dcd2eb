"""The benchmark's pure parts: articles made, queries drawn, times summed up."""

from __future__ import annotations

import pytest

from corpus.text.folding import fold
from search.benchmark import measuring
from search.benchmark.drawing import CLASSES, DrawnQuery, draw_queries
from search.benchmark.recombining import make_article, pools_of
from search.benchmark.reporting import by_class, ratios, table
from search.benchmark.timing import percentile, times
from search.engine import SearchTimeout
from search.request import SearchRequest, Sort

NORTH = "افتتح الوزير معرض الكتاب في العاصمة. وحضر الافتتاح جمهور كبير من القراء."
SOUTH = "فاز الفريق بكأس البطولة للمرة الثالثة. واحتفل المشجعون في شوارع المدينة."


def test_articles_keep_to_their_source_and_seed() -> None:
    pools = pools_of({"الشمال": [NORTH] * 3, "الجنوب": [SOUTH]})
    made = [make_article(pools, 7, n) for n in range(200)]
    assert made == [make_article(pools, 7, n) for n in range(200)]
    assert made != [make_article(pools, 8, n) for n in range(200)]
    for article in made:
        own = NORTH if article.source == "الشمال" else SOUTH
        assert all(line in own for line in article.body.split("\n"))
    share = sum(a.source == "الشمال" for a in made) / len(made)
    assert 0.6 < share < 0.9  # three of four bodies


def test_no_sentences_are_an_error() -> None:
    with pytest.raises(ValueError, match="import articles first"):
        pools_of({"أ": ["كلمة"]})


def test_queries_are_of_every_class() -> None:
    body = " ".join(f"كلمة{chr(0x628 + n % 20)}{chr(0x62C + n // 20)}" for n in range(80))
    queries = draw_queries([body], {}, [3, 4], [2015], seed=1, count=18)
    assert [q.kind for q in queries] == [*CLASSES, *CLASSES]
    assert queries == draw_queries([body], {}, [3, 4], [2015], seed=1, count=18)
    by_kind = {q.kind: q.request for q in queries}
    assert by_kind["phrase"].query.startswith('"')
    assert by_kind["by date"].sort == Sort.NEWEST
    assert by_kind["one source"].sources[0] in (3, 4)
    assert by_kind["one year"].years == (2015,)
    assert 5 <= len(by_kind["words 5-12"].query.split()) <= 12


def test_common_words_are_the_frequent_ones() -> None:
    words = [f"كلمة{chr(0x628 + n % 20)}{chr(0x62C + n // 20)}" for n in range(80)]
    queries = draw_queries(
        [" ".join(words)], {fold(w): 100 for w in words[:20]}, [1], [2015], seed=1, count=90
    )
    for query in queries:
        if query.kind in ("common 1", "common 2-4"):
            assert set(query.words) <= set(words[:20])
        if query.kind == "rare 1-4":
            assert not set(query.words) & set(words[:20])


def test_short_articles_give_no_queries() -> None:
    with pytest.raises(ValueError, match="40 words"):
        draw_queries([NORTH], {}, [1], [2015], seed=1)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([1.0], 0.95, 1.0), ([3.0, 1.0, 2.0], 0.5, 2.0), (list(range(1, 101)), 0.95, 95)],
)
def test_percentiles(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_nothing_measured_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        times([])


def test_the_table_and_the_ratios() -> None:
    ours = by_class(["a", "a", "b"], [10.0, 20.0, 40.0])
    theirs = by_class(["a"], [800.0])
    assert table({"ours": ours, "theirs": theirs}).splitlines() == [
        "class  n  ours      theirs",
        "a      2  10/20/20  800/800/800",
        "b      1  40/40/40  -",
        "all    3  20/40/40  800/800/800",
    ]
    assert ratios({"ours": ours, "theirs": theirs}, "ours") == {"theirs": 20.0}


def test_a_page_that_is_given_up_is_measured_until_then(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(request: SearchRequest) -> None:
        raise SearchTimeout

    monkeypatch.setattr(measuring, "search", slow)
    query = DrawnQuery("common 1", ("وزير",), SearchRequest(query="وزير"))
    assert len(measuring.timed([lambda: measuring.page(query)])) == 1
    assert len(measuring.ask([query, query])) == 2
