"""The walks of somebody who has never seen the site: from the home page, by its pages alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from search.engine import SearchTimeout
from tests import builders

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("scripts", [True, False]),
]


@pytest.fixture
def home(made: dict[str, Any], new_page: Callable[..., Page], scripts: bool) -> Page:
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    return page


def ask(page: Page, words: str) -> None:
    page.locator("main input[name=q]").first.fill(words)
    page.get_by_role("button", name="ابحث").first.click()


def to_the_statement(page: Page) -> None:
    ask(page, "روحاني تدمر")
    page.get_by_role("link", name="أقوال حسن روحاني عن «تدمر»").click()
    said = page.locator("ol.hits > li").filter(has_text="استعادة تدمر")
    expect(said).to_contain_text("روحاني")
    said.locator("a[href^='/statements/']").first.click()


def test_what_somebody_said_about_a_place(home: Page) -> None:
    to_the_statement(home)
    expect(home.locator(".words")).to_contain_text("أن استعادة تدمر مؤشر على قدرات الجيش")
    expect(home.locator(".context")).to_contain_text("تدمر")


def test_the_same_by_the_tab_of_statements(home: Page) -> None:
    ask(home, "استعادة تدمر")
    home.get_by_role("link", name="الأقوال", exact=True).click()
    home.locator("ol.hits").get_by_role("link", name="حسن روحاني").first.click()
    expect(home.locator("main h1")).to_have_text("حسن روحاني")
    home.get_by_role("searchbox", name="ابحث في أقوال هذا المتحدث").fill("تدمر")
    home.locator(".inside").get_by_role("button", name="ابحث").click()
    expect(home.locator("[aria-live]")).to_have_text("قول واحد")


def test_follow_that_speaker_by_feed(home: Page) -> None:
    to_the_statement(home)
    home.locator(".words a[href^='/speakers/']").first.click()
    feed = home.get_by_role("link", name="تابع").get_attribute("href")
    assert feed is not None
    answer = home.request.get(home.url.split("/speakers")[0] + feed)
    assert answer.ok
    assert "atom+xml" in answer.headers["content-type"]
    assert "استعادة تدمر" in answer.text()


def test_compare_two_speakers_over_time(home: Page) -> None:
    to_the_statement(home)
    home.locator(".words a[href^='/speakers/']").first.click()
    home.locator("a[href^='/trends/?speaker=']").click()
    home.locator("#who").fill("الكرملين")
    home.get_by_role("button", name="قارن").click()
    table = home.get_by_role("table")
    expect(table).to_contain_text("حسن روحاني")
    expect(table).to_contain_text("الكرملين")
    expect(table.locator("tbody tr")).not_to_have_count(0)
    home.locator("a[href^='/compare/']").click()
    expect(home.get_by_role("heading", name="حسن روحاني")).to_be_visible()
    expect(home.locator("main")).to_contain_text("الرئيسان اتفقا على زيادة الاتصالات")


def test_compare_two_of_the_most_quoted(
    made: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    """Whoever has nobody in mind is shown two to begin with."""
    names = ("سلمى الرمادي", "سامي الحمدان")
    for year in (2017, 2018):
        piece = builders.article(
            body="\n\n".join(f"قال {name}: «العام {year} عام خير على المدينة»." for name in names),
            published=datetime(year, 6, 1, tzinfo=UTC),
        )
        for name in names:
            words = f"العام {year} عام خير على المدينة"
            before = piece.body.index(name)
            start = piece.body.index(words, before)
            builders.statement(piece, words, by=builders.speaker(name), at=start)
        builders.indexed([piece])
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="الاتجاهات").click()
    page.locator(".examples").get_by_role("link").first.click()
    chart = page.get_by_role("img", name="خطوط عبر الزمن")
    for name in names:
        expect(chart.locator(".named", has_text=name)).to_be_visible()
        expect(page.get_by_role("table")).to_contain_text(name)
    # Time runs from right to left: the earlier month stands further right.
    first, last = (
        box
        for label in ("يونيو 2017", "يونيو 2018")
        if (box := chart.locator(".tick", has_text=label).bounding_box())
    )
    assert first["x"] > last["x"]
    with page.expect_download() as download:
        page.get_by_role("link", name="الجدول بصيغة CSV").click()
    assert "2017-06,1,1" in download.value.path().read_text("utf-8-sig")
    page.get_by_role("link", name="ما قاله الاثنان، جنبًا إلى جنب").click()
    expect(page.get_by_role("heading", name="متحدثان جنبًا إلى جنب")).to_be_visible()
    page.get_by_role("link", name="الاثنان عبر الزمن").click()
    expect(chart).to_be_visible()


def test_a_search_that_takes_too_long_leads_on(
    home: Page,
    monkeypatch: pytest.MonkeyPatch,
    assert_accessible: Callable[..., None],
    scripts: bool,
) -> None:
    def slow(_request: Any) -> None:
        raise SearchTimeout

    with monkeypatch.context() as while_slow:
        while_slow.setattr("search.views.run_search", slow)
        ask(home, "سوريا")
        expect(home.locator("main h1")).to_have_text("طال البحث أكثر مما ينبغي")
        if scripts:  # axe is one
            assert_accessible(home)
    home.get_by_role("link", name="أعد البحث نفسه").click()
    expect(home.locator("[aria-live]")).to_contain_text("مقال")


def test_export_a_citation(home: Page) -> None:
    to_the_statement(home)
    with home.expect_download() as download:
        home.get_by_role("link", name="RIS").click()
    text = download.value.path().read_text("utf-8")
    assert "استعادة تدمر" in text
    assert "حسن روحاني" in text


def test_keep_a_search_and_come_back_to_it(
    home: Page, assert_accessible: Callable[..., None], scripts: bool
) -> None:
    User.objects.create_user("reader", password="nine words of a secret")
    ask(home, "تدمر")
    home.get_by_role("link", name="احفظ هذا البحث").click()
    home.get_by_label("اسم المستخدم").fill("reader")
    home.get_by_label("كلمة السر").fill("nine words of a secret")
    home.locator("main").get_by_role("button", name="تسجيل الدخول").click()
    home.get_by_role("button", name="احفظ هذا البحث").click()
    expect(home.locator("main h1")).to_have_text("عمليات البحث المحفوظة")
    expect(home.locator("main")).to_contain_text("لا جديد منذ زيارتك الأخيرة")
    if scripts:  # axe is one
        assert_accessible(home)
    home.get_by_role("link", name="تدمر").click()
    expect(home.locator("[aria-live]")).to_contain_text("مقال")
    home.get_by_role("link", name="المحفوظات").click()
    home.get_by_text("غيّر الاسم أو احذف").click()
    home.get_by_role("button", name="احذف").click()
    expect(home.locator("main")).to_contain_text("لم تحفظ أي بحث بعد")


def test_build_a_program_on_it(home: Page) -> None:
    """From the help page to the interface for programs, and one of its answers."""
    home.get_by_role("link", name="مساعدة البحث").click()
    home.get_by_role("link", name="واجهة البرامج").click()
    home.locator("nav a", has_text="/api/v1/search/statements").click()
    section = home.locator("section", has=home.get_by_role("heading", name="search/statements"))
    address = section.locator("p a").first.get_attribute("href")
    assert address is not None
    answer = home.request.get(home.url.split("/api")[0] + address)
    assert answer.ok
    found = answer.json()
    assert found["count"] >= 1
    assert all(one["statement"]["text"] for one in found["results"])


def test_at_most_five_are_compared(home: Page) -> None:
    words = ["تدمر", "روحاني", "سوريا", "الرئيسان", "الجيش", "الاتصالات"]
    home.goto("/trends/?" + "&".join(f"q={word}" for word in words))
    table = home.get_by_role("table")
    expect(table.locator("thead th")).to_have_count(1 + 5)
    expect(table).not_to_contain_text(words[-1])
    home.get_by_label("المعدود").select_option("statements")
    home.get_by_role("button", name="قارن").click()
    expect(home.locator("figcaption").first).to_contain_text("الأقوال")
