"""A reader's way through the site in Chromium, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
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
        "/api/v1/docs",
        "/account/sign-in/",
        "/nowhere/",
    ]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(
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
        assert_accessible(page, also=("moderate",))


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


def test_the_keyboard_reaches_the_content(made: dict[str, Any], page: Page) -> None:
    page.goto("/?q=تدمر")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_next_match_goes_round(made: dict[str, Any], page: Page) -> None:
    page.goto(f"/articles/{made['first'].pk}/?q=روحاني")
    page.get_by_role("button", name="الموضع التالي").click()
    assert page.url.endswith("#m1")
    page.get_by_role("button", name="الموضع السابق").click()
    assert page.url.endswith("#m2")


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
