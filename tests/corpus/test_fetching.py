"""One feed from a server that means well, or ill. No database."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from corpus.fetching import Bounds, FetchError, fetch
from tests.corpus import feed_server
from tests.corpus.feed_server import FeedServer, page, rss, serving

HERE = Bounds(seconds=2.0, silence=0.5, size=1_000_000, redirects=3, private=True)
FEED = rss(("1", "عنوان", "نص الخبر"))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving() as started:
        yield started


def reason(url: str, bounds: Bounds = HERE) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, bounds=bounds)
    return caught.value.reason


def test_what_was_said_of_a_feed_is_sent_back_and_304_has_no_body(server: FeedServer) -> None:
    modified = "Mon, 02 Mar 2020 10:00:00 GMT"
    server.pages["/a"] = feed_server.unchanged_after(FEED, '"v1"', modified)
    first = fetch(server.url("/a"), bounds=HERE)
    assert (first.status, first.body, first.etag) == (200, FEED, '"v1"')
    assert first.modified.year == 2020
    second = fetch(
        server.url("/a"), etag=first.etag, last_modified=first.last_modified, bounds=HERE
    )
    assert (second.status, second.body) == (304, b"")


def test_an_arabic_address_and_a_relative_redirect(server: FeedServer) -> None:
    server.pages["/old"] = page(b"", 301, Location="/%D8%AE%D8%A8%D8%B1?a=1")
    server.pages["/%D8%AE%D8%A8%D8%B1?a=1"] = page(FEED)
    assert fetch(server.url("/old"), bounds=HERE).body == FEED
    assert fetch(server.url("/خبر?a=1"), bounds=HERE).body == FEED


def test_redirects_end_somewhere(server: FeedServer) -> None:
    server.pages["/loop"] = page(b"", 302, Location="/loop")
    assert reason(server.url("/loop")) == "feed-redirects"
    assert len(server.asked) == HERE.redirects + 1


@pytest.mark.parametrize("place", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://x/"])
def test_a_redirect_leads_to_the_web_or_nowhere(server: FeedServer, place: str) -> None:
    server.pages["/a"] = page(b"", 302, Location=place)
    assert reason(server.url("/a")) == "feed-address"
    assert reason(place) == "feed-address"


def test_a_status_that_is_no_feed(server: FeedServer) -> None:
    server.pages["/500"] = page(b"", 500)
    with pytest.raises(FetchError) as caught:
        fetch(server.url("/500"), bounds=HERE)
    assert (caught.value.reason, caught.value.status) == ("feed-status", 500)
    assert reason(server.url("/nowhere")) == "feed-status"


@pytest.mark.parametrize(
    "how",
    [feed_server.silent(4.0), feed_server.drip(6.0), feed_server.drip(6.0, headers=True)],
    ids=["silent", "body", "headers"],
)
def test_a_slow_server_is_left(server: FeedServer, how: feed_server.Page) -> None:
    server.pages["/slow"] = how
    started = time.monotonic()
    assert reason(server.url("/slow")) == "feed-timeout"
    assert time.monotonic() - started < 3.5


def test_a_body_is_bounded_whether_it_says_its_size_or_not(server: FeedServer) -> None:
    server.pages["/declared"] = page(b" " * 1_000_001)
    server.pages["/endless"] = feed_server.endless
    assert reason(server.url("/declared")) == "too-large"
    assert reason(server.url("/endless")) == "too-large"


def test_half_an_answer_is_none(server: FeedServer) -> None:
    server.pages["/half"] = feed_server.cut_off
    assert reason(server.url("/half")) == "feed-cut-off"


def test_nobody_there() -> None:
    with serving() as server:
        url = server.url("/a")
    assert reason(url) == "feed-unreachable"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "10.0.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
    ],
)
def test_the_private_network_is_not_asked(host: str) -> None:
    closed = Bounds(seconds=2.0, silence=0.5)
    assert reason(f"http://{host}:1/feed", closed) == "feed-private-address"


def test_nor_by_way_of_a_redirect(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.pages["/a"] = page(b"", 302, Location="http://127.0.0.2:1/secret")
    public = {"127.0.0.1"}
    monkeypatch.setattr("corpus.fetching._is_public", lambda address: address in public)
    assert reason(server.url("/a"), Bounds(seconds=2.0)) == "feed-private-address"
    assert [path for path, _ in server.asked] == ["/a"]
