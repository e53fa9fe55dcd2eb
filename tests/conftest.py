"""Fixtures every test may use. The database server itself is started in tests/database.py."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

# A busy machine may take seconds for what takes milliseconds: no test depends on a timing.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# A shell starts what it runs in its background deaf to interrupts, and all that the tests start
# would be: what they do on one could not be seen.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Once Playwright's synchronous interface is open, the thread counts as running an event loop,
# in which Django refuses database access lest it block the loop. Nothing else runs on this one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# What a Debian package, Playwright itself, macOS and Windows call it.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_FLAGS = (
    # A test must not wait for, nor be changed by, anything outside this machine.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--disable-dev-shm-usage",  # Containers often have too little of it.
    "--font-render-hinting=none",
)

_NO_BROWSER = (
    "No Chromium was found: install it (Debian: apt install chromium), name it in CHROMIUM, "
    "or set AQWAL_NO_BROWSER=1 to leave these tests out."
)

_NO_DRIVER = (
    "Playwright's driver does not start; on a bare Debian it lacks a library: "
    "apt install libatomic1, or set AQWAL_NO_BROWSER=1 to leave the browser tests out."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if {"page", "new_page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def _chromium() -> str | None:
    """The path of an installed Chromium; None leaves the choice to Playwright."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            pytest.fail(f"CHROMIUM names {named}, which cannot be run.", pytrace=False)
        return named
    # The last is where `make test` puts one on a machine that has none.
    names = (*_NAMES, str(Path(sys.prefix) / "chromium" / "run"))
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Close connections after each request.

    The browser keeps the test site's threads alive until after the tests' database is to be
    removed; a connection kept in one of them would stand in the way.
    """
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    if os.environ.get("AQWAL_NO_BROWSER") == "1":
        pytest.skip("AQWAL_NO_BROWSER=1: the browser tests were left out on request.")
    executable = _chromium()
    manager = sync_playwright()
    with pytest.MonkeyPatch.context() as environment:
        # Playwright's driver, too, needs a library that a bare system lacks and that came
        # along with the browser `make test` fetched.
        beside = sorted(Path(sys.prefix).glob("chromium/usr/lib/*-linux-gnu/libatomic.so.1"))
        if beside:
            environment.setenv("LD_LIBRARY_PATH", str(beside[0].parent))
        try:
            playwright = manager.__enter__()
        except Exception as error:
            pytest.fail(f"{_NO_DRIVER} ({error})", pytrace=False)
    try:
        try:
            # Playwright leaves Chromium's sandbox off, which root and containers need; the
            # pages opened are our own.
            chromium = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        except PlaywrightError as error:
            if executable is None:
                pytest.fail(_NO_BROWSER, pytrace=False)
            reason = str(error).strip().splitlines()[0]
            pytest.fail(f"{executable} does not start: {reason}", pytrace=False)
        yield chromium
        chromium.close()
        # Inside the event loop Django keeps connections apart from those outside; after this
        # nobody could reach them to close them, and the tests' database could not be removed.
        connections.close_all()
    finally:
        manager.__exit__()


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Open pages on the test site: `new_page()`, or with any option of a browser context,
    such as `java_script_enabled=False` or `viewport={"width": 360, "height": 740}`.

    Relative addresses count from the test site. A page that reports an error, breaks the
    Content-Security-Policy or asks another site for anything fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:
        options = {"base_url": live_server.url, "locale": "ar", **options}
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"console: {message.text}")
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((live_server.url, "data:", "blob:", "about:"))
                else complaints.append(f"asked another site: {request.url}")
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One desktop-sized page on the test site."""
    return new_page()


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """`assert_accessible(page)`: axe-core finds nothing on the page, however small."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        assert not found, "\n".join(
            f"{page.url} {rule['id']} ({rule['impact']}): {rule['help']}\n    "
            + "\n    ".join(node["html"][:300] for node in rule["nodes"])
            for rule in found
        )

    return check


@pytest.fixture
def repository() -> Path:
    """The top folder of the working copy."""
    return Path(__file__).resolve().parent.parent
