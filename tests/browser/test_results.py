"""The results page as a reader works it: filters, order, pages, help with the query."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("scripts", [True, False]),
]


@pytest.fixture
def page(many: dict[str, Any], new_page: Callable[..., Page], scripts: bool) -> Page:
    return new_page(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})


def count(page: Page) -> Locator:
    return page.locator("[aria-live]")


def facet(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="مرشحات مفعّلة").get_by_role("listitem")


def test_filters_add_up_and_come_off_again(page: Page) -> None:
    page.goto("/?q=الميناء")
    expect(count(page)).to_have_text("22 مقالًا")
    expect(page.locator(".read")).to_contain_text("بحثنا عن")
    sources = facet(page, "المصدر")
    expect(sources.get_by_role("link")).to_have_text(
        [
            re.compile(r"جريدة الساحل\s*8"),
            re.compile(r"وكالة المرفأ\s*8"),
            re.compile("إذاعة البحر"),
        ]
    )
    sources.get_by_role("link", name="جريدة الساحل").click()
    expect(count(page)).to_have_text("8 مقالات")
    # The facet goes on to count what one more of its values would bring.
    sources.get_by_role("link", name="إذاعة البحر").click()
    expect(count(page)).to_have_text("14 مقالًا")
    facet(page, "السنة").get_by_role("link", name="2017").click()
    expect(page).to_have_url(re.compile(r"source=\d+&source=\d+&year=2017"))
    shown = count(page).inner_text()
    page.reload()
    expect(count(page)).to_have_text(shown)  # the state is in the address
    expect(page.locator("#q-top")).to_have_value("الميناء")
    page.get_by_role("link", name="إزالة التصفية 2017").click()
    expect(count(page)).to_have_text("14 مقالًا")
    page.get_by_role("link", name="إزالة الكل").click()
    expect(count(page)).to_have_text("22 مقالًا")


def test_a_long_facet_has_more(page: Page) -> None:
    page.goto("/?q=الميناء")
    sections = facet(page, "القسم")
    expect(sections.get_by_role("link").filter(visible=True)).to_have_count(5)
    sections.get_by_text("المزيد").click()
    expect(sections.get_by_role("link").filter(visible=True)).to_have_count(7)


def test_a_new_query_keeps_the_filters(page: Page) -> None:
    page.goto("/?q=الميناء")
    facet(page, "المصدر").get_by_role("link", name="وكالة المرفأ").click()
    page.locator("#q-top").fill("السفينة")
    page.get_by_role("button", name="ابحث").click()
    expect(page.get_by_role("link", name="إزالة التصفية وكالة المرفأ")).to_be_visible()
    expect(count(page)).to_have_text("7 مقالات")


def test_dates_from_and_to(page: Page) -> None:
    page.goto("/?q=الميناء")
    page.get_by_label("من", exact=True).fill("2018-01-01")
    page.get_by_label("إلى", exact=True).fill("2018-02-28")
    page.get_by_role("button", name="تطبيق التاريخ").click()
    expect(count(page)).to_have_text("4 مقالات")
    page.get_by_role("link", name="إزالة التصفية من 1 يناير 2018").click()
    expect(count(page)).to_have_text("14 مقالًا")


def test_the_timeline_is_of_months_and_each_is_a_filter(page: Page) -> None:
    page.goto("/?q=الميناء")
    bars = page.locator(".strip li")
    expect(bars).to_have_count(10)
    expect(bars.first).to_have_text(re.compile("2017"))
    page.get_by_role("region", name="النتائج عبر الزمن").get_by_role(
        "link", name="ديسمبر 2017: 2"
    ).click()
    expect(count(page)).to_have_text("مقالان")
    expect(page.get_by_role("link", name="إزالة التصفية ديسمبر 2017")).to_be_visible()


def test_orders_and_pages(page: Page) -> None:
    page.goto("/?q=الميناء")
    page.get_by_role("link", name="الأقدم أولًا").click()
    first = page.locator("ol.hits > li").first
    expect(first).to_contain_text("3 أغسطس 2017")
    page.get_by_role("link", name="الصفحة التالية").click()
    expect(page.locator(".pages")).to_contain_text("الصفحة 2")
    expect(page.locator("ol.hits")).to_have_attribute("start", "11")
    page.get_by_role("link", name="الصفحة السابقة").click()
    expect(first).to_contain_text("3 أغسطس 2017")
    page.get_by_role("link", name="الأحدث أولًا").click()
    expect(first).to_contain_text("20 مايو 2018")


def test_the_way_back_leads_to_the_same_results(page: Page) -> None:
    """From an article, and from why it is a result, with filters, order and page as they were."""
    page.goto("/?q=الميناء")
    facet(page, "المصدر").get_by_role("link", name="جريدة الساحل").click()
    facet(page, "المصدر").get_by_role("link", name="وكالة المرفأ").click()
    page.get_by_role("link", name="الأقدم أولًا").click()
    page.get_by_role("link", name="الصفحة التالية").click()
    expect(page.locator("ol.hits")).to_have_attribute("start", "11")
    results, shown = page.url, page.locator("ol.hits").inner_text()
    page.locator("ol.hits h2 a").first.click()
    page.get_by_role("link", name="العودة إلى نتائج الميناء").click()
    expect(page).to_have_url(results)
    assert page.locator("ol.hits").inner_text() == shown
    page.get_by_role("link", name="لماذا هذه النتيجة").first.click()
    page.locator("main h1 + p a").click()
    page.get_by_role("link", name="العودة إلى نتائج الميناء").click()
    expect(page).to_have_url(results)


def test_the_way_back_leads_to_statements_and_to_filters_without_words(page: Page) -> None:
    for address, name in (
        ("/?q=تدمر&scope=statements&year=2016", "العودة إلى نتائج تدمر"),
        ("/?scope=statements&kind=direct&sort=oldest", "العودة إلى النتائج"),
    ):
        page.goto(address)
        before = page.locator("ol.hits").inner_text()
        page.locator("ol.hits .from a").first.click()
        expect(page.locator("link[rel=canonical]")).to_have_attribute(
            "href", re.compile(r"/articles/\d+/$")
        )
        page.get_by_role("link", name=name, exact=True).click()
        assert page.locator("ol.hits").inner_text() == before


def test_the_way_back_is_never_to_another_site(page: Page, many: dict[str, Any]) -> None:
    article = f"/articles/{many['first'].pk}/"
    page.goto(f"{article}?q=تدمر&next=https://evil.example/&back=//evil.example&page=2")
    back = page.get_by_role("link", name="العودة إلى نتائج تدمر")
    expect(back).to_have_attribute("href", re.compile(r"^/\?q=[^&]+&page=2$"))
    assert "evil" not in page.locator("main").inner_html()


def test_where_results_stop_having_all_the_words_is_said(page: Page) -> None:
    page.goto("/?q=الميناء السفينة")
    expect(count(page)).to_have_text("20 مقالًا")
    note = page.locator("ol.hits .notice")
    expect(note).to_have_count(0)
    page.get_by_role("link", name="الصفحة التالية").click()
    expect(note).to_have_count(0)
    page.get_by_role("link", name="الصفحة التالية").click()
    hits = page.locator("ol.hits > li")
    expect(hits.first).to_contain_text("من هنا نتائج فيها بعض الكلمات")
    expect(hits.first).to_contain_text("حفل في الميناء")
    page.get_by_role("link", name="الأحدث أولًا").click()
    expect(note).to_have_count(0)


def test_articles_of_one_story_are_folded_and_lead_on(page: Page) -> None:
    page.goto("/?q=حفل الميناء")
    hits = page.locator("ol.hits > li").filter(has_text="حفل في الميناء")
    expect(hits).to_have_count(1)
    hits.get_by_role("link", name="ومقال آخر").click()
    expect(page.get_by_role("heading", name="النص نفسه أو قريب منه في مصدر آخر")).to_be_visible()
    expect(page.locator(".after section").first).to_contain_text("حفل في الميناء")


def test_what_the_speaker_named_in_the_query_said(page: Page) -> None:
    page.goto("/?q=روحاني تدمر")
    page.get_by_role("link", name="أقوال حسن روحاني عن «تدمر»").click()
    expect(count(page)).to_have_text("قول واحد")
    expect(page.locator("ol.hits")).to_contain_text("أن استعادة تدمر مؤشر على قدرات الجيش")
    # A title is no subject: what he said on everything.
    page.goto("/?q=الرئيس الإيراني روحاني")
    expect(page.locator(".offer")).to_have_text("أقوال حسن روحاني")
    page.locator(".offer a").click()
    expect(page.locator("main h1")).to_have_text("حسن روحاني")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الكرملبن", "الكرملين"),  # a dot dropped
        ("الاتفاققريب", "الاتفاق قريب"),  # two words joined
        ("f,jdk", "بوتين"),  # the Latin layout
        ("Rouhani", "روحاني"),
        ("Putin", "بوتين"),
    ],
)
def test_what_was_meant_is_one_click_away(page: Page, typed: str, meant: str) -> None:
    page.goto("/")
    page.locator("#q-home").fill(typed)
    page.get_by_role("button", name="ابحث").click()
    page.locator(".notice").get_by_role("link", name=meant).click()
    expect(page.locator("#q-top")).to_have_value(meant)
    expect(page.locator("ol.hits > li").first).to_be_visible()


def test_a_loosened_query_says_how_it_was_loosened(page: Page) -> None:
    page.goto("/?q=«الميناء في السفينة»")
    expect(page.locator(".notice").first).to_contain_text(
        "لم نجد شيئًا للبحث كما كُتب. هذه نتائجه دون اشتراط العبارات بحرفها"
    )
    expect(page.locator("ol.hits > li").first).to_be_visible()


def test_nothing_found_says_so_and_leads_on(page: Page) -> None:
    page.goto("/?q=زقزقزق")
    expect(count(page)).to_have_text("لا مقالات")
    expect(page.locator("main")).to_contain_text("لم نجد شيئًا يوافق «زقزقزق»")
    expect(page.locator(".notice")).to_have_count(0)  # nonsense resembles nothing
    page.get_by_role("link", name="كيف يُكتب البحث").click()
    expect(page.locator("main h1")).to_have_text("كيف تبحث")


def test_every_example_of_the_help_page_is_a_search(page: Page) -> None:
    page.goto("/help/")
    # Names of this corpus, so that there is something to be found.
    expect(page.locator(".syntax")).to_contain_text("متحدث:روحاني")
    expect(page.locator(".syntax")).to_contain_text('مصدر:"جريدة الساحل"')
    examples = page.locator(".syntax a, .prose .ways a")
    assert examples.count() >= 12
    for n in range(examples.count()):
        typed = examples.nth(n).inner_text()
        examples.nth(n).click()
        expect(page.locator("#q-top")).to_have_value(typed)
        expect(count(page)).to_be_attached()
        page.go_back()


def test_results_are_taken_along_as_files_with_a_stated_cap(page: Page) -> None:
    page.goto("/?q=الميناء")
    page.get_by_text("تابع أو نزّل").click()
    expect(page.locator(".keep")).to_contain_text("1,000")
    for name, ending in (("CSV", "csv"), ("JSONL", "jsonl"), ("RIS", "ris")):
        with page.expect_download() as download:
            page.locator(".keep").get_by_role("link", name=name).click()
        text = download.value.path().read_text("utf-8-sig")
        assert download.value.suggested_filename.endswith(ending)
        assert text.count("الميناء رقم 7") == 1
    feed = page.locator(".keep").get_by_role("link", name="Atom").get_attribute("href")
    answer = page.request.get(page.url.split("/?")[0] + str(feed))
    assert "atom+xml" in answer.headers["content-type"]
