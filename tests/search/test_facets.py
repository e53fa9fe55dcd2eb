"""Counting by a sample where more matches than need be counted one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from corpus.models import Article, Source
from search import facets, sampling
from search.engine import search
from search.request import SearchRequest
from tests import builders


@pytest.fixture
def many(add_article: Any, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Ninety articles with one word, in two years, where thirty are many already."""
    monkeypatch.setattr(facets, "COUNT_LIMIT", 60)
    monkeypatch.setattr(facets, "SAMPLED", 30)
    monkeypatch.setattr(facets, "LEAST_IN_SAMPLE", 5)
    return [
        add_article(f"n{n}", f"الزيتون محصول {'نادر' if n < 4 else 'وفير'}", year=2015 + n % 2)
        for n in range(90)
    ]


def in_sample(articles: list[Article], part: int) -> list[Article]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::bigint[]) AS id WHERE hashint8extended(id, 0) & %s = 0",
            [[a.pk for a in articles], part - 1],
        )
        ids = {row[0] for row in cursor.fetchall()}
    return [a for a in articles if a.pk in ids]


def test_a_common_word_is_counted_in_a_sample(many: list[Article]) -> None:
    page = search(SearchRequest(query="الزيتون"))
    sampled = in_sample(many, 4)
    assert not page.exact
    assert page.count == sampling.rounded(4 * len(sampled))
    years = next(f for f in page.facets if f.name == "years")
    assert years.sampled
    assert {v.value: v.count for v in years.values} == {
        str(year): 4 * sum(a.published.year == year for a in sampled if a.published)
        for year in (2015, 2016)
    }


def test_few_matches_are_counted_one_by_one(many: list[Article]) -> None:
    page = search(SearchRequest(query="نادر"))
    assert (page.count, page.exact) == (4, True)


def test_fewer_than_expected_are_counted_one_by_one(many: list[Article]) -> None:
    """Two of the phrase's words are common, together with the third they are rare."""
    page = search(SearchRequest(query='"الزيتون محصول نادر"'))
    assert (page.count, page.exact) == (4, True)


def test_more_than_expected_are_counted_in_a_sample(many: list[Article]) -> None:
    """Nothing tells beforehand how many match a prefix."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE corpus_lexemefrequency SET articles = 20 WHERE lexeme = '#documents'"
        )
    page = search(SearchRequest(query="زيت* OR الزيت*"))
    assert not page.exact
    assert page.count == sampling.rounded(4 * len(in_sample(many, 4)))


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (7, 7), (99, 99), (317_440, 320_000), (1_049, 1_000)]
)
def test_estimates_have_two_digits(number: int, shown: int) -> None:
    assert sampling.rounded(number) == shown


def test_of_equal_counts_the_names_decide(db: None) -> None:
    for pk, name in ((100, "وكالة المرفأ"), (99, "جريدة الساحل"), (101, "إذاعة البحر")):
        Source.objects.create(pk=pk, name=name)
    names = ["وكالة المرفأ", "جريدة الساحل", "إذاعة البحر", "وكالة المرفأ", "جريدة الساحل"]
    builders.indexed([builders.article(body="وصل الزيتون.", source=name) for name in names])
    page = search(SearchRequest(query="الزيتون"))
    sources = next(f for f in page.facets if f.name == "sources")
    assert [v.label for v in sources.values] == ["جريدة الساحل", "وكالة المرفأ", "إذاعة البحر"]
