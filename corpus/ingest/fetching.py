"""The feeds that are due: fetched side by side, then imported in one run like any file.

What a server says of its feed (ETag, Last-Modified) is kept only after the entries are
stored: a run that was killed asks for them again.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from corpus.documents import RecordError
from corpus.fetching import Bounds, Fetched, FetchError, fetch
from corpus.importers import ReadOptions, Record, read_stream
from corpus.ingest.importing import ImportOptions, Report, run_import
from corpus.models import Feed
from corpus.progress import Progress

AT_ONCE = 8  # feeds asked at the same time


@dataclass(slots=True)
class FeedsReport:
    """What became of the feeds; `imported` is what became of their entries."""

    asked: int = 0
    unchanged: int = 0
    failed: dict[str, str] = field(default_factory=dict)  # address → reason and detail
    imported: Report = field(default_factory=Report)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A feed with what came of it; the body waits in a file."""

    feed: Feed
    fetched: Fetched | None
    error: FetchError | None
    body: Path


def fetch_feeds(
    feeds: Sequence[Feed], *, workers: int = 1, quiet: bool = True, report: FeedsReport
) -> None:
    """Ask for these feeds and import what is new; the report is filled as it goes.

    Nothing that a server does raises. Without any new content there is no import run.
    """
    with tempfile.TemporaryDirectory(prefix="feeds-", dir=_folder()) as folder:
        answers = _ask(feeds, Path(folder), quiet)
        report.asked = len(answers)
        told = [a for a in answers if a.error or (a.fetched and a.fetched.status == 200)]
        report.unchanged = len(answers) - len(told)
        for answer in answers:
            if answer.error:
                said = f"{answer.error.reason}: {answer.error.detail}"
                report.failed[answer.feed.url] = said
                _failed(answer.feed, answer.error, said)
        if told:
            options = ImportOptions(
                paths=[], inputs=[a.feed.url for a in told], format="feed", workers=workers
            )
            problems: dict[int, str] = {}

            def records(reading: ReadOptions) -> Iterator[Record]:
                for answer in told:
                    yield from _records(answer, reading, problems)

            run_import(options, quiet=quiet, report=report.imported, records=records)
        for answer in answers:
            if answer.fetched:
                problem = problems.get(answer.feed.pk, "") if told else ""
                _succeeded(answer.feed, answer.fetched, report.imported.run, problem)
                if problem:
                    report.failed[answer.feed.url] = problem


def _folder() -> Path:
    folder = Path(settings.AQWAL_UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _ask(feeds: Sequence[Feed], folder: Path, quiet: bool) -> list[_Answer]:
    """The answers in the order of the feeds, so that a run can be repeated."""
    bounds = Bounds(
        seconds=settings.AQWAL_FEED_SECONDS,
        silence=min(20.0, settings.AQWAL_FEED_SECONDS),
        size=settings.AQWAL_FEED_MB * 1024 * 1024,
        private=settings.AQWAL_PRIVATE_FEEDS,
    )
    progress = Progress(len(feeds), "feeds", quiet=quiet)
    try:
        # Threads that touch no database: a feed row is plain data to them.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            asked = [pool.submit(_one, feed, folder / str(feed.pk), bounds) for feed in feeds]
            for _done in as_completed(asked):
                progress.advance(1, 1)
            return [one.result() for one in asked]
    finally:
        progress.close()


def _one(feed: Feed, body: Path, bounds: Bounds) -> _Answer:
    try:
        fetched = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified, bounds=bounds)
        body.write_bytes(fetched.body)
    except (FetchError, OSError) as error:
        failure = error if isinstance(error, FetchError) else FetchError("unreadable", str(error))
        return _Answer(feed, None, failure, body)
    return _Answer(feed, replace(fetched, body=b""), None, body)


def _records(answer: _Answer, reading: ReadOptions, problems: dict[int, str]) -> Iterator[Record]:
    """The entries of one feed, or the error it ended in, which counts as one record."""
    feed = answer.feed
    if answer.error or answer.fetched is None:
        assert answer.error is not None
        yield RecordError(
            file=feed.url, position="", reason=answer.error.reason, detail=answer.error.detail
        )
        return
    options = replace(reading, source=feed.source.name) if feed.source else reading
    stream = io.BytesIO(answer.body.read_bytes())
    found = False
    for record in read_stream(stream, feed.url, options, answer.fetched.modified):
        if isinstance(record, RecordError) and not record.position:
            # About the feed as a whole, not about an entry.
            problems[feed.pk] = f"{record.reason}: {record.detail}"
        found = True
        yield record
    if not found:
        problems[feed.pk] = "no-records"


def _failed(feed: Feed, error: FetchError, said: str) -> None:
    Feed.objects.filter(pk=feed.pk).update(
        fetched=timezone.now(), status=error.status, error=said, failures=F("failures") + 1
    )


def _succeeded(feed: Feed, fetched: Fetched, run: int | None, problem: str) -> None:
    """Keep what the server said; of a feed that could not be read nothing is kept to skip it."""
    changed: dict[str, object] = {
        "fetched": timezone.now(),
        "status": fetched.status,
        "error": problem,
        "failures": F("failures") + 1 if problem else 0,
    }
    if fetched.status == 200:
        changed["run"] = run
        changed["etag"] = "" if problem else fetched.etag
        changed["last_modified"] = "" if problem else fetched.last_modified
    # An address that a curator changed meanwhile is another feed.
    Feed.objects.filter(pk=feed.pk, url=feed.url).update(**changed)
