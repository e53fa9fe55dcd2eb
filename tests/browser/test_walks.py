"""The walks of somebody who has never seen the site: from the home page, by its pages alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

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
    page.get_by_role("link", name="الأقوال", exact=True).click()
    said = page.locator("ol.hits > li").filter(has_text="استعادة تدمر")
    expect(said).to_contain_text("روحاني")
    said.locator("a[href^='/statements/']").first.click()


def test_what_somebody_said_about_a_place(home: Page) -> None:
    to_the_statement(home)
    expect(home.locator(".words")).to_contain_text("أن استعادة تدمر مؤشر على قدرات الجيش")
    expect(home.locator(".context")).to_contain_text("تدمر")


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


def test_export_a_citation(home: Page) -> None:
    to_the_statement(home)
    with home.expect_download() as download:
        home.get_by_role("link", name="RIS").click()
    text = download.value.path().read_text("utf-8")
    assert "استعادة تدمر" in text
    assert "حسن روحاني" in text


def test_keep_a_search_and_come_back_to_it(home: Page) -> None:
    User.objects.create_user("reader", password="nine words of a secret")
    ask(home, "تدمر")
    home.get_by_role("link", name="احفظ هذا البحث").click()
    home.get_by_label("اسم المستخدم").fill("reader")
    home.get_by_label("كلمة السر").fill("nine words of a secret")
    home.locator("main").get_by_role("button", name="تسجيل الدخول").click()
    home.get_by_role("button", name="احفظ هذا البحث").click()
    expect(home.locator("main h1")).to_have_text("عمليات البحث المحفوظة")
    expect(home.locator("main")).to_contain_text("لا جديد منذ زيارتك الأخيرة")
    home.get_by_role("link", name="تدمر").click()
    expect(home.locator("[aria-live]")).to_contain_text("مقال")
    home.get_by_role("link", name="المحفوظات").click()
    home.get_by_role("button", name="احذف").click()
    expect(home.locator("main")).to_contain_text("لم تحفظ أي بحث بعد")
