"""The statement's page, the results and the API show where else a statement stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect

from corpus.models import Speaker, Statement
from corpus.sameness import same_elsewhere
from search.engine import search
from search.request import Scope, SearchRequest
from search.results import StatementHit
from tests import builders
from tests.corpus.test_wordings import PORT

pytestmark = pytest.mark.django_db(transaction=True)

BOATS = PORT.replace("سفن", "قوارب")
PERSIAN = PORT.replace("ي", "ی").replace("أمام", "امام")

CORNERS = "figures => figures.map(f => [f.offsetLeft, f.offsetTop])"


def said(words: str, by: Speaker, source: str, day: int | None) -> Statement:
    article = builders.article(
        title=f"خبر الميناء في {source}",
        body=f"قال رئيس البلدية: «{words}».",
        source=source,
        published=datetime(2019, 3, day, tzinfo=UTC) if day else None,
    )
    found = builders.statement(article, words, by=by)
    builders.indexed([article])
    return found


@pytest.fixture
def four() -> list[Statement]:
    """The same statement by date: as first printed, with another word, misspelt, undated."""
    cache.clear()
    speaker = builders.speaker("سالم الحداد")
    undated = said(PORT, speaker, "موقع الأفق", None)
    changed = said(BOATS, speaker, "صحيفة النهر", 4)
    first = said(PORT, speaker, "وكالة الساحل", 2)
    spelt = said(PERSIAN, speaker, "صحيفة الجبل", 3)
    return [first, spelt, changed, undated]


def test_places_are_in_order_of_date(four: list[Statement]) -> None:
    same = same_elsewhere(four[1])
    assert same is not None
    assert [place.pk for place in same.places] == [s.pk for s in four]
    assert same.articles == 4


def test_only_wordings_that_differ_are_compared(four: list[Statement]) -> None:
    same = same_elsewhere(four[1])
    assert same is not None
    (other,) = same.wordings
    assert [s.pk for s in other.statements] == [four[2].pk]
    assert [piece.text for piece in other.mine if piece.differs] == ["سفن"]
    assert [piece.text for piece in other.theirs if piece.differs] == ["قوارب"]
    assert "".join(piece.text for piece in other.mine) == four[1].text


def test_a_statement_of_one_article_has_none(four: list[Statement]) -> None:
    alone = said("سنعيد بناء السوق القديم حجرا فوق حجر كما كان", four[0].speaker, "النجم", 9)  # type: ignore[arg-type]
    assert same_elsewhere(alone) is None


def test_results_fold_a_group_under_its_best(four: list[Statement]) -> None:
    request = SearchRequest(query="الميناء القديم", scope=Scope.STATEMENTS)
    (hit,) = search(request).hits
    assert isinstance(hit, StatementHit)
    assert hit.similar == 3
    unfolded = search(request.with_(fold_similar=False)).hits
    assert [h.similar for h in unfolded if isinstance(h, StatementHit)] == [0, 0, 0, 0]


def test_pages_and_the_api_tell_of_the_others(four: list[Statement], client: Client) -> None:
    results = client.get("/", {"q": "الميناء القديم", "scope": "statements"})
    assert "نفسه في 3 مقالات أخرى" in results.content.decode()
    assert "#same" in results.content.decode()
    speaker = client.get(f"/speakers/{four[0].speaker_id}/").content.decode()
    assert speaker.count("<figure") == 1
    assert "نفسه في 3 مقالات أخرى" in speaker
    found = client.get("/api/v1/search/statements", {"q": "الميناء القديم"}).json()["results"]
    assert [result["similar"] for result in found] == [3]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_shows_two_wordings_beside_each_other(
    four: list[Statement], new_page: Callable[..., Page], scripts: bool, language: str
) -> None:
    page = new_page(java_script_enabled=scripts, locale=language)
    page.goto(f"/statements/{four[0].key}/#same")
    group = page.locator("#same")
    expect(group).to_be_visible()
    expect(group.locator(".places > li")).to_have_count(4)
    expect(group.locator(".places > [aria-current]")).to_contain_text("وكالة الساحل")
    for link in group.locator(".places a").all():  # each says where it leads, wherever it is read
        assert len(link.get_attribute("aria-label") or link.inner_text()) > 20
    expect(group.locator(".beside")).to_have_count(1)
    expect(group.locator("del")).to_contain_text("سفن")
    expect(group.locator("ins")).to_contain_text("قوارب")
    expect(group.locator("ins")).to_have_css("text-decoration-style", "double")
    assert len(group.locator("ins .unseen").first.inner_text().strip()) > 3, "told in words too"
    shown, other = group.locator(".beside > figure").evaluate_all(CORNERS)
    assert shown[1] == other[1] and shown[0] > other[0], "beside it, read from the right"
    page.set_viewport_size({"width": 320, "height": 640})
    shown, other = group.locator(".beside > figure").evaluate_all(CORNERS)
    assert shown[1] < other[1], "one above the other"
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    group.locator(".beside figcaption a").click()
    expect(page.locator("h1 + .words, h1 ~ .words")).to_contain_text("قوارب")
