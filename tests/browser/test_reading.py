"""A reader's way through the site in Chromium, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False])
def test_search_open_and_see_the_statement(
    made: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("searchbox" if not scripts else "combobox").fill("روحاني سوريا")
    page.get_by_role("button", name="ابحث").click()
    expect(page.locator("[aria-live]")).to_contain_text("مقال")
    page.get_by_role("heading", name="روحاني وبوتين يبحثان").get_by_role("link").click()
    said = page.locator(f"#s-{made['direct'].key}")
    expect(said).to_be_visible()
    expect(said).to_have_css("text-decoration-style", "solid")
    expect(page.locator(f"#s-{made['indirect'].key}")).to_have_css(
        "text-decoration-style", "dotted"
    )
    expect(page.locator("#m1")).to_have_text("روحاني")
    page.get_by_label("القراءة دون علامات").check()
    expect(said).to_have_css("text-decoration-line", "none")


def addresses(made: dict[str, Any]) -> list[str]:
    return [
        "/",
        "/?q=تدمر",
        "/?q=الرئيسان&scope=statements&year=2018",
        "/?q=زقزقزق",
        f"/articles/{made['first'].pk}/?q=روحاني",
        f"/speakers/{made['rouhani'].pk}/",
        f"/statements/{made['direct'].key}/",
        "/trends/?q=تدمر&q=روحاني",
        f"/compare/?speaker={made['rouhani'].pk}&speaker={made['kremlin'].pk}",
        "/help/",
        "/compare/",
        f"/why/{made['first'].pk}/?q=روحاني سوريا",
        "/api/v1/docs",
        "/account/sign-in/",
        "/nowhere/",
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    made: dict[str, Any],
    new_page: Callable[..., Page],
    assert_accessible: Callable[..., None],
    live_server: Any,
    language: str,
    theme: str,
) -> None:
    page = new_page(color_scheme=theme)
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": live_server.url}]
    )
    for address in addresses(made):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        # What is folded away is looked at too.
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert_accessible(page)


def test_axe_finds_nothing_on_the_error_page(
    made: dict[str, Any], page: Page, assert_accessible: Callable[..., None]
) -> None:
    """That of an error within the site, which needs nothing of it."""
    page.goto("/help/")
    page.set_content(render_to_string("500.html"))
    expect(page.locator("h1")).to_have_text("وقع خطأ في الموقع")
    assert_accessible(page)


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_scrolls_sideways(
    made: dict[str, Any], new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 700})
    for address in addresses(made):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("text_only", [True, False])
def test_at_twice_the_size_nothing_is_lost(
    made: dict[str, Any], new_page: Callable[..., Page], text_only: bool
) -> None:
    width = 1280 if text_only else 640  # a browser's zoom halves the page's width
    page = new_page(viewport={"width": width, "height": 800}, device_scale_factor=2)
    for address in addresses(made):
        page.goto(address)
        if text_only:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        expect(page.locator("main h1").first).to_be_attached()
        expect(page.locator("header.top .name")).to_be_in_viewport()


def test_suggestions_are_a_combobox(made: dict[str, Any], page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("حسن")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_value("حسن روحاني")
    expect(box).to_have_attribute("aria-activedescendant", "q-home-offers-0")
    box.press("Escape")
    expect(box).to_have_value("حسن")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_speaker_to_compare_is_suggested_too(made: dict[str, Any], page: Page) -> None:
    page.goto(f"/trends/?speaker={made['rouhani'].pk}")
    page.get_by_role("combobox", name="أضف متحدثًا باسمه").press_sequentially("الكر")
    page.get_by_role("option", name="الكرملين").click()
    expect(page.get_by_role("table")).to_contain_text("الكرملين")


def test_the_keyboard_reaches_the_content(made: dict[str, Any], page: Page) -> None:
    page.goto("/?q=تدمر")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_next_match_goes_round(made: dict[str, Any], page: Page) -> None:
    page.goto(f"/articles/{made['first'].pk}/?q=روحاني")
    matches = page.get_by_role("navigation", name="مواضع المطابقة")
    expect(matches).to_contain_text("موضعان مطابقان في النص")
    matches.get_by_role("button", name="الموضع التالي").click()
    assert page.url.endswith("#m1")
    expect(matches).to_contain_text("الموضع 1 من 2")
    matches.get_by_role("button", name="الموضع السابق").click()
    assert page.url.endswith("#m2")
    expect(page.locator("#m2")).to_be_in_viewport()
    expect(matches).to_be_in_viewport()  # it stays in sight, and covers no match


def test_without_scripts_each_match_has_its_link(
    made: dict[str, Any], new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"/articles/{made['first'].pk}/?q=روحاني")
    page.get_by_role("link", name="الموضع 2").click()
    assert page.url.endswith("#m2")
    page.get_by_role("link", name="العودة إلى نتائج").click()
    expect(page.locator("#q-top")).to_have_value("روحاني")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_colours_are_the_readers_choice(
    made: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/?q=تدمر")
    root = page.locator("html")
    choices = page.get_by_role("group", name="الألوان")
    for name, theme, scheme in (("داكنة", "dark", "dark"), ("فاتحة", "light", "light")):
        choices.get_by_role("button", name=name).click()
        expect(page.locator("[aria-live]")).to_contain_text("مقال")  # back on the same page
        expect(root).to_have_attribute("data-theme", theme)
        expect(root).to_have_css("color-scheme", scheme)
        expect(choices.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    page.goto("/help/")
    expect(root).to_have_attribute("data-theme", "light")  # kept from page to page
    choices.get_by_role("button", name="كالنظام").click()
    expect(root).not_to_have_attribute("data-theme", "light")
    expect(root).to_have_css("color-scheme", "light dark")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_article_tells_who_spoke_and_leads_to_its_neighbours(
    many: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto(f"/articles/{many['first'].pk}/?q=تدمر")
    side = page.get_by_role("complementary", name="قولان في هذا المقال")
    side.get_by_role("link", name="أن استعادة تدمر مؤشر على قدرات الجيش", exact=True).click()
    expect(page.locator(f"#s-{many['indirect'].key}")).to_be_in_viewport()
    page.locator(f"#s-{many['indirect'].key} + .ref").click()  # and back to the list
    assert page.url.endswith(f"#n-{many['indirect'].key}")
    expect(page.get_by_role("link", name="الصفحة الأصلية")).to_have_attribute(
        "href", "https://news.example/1"
    )
    page.goto(f"/articles/{many['articles'][6].pk}/")
    page.get_by_role("navigation", name="في المصدر نفسه").locator("[rel=next]").click()
    expect(page.locator("main h1")).to_have_text(many["articles"][9].title)
    page.locator("[rel=prev]").click()
    expect(page.locator("main h1")).to_have_text(many["articles"][6].title)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_speakers_statements_stand_together_under_their_article(
    made: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    for oldest in ("", "?sort=oldest"):
        page.goto(f"/speakers/{made['rouhani'].pk}/{oldest}")
        articles = page.locator(".wall > li")
        expect(articles).to_have_count(1)
        expect(articles.get_by_role("link", name="روحاني وبوتين يبحثان")).to_have_count(1)
        # In the order of the text, whichever article comes first.
        expect(articles.locator("blockquote")).to_contain_text(["لا يحق لأحد", "أن استعادة"])
    page.get_by_role("link", name="روحاني وبوتين يبحثان").click()
    expect(page.locator(f"#s-{made['direct'].key}")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_kinds_of_statements_are_told_apart_without_colour(
    made: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    for key, style, words in (
        ("direct", "solid", "اقتباس مباشر"),
        ("colon", "double", "تصريح"),
        ("indirect", "dotted", "كلام منقول"),
    ):
        page.goto(f"/statements/{made[key].key}/")
        said = page.locator("main figure.statement").first
        expect(said).to_have_css("border-right-style", style)
        expect(said).to_contain_text(words)
        marks = said.locator("blockquote").inner_text()
        assert marks.startswith("«") == marks.endswith("»") == (key == "direct")
    expect(page.locator("main")).to_contain_text("لا نص كلامه")
    page.goto("/?q=تدمر")
    mark = page.locator(".snippet mark").first
    expect(mark).to_have_css("background-size", re.compile("^100% 1px"))  # a line
    expect(mark).to_have_css("font-weight", "400")
    expect(mark).to_have_css("padding-left", "0px")


FOCUSED = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const on = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        name: at.outerHTML.slice(0, 120),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.top >= -1 && box.bottom <= innerHeight + 1,
        covered: !on.some((one) => at.contains(one) || one.contains(at)),
    };
}"""


def test_every_focusable_thing_shows_its_focus(
    made: dict[str, Any], new_page: Callable[..., Page]
) -> None:
    page = new_page(reduced_motion="reduce")  # nothing is still scrolling when it is looked at
    for address in ("/", "/?q=تدمر&year=2016", f"/articles/{made['first'].pk}/?q=روحاني"):
        page.goto(address)
        seen: set[str] = set()
        for _ in range(150):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found is None:
                break
            seen.add(found["name"])
            assert found["outlined"], found["name"]
            assert found["inside"] and not found["covered"], found["name"]
        assert len(seen) > 12, address


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_is_the_readers_choice(
    made: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/?q=تدمر")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("[aria-live]")).to_have_text("2 articles")
    expect(page.locator("#q-top")).to_have_value("تدمر")  # the same page, in another language
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("[aria-live]")).to_have_text("مقالان")


def test_the_arabic_pages_are_arabic(many: dict[str, Any], page: Page) -> None:
    """No sentence of the interface was left untranslated."""
    names = {
        "aqwal",
        "english",
        "atom",
        "csv",
        "jsonl",
        "json",
        "ris",
        "bibtex",
        "api",
        "http",
        "openapi",
        *("putin", "jdk"),  # typed so on purpose, on the page of help
    }
    for address in addresses(many):
        if address == "/api/v1/docs":  # for programmers, partly in English
            continue
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        shown = page.locator("body").inner_text() + " " + page.title()
        labels = page.evaluate(
            "[...document.querySelectorAll('[aria-label],[placeholder],[title]')]"
            ".map((at) => ['aria-label', 'placeholder', 'title']"
            ".map((name) => at.getAttribute(name) ?? '').join(' ')).join(' ')"
        )
        text = re.sub(r"\S*[/:?=]\S*", " ", f"{shown} {labels}")  # addresses
        left = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", text)} - names
        assert not left, f"{address}: {left}"


def test_foreign_runs_keep_their_direction(made: dict[str, Any], page: Page) -> None:
    page.goto("/?q=Rouhani تدمر")
    expect(page.locator("#q-top")).to_have_attribute("dir", "auto")
    assert page.locator("bdi", has_text="تدمر").count() > 0
    page.goto(f"/statements/{made['direct'].key}/")
    cite = page.locator(".cite p").first
    # Apart from each other, the source and the date after it stand right to left.
    boxes = [
        box
        for text in ("وكالة الاختبار", "2016-04-04")
        if (box := cite.locator("bdi", has_text=text).last.bounding_box())
    ]
    assert boxes[0]["y"] < boxes[1]["y"] or boxes[0]["x"] > boxes[1]["x"]


def test_a_results_page_is_light(many: dict[str, Any], page: Page) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.__setitem__(answer.url, len(answer.body())))
    page.goto("/?q=الميناء", wait_until="networkidle")
    assert sum(sizes.values()) < 100_000
    scripts = [size for url, size in sizes.items() if url.endswith(".js")]
    assert 0 < sum(scripts) <= 15_000


def test_an_article_is_printed_without_the_site_around_it(made: dict[str, Any], page: Page) -> None:
    page.goto(f"/articles/{made['first'].pk}/?q=روحاني")
    page.emulate_media(media="print")
    for gone in (".top nav", ".top form", ".foot", ".jumps", ".side"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator(".cite")).to_be_visible()
    expect(page.locator(".said.direct").first).to_have_css("text-decoration-style", "solid")


@pytest.mark.parametrize("scripts", [True, False])
def test_home_shows_the_corpus_and_its_examples_find_something(
    many: dict[str, Any], new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/")
    holdings = page.locator(".holdings")
    for words in ("25", "المقالات", "الأقوال", "المتحدثون", "المصادر", "2016", "2018"):
        expect(holdings).to_contain_text(words)
    expect(page.get_by_role("region", name="أحدث الأقوال").locator("figure")).not_to_have_count(0)
    page.get_by_role("region", name="المقالات بحسب السنة").get_by_role("link", name="2017").click()
    expect(page.locator("[aria-live]")).to_have_text("10 مقالات")
    page.go_back()
    page.get_by_role("region", name="المصادر").get_by_role("link", name="إذاعة البحر").click()
    expect(page.locator("[aria-live]")).to_have_text("6 مقالات")
    page.go_back()
    examples = page.locator(".examples a")
    for n in range(examples.count()):
        examples.nth(n).click()
        expect(page.locator("ol.hits > li").first).to_be_visible()
        page.go_back()


def test_text_is_large_enough_to_read(made: dict[str, Any], page: Page) -> None:
    page.goto(f"/articles/{made['first'].pk}/")
    for part in (".text", "body"):
        size = page.locator(part).evaluate("(at) => parseFloat(getComputedStyle(at).fontSize)")
        assert size >= 18
    height, size = page.locator(".text").evaluate(
        "(at) => ['lineHeight', 'fontSize'].map((name) => parseFloat(getComputedStyle(at)[name]))"
    )
    assert height / size >= 1.9


def test_the_site_can_be_added_to_a_browsers_search_engines(
    made: dict[str, Any], page: Page
) -> None:
    page.goto("/")
    href = page.locator("link[rel=search]").get_attribute("href")
    answer = page.request.get(page.url.rstrip("/") + str(href))
    template = re.search(r'template="([^"]+)"', answer.text())
    assert template is not None
    page.goto(template[1].replace("&amp;", "&").replace("{searchTerms}", "تدمر"))
    expect(page.locator("[aria-live]")).to_have_text("مقالان")


def test_digits_months_and_calendars_are_as_the_site_is_set(
    made: dict[str, Any], page: Page, settings: Any
) -> None:
    settings.AQWAL_DIGITS = "arabic"
    settings.AQWAL_MONTH_NAMES = "levant"
    settings.AQWAL_HIJRI_DATES = True
    page.goto(f"/articles/{made['first'].pk}/")
    date = page.locator("article header .where")
    expect(date).to_contain_text("٤ نيسان ٢٠١٦")
    expect(date).to_contain_text("(٢٦ جمادى الآخرة ١٤٣٧ هـ)")
    expect(date.locator("time")).to_have_attribute("datetime", "2016-04-04")
    page.goto("/?q=تدمر")
    expect(page.locator("[aria-live]")).to_have_text("مقالان")
    expect(page.get_by_role("region", name="السنة")).to_contain_text("٢٠١٨")
    # English pages keep English dates and digits.
    page.get_by_role("button", name="English").click()
    expect(page.locator("ol.hits")).to_contain_text("4 April 2016")
