"""A file sent through the administration: imported by another process, watched on a page."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from corpus.admin.imports import _pace
from corpus.ingest import background
from corpus.models import Article, Feed, ImportRun
from tests.corpus.ingest.corpora import article, write_jsonl

PASSWORD = "كلمة سر طويلة بما يكفي"
UPLOAD = "/admin/corpus/importrun/upload/"


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The uploads' folder; processes started work on the tests' database and with it."""
    database = connection.settings_dict
    wanted = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
    query = "&".join(f"{k}={quote(str(v), safe='')}" for k, v in wanted.items() if v)
    monkeypatch.setenv("DATABASE_URL", f"postgresql:///{database['NAME']}?{query}")
    monkeypatch.setenv("AQWAL_DATA_DIR", str(tmp_path))
    settings.AQWAL_UPLOADS = tmp_path / "uploads"
    yield tmp_path / "uploads"
    for child in background._children:
        child.wait(timeout=120)


@pytest.fixture
def curator(django_user_model: Any) -> Any:
    return django_user_model.objects.create_superuser("curator", "", PASSWORD)


def jsonl(path: Path, number: int, name: str = "أخبار.jsonl") -> Path:
    return write_jsonl(path / name, [article(n) for n in range(number)])


def send(client: Client, path: Path, **fields: str) -> ImportRun:
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post(UPLOAD, {"file": upload, "format": "auto", **fields})
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.get(pk=int(answer["Location"].strip("/").split("/")[-2]))


def until(run: ImportRun, done: Callable[[ImportRun], bool], seconds: float = 90.0) -> ImportRun:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        run.refresh_from_db()
        if done(run):
            return run
        time.sleep(0.05)
    raise AssertionError(f"the run is {run.state}: {run.message}")


def ended(run: ImportRun) -> bool:
    return run.state not in ("waiting", "running")


@pytest.mark.django_db(transaction=True)
def test_a_file_is_imported_by_another_process(
    tmp_path: Path, folder: Path, client: Client, curator: Any
) -> None:
    client.force_login(curator)
    page = tmp_path / "نشرة.txt"
    page.write_text("افتتاح الجسر الجديد\nقال كريم منصور: «الجسر جاهز منذ أمس».\n", "utf-8")
    run = until(send(client, page), ended)
    assert (run.state, run.read, run.imported, run.by) == ("finished", 1, 1, curator)
    assert run.inputs == ["نشرة.txt"]
    stored = Article.objects.get()
    assert (stored.source.name, stored.import_run) == ("نشرة", run)
    background._children[-1].wait(timeout=60)
    run.refresh_from_db()
    assert run.upload == ""
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["log.txt"]

    again = until(send(client, page, source="صحيفة دجلة"), ended)
    assert again.imported == 1
    assert Article.objects.filter(source__name="صحيفة دجلة").exists()


@pytest.mark.django_db
def test_sending_needs_the_permission(client: Client, django_user_model: Any, folder: Path) -> None:
    staff = django_user_model.objects.create_user("reader", password=PASSWORD, is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_importrun"))
    client.force_login(staff)
    run = ImportRun.objects.create(state="interrupted", upload="1/a/a.jsonl")
    progress = f"/admin/corpus/importrun/{run.pk}/progress/"
    assert client.get(UPLOAD).status_code == 403
    assert client.post(UPLOAD, {"file": SimpleUploadedFile("a.txt", b"x")}).status_code == 403
    assert client.get(progress).status_code == 200
    assert client.post(progress).status_code == 403
    assert "upload/" not in client.get("/admin/corpus/importrun/").content.decode()
    staff.user_permissions.clear()
    staff = django_user_model.objects.get(pk=staff.pk)
    client.force_login(staff)
    assert client.get(progress).status_code == 403
    client.logout()
    assert client.get(progress).status_code == 302
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db
def test_a_file_too_large_is_not_kept(
    client: Client, curator: Any, folder: Path, settings: Any
) -> None:
    settings.AQWAL_UPLOAD_MB = 1
    client.force_login(curator)
    large = SimpleUploadedFile("a.txt", b"x" * (1024 * 1024 + 100_000))
    answer = client.post(UPLOAD, {"file": large, "format": "auto", "source": "صحيفة"})
    assert answer.status_code == 413
    assert 'role="alert"' in answer.content.decode()
    assert 'value="صحيفة"' in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc passwd"),
        (".hidden.txt", "hidden.txt"),
        ("..", "upload"),
        ("a\\b.zip", "a b.zip"),
        ("خ" * 300 + ".jsonl", "خ" * 88 + ".jsonl"),
    ],
)
def test_names_stay_in_their_folder(name: str, kept: str) -> None:
    assert background._safe(name) == kept
    assert len(background._safe(name).encode()) < 255
    assert "/" not in background._safe(name)


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_is_shown_as_interrupted_and_goes_on(
    tmp_path: Path, folder: Path, client: Client, curator: Any
) -> None:
    client.force_login(curator)
    run = send(client, jsonl(tmp_path, 1300))
    until(run, lambda found: Article.objects.exists())
    os.killpg(background._children[-1].pid, signal.SIGKILL)
    background._children[-1].wait()
    progress = f"/admin/corpus/importrun/{run.pk}/progress/"
    end = time.monotonic() + 30  # the server notices a dead client when it next writes to it
    while time.monotonic() < end:
        page = client.get(progress).content.decode()
        run.refresh_from_db()
        if run.state == "interrupted":
            break
        time.sleep(0.1)
    assert run.state == "interrupted"
    assert 'method="post"' in page
    assert 'http-equiv="refresh"' not in page
    before = Article.objects.count()
    answer = client.post(progress)
    new = ImportRun.objects.get(pk=int(answer["Location"].strip("/").split("/")[-2]))
    assert new.pk != run.pk
    # Asked again at once, it is not begun twice.
    assert client.post(progress)["Location"] == progress
    until(new, ended)
    assert (new.state, new.read, new.unchanged) == ("finished", 1300, before)
    assert Article.objects.count() == 1300


@pytest.mark.django_db
def test_a_run_that_nobody_takes_up_does_not_wait_for_ever(client: Client, curator: Any) -> None:
    client.force_login(curator)
    run = ImportRun.objects.create(state="waiting")
    progress = f"/admin/corpus/importrun/{run.pk}/progress/"
    assert 'http-equiv="refresh"' in client.get(progress).content.decode()
    ImportRun.objects.update(started=timezone.now() - timedelta(minutes=6))
    client.get(progress)
    run.refresh_from_db()
    assert run.state == "interrupted"


@pytest.mark.parametrize(
    ("state", "percent", "left"),
    [("running", 25, 90), ("interrupted", 25, None), ("finished", 100, None)],
)
def test_time_is_left_only_while_it_runs(state: str, percent: int, left: int | None) -> None:
    ended = timezone.now()
    run = ImportRun(
        state=state,
        started=ended - timedelta(seconds=30),
        finished=ended,
        size=100,
        done=25,
        read=60,
    )
    assert _pace(run) == {"percent": percent, "left": left, "rate": 2.0, "seconds": 30}


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.fill("#id_username", "curator")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_page_follows_the_import_to_its_end(
    new_page: Callable[..., Page], folder: Path, tmp_path: Path, curator: Any, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    log_in(page)
    page.goto("/admin/corpus/importrun/")
    page.click("a[href*=upload]")
    page.set_input_files("#id_file", jsonl(tmp_path, 700))
    page.click("#content [type=submit]")
    expect(page.locator("h1")).to_have_text("استيراد ملف")
    state = page.locator("#import-progress .state")
    expect(state).to_have_text("انتهى", timeout=90_000)
    expect(page.locator("#import-progress td").nth(1)).to_have_text("700")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    if scripts:
        expect(page.locator("#import-state")).to_have_text("انتهى")
    background._children[-1].wait(timeout=60)


@pytest.mark.django_db
def test_another_address_is_another_feed(
    client: Client, curator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(curator)
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr("corpus.admin.feeds.start_command", lambda *a: started.append(a))
    client.post(
        "/admin/corpus/feed/add/",
        {"url": "https://news.example/rss", "enabled": "on", "interval": "15"},
    )
    feed = Feed.objects.get()
    Feed.objects.update(etag='"v1"', status=200, fetched=timezone.now(), failures=3, error="x")
    change = f"/admin/corpus/feed/{feed.pk}/change/"
    assert "news.example" in client.get(change).content.decode()
    client.post(change, {"url": feed.url, "enabled": "on", "interval": "20"})
    feed.refresh_from_db()
    assert (feed.interval, feed.etag) == (20, '"v1"')
    client.post(change, {"url": "https://other.example/rss", "enabled": "on", "interval": "20"})
    feed.refresh_from_db()
    assert (feed.etag, feed.status, feed.fetched, feed.failures) == ("", None, None, 0)
    bad = client.post(change, {"url": "file:///etc/passwd", "enabled": "on", "interval": "20"})
    assert bad.status_code == 200
    feed.refresh_from_db()
    assert feed.url == "https://other.example/rss"
    client.post("/admin/corpus/feed/", {"action": "fetch_now", "_selected_action": [feed.pk]})
    assert started == [("fetch_feeds", "--feed", str(feed.pk), "--quiet", "--workers", "1")]
