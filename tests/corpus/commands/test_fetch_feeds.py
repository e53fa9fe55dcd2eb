"""Feeds set in the administration, fetched and imported by the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from corpus.models import Article, Feed, ImportRecord, ImportRun, Source
from tests.corpus import feed_server
from tests.corpus.feed_server import FeedServer, page, rss, serving
from tests.corpus.ingest.corpora import article

pytestmark = pytest.mark.django_db
MODIFIED = "Mon, 02 Mar 2020 10:00:00 GMT"


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[FeedServer]:
    settings.AQWAL_PRIVATE_FEEDS = True
    settings.AQWAL_FEED_SECONDS = 2
    settings.AQWAL_UPLOADS = tmp_path / "uploads"
    with serving() as started:
        yield started


def run(*arguments: str) -> tuple[int, dict[str, Any]]:
    """(exit code, the object on the last line)."""
    out = StringIO()
    try:
        call_command("fetch_feeds", "--quiet", "--json", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), json.loads(out.getvalue().splitlines()[-1])
    except CommandError as error:
        return error.returncode, {"said": str(error)}
    return 0, json.loads(out.getvalue().splitlines()[-1])


def entries(*numbers: int, version: int = 0) -> list[tuple[str, str, str]]:
    made = [article(n, version=version) for n in numbers]
    return [(m["id"], m["title"], m["text"]) for m in made]


def test_entries_become_articles_and_an_unchanged_feed_is_not_read_again(
    server: FeedServer,
) -> None:
    server.pages["/a"] = feed_server.unchanged_after(rss(*entries(1, 2)), '"v1"', MODIFIED)
    feed = Feed.objects.create(url=server.url("/a"))
    code, said = run()
    assert (code, said["read"], said["imported"], said["feeds"]) == (0, 2, 2, 1)
    stored = Article.objects.get(external_id="a1")
    assert (stored.source.name, stored.url) == ("وكالة الفرات", "https://news.example/a1")
    assert stored.statements.exists()
    assert stored.import_run is not None
    assert stored.import_run.inputs == [feed.url]
    feed.refresh_from_db()
    assert (feed.etag, feed.last_modified, feed.status, feed.error) == ('"v1"', MODIFIED, 200, "")
    assert feed.run_id == said["run"]

    code, said = run("--all")
    assert (code, said["read"], said["feeds"], said["feeds_unchanged"]) == (0, 0, 1, 1)
    assert said["run"] is None
    assert ImportRun.objects.count() == 1
    feed.refresh_from_db()
    assert (feed.status, feed.etag) == (304, '"v1"')


def test_the_same_entries_are_unchanged_and_changed_ones_updated(server: FeedServer) -> None:
    server.pages["/a"] = page(rss(*entries(1, 2)))
    Feed.objects.create(url=server.url("/a"))
    run()
    server.pages["/a"] = page(rss(*entries(1), *entries(2, version=1), *entries(3)))
    code, said = run("--all")
    assert (code, said["unchanged"], said["updated"], said["imported"]) == (0, 1, 1, 1)


def test_the_set_source_names_what_names_none(server: FeedServer) -> None:
    server.pages["/a"] = page(rss(*entries(1)))
    source = Source.objects.create(name="صحيفة دجلة")
    Feed.objects.create(url=server.url("/a"), source=source)
    assert run()[0] == 0
    assert Article.objects.get().source == source


def test_a_bad_feed_does_not_stop_the_rest(server: FeedServer) -> None:
    server.pages |= {
        "/good": page(rss(*entries(1))),
        "/500": page(b"", 500),
        "/slow": feed_server.drip(6.0),
        "/broken": page(b"<?xml version='1.0'?><rss><channel><tit"),
        "/html": page("<html><body><p>هذه صفحة لا تلقيمة</p></body></html>".encode()),
        "/empty": page(b""),
        "/loop": page(b"", 302, Location="/loop"),
        "/last": page(rss(*entries(2), title="صحيفة النيل")),
    }
    for path in server.pages:
        Feed.objects.create(url=server.url(path), etag='"old"')
    code, said = run()
    assert (code, said["imported"], said["feeds"]) == (1, 2, 8)
    assert said["read"] == said["imported"] + said["rejected"]
    assert {url.rpartition("/")[2] for url in said["feeds_failed"]} == {
        *("500", "slow", "broken", "html", "empty", "loop")
    }
    for feed in Feed.objects.all():
        well = feed.url.endswith(("/good", "/last"))
        assert bool(feed.error) is not well, feed.url
        assert feed.failures == (0 if well else 1)
        if feed.url.endswith(("/broken", "/html", "/empty")):
            assert feed.etag == "", "or the broken feed would be unchanged for ever"
    rejected = set(ImportRecord.objects.values_list("reason", flat=True))
    assert {"feed-status", "feed-timeout", "feed-redirects"} <= rejected
    assert Feed.objects.get(url__endswith="/500").status == 500


def test_a_feed_is_asked_when_it_is_due(server: FeedServer) -> None:
    server.pages["/a"] = page(rss(*entries(1)))
    feed = Feed.objects.create(url=server.url("/a"), interval=30)
    assert run()[1]["feeds"] == 1
    assert run()[1]["feeds"] == 0
    Feed.objects.update(fetched=timezone.now() - timedelta(minutes=30))
    assert run()[1]["feeds"] == 1
    Feed.objects.update(enabled=False, fetched=None)
    assert run()[1]["feeds"] == 0
    assert run("--all")[1]["feeds"] == 0
    assert run("--feed", str(feed.pk))[1]["feeds"] == 1


def test_relative_dates_count_from_what_the_server_says(server: FeedServer) -> None:
    body = rss(*entries(1)).replace(b"Mon, 02 Mar 2020 10:00:00 GMT", "منذ يومين".encode())
    server.pages["/a"] = page(body, Last_Modified=MODIFIED)
    Feed.objects.create(url=server.url("/a"))
    run()
    stored = Article.objects.get()
    assert stored.published is not None
    assert stored.published.date().isoformat() == "2020-02-29"


def test_exit_codes(server: FeedServer) -> None:
    assert run()[0] == 2, "there are no feeds"
    Feed.objects.create(url=server.url("/nowhere"))
    assert run()[0] == 2, "none could be read"
    assert run("--feed", "999999")[0] == 2


def test_the_private_network_is_closed_by_default(server: FeedServer, settings: Any) -> None:
    settings.AQWAL_PRIVATE_FEEDS = False
    server.pages["/a"] = page(rss(*entries(1)))
    feed = Feed.objects.create(url=server.url("/a"))
    assert run()[0] == 2
    feed.refresh_from_db()
    assert feed.error.startswith("feed-private-address")
    assert server.asked == []
