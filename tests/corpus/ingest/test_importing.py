"""Whole imports on a real database: counts, repetition, change, several at once, killed ones."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from corpus.indexing.gin import GIN_INDEXES
from corpus.ingest.importing import ImportOptions, Report, run_import
from corpus.models import (
    Article,
    ImportRecord,
    ImportRun,
    Source,
    Speaker,
    Statement,
    StoryDue,
)
from corpus.resolution.settling import settle
from tests.corpus.ingest.corpora import article, state, write_jsonl

# How many times the killed import is tried; AQWAL_… variables do not reach tests.
KILLS = int(os.environ.get("KILLS", "3"))


def load(*paths: Path, **options: Any) -> Report:
    return run_import(ImportOptions(paths=paths, **options))


def counts(report: Report) -> dict[str, int]:
    whole = report.as_json()
    names = ("imported", "updated", "unchanged", "duplicate", "rejected")
    assert whole["read"] == sum(whole[name] for name in names)
    return {name: whole[name] for name in names if whole[name]}


@pytest.mark.django_db
def test_a_second_run_finds_everything_unchanged(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(20)])
    assert counts(load(path)) == {"imported": 20}
    before = state()
    assert before["statements"]
    assert counts(load(path)) == {"unchanged": 20}
    assert state() == before


@pytest.mark.django_db
def test_nothing_is_left_for_the_indexes_to_sort_in(tmp_path: Path) -> None:
    load(write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(30)]))
    with connection.cursor() as cursor:
        for name in GIN_INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_a_changed_record_is_updated_and_nothing_of_the_old_text_stays(tmp_path: Path) -> None:
    load(write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(5)]))
    changed = [article(n, version=n % 2) for n in range(5)]
    assert counts(load(write_jsonl(tmp_path / "a.jsonl", changed))) == {
        "updated": 2,
        "unchanged": 3,
    }
    after = state()
    fresh_ids = {row[1]: row[3] for row in after["articles"]}
    assert fresh_ids == {f"a{n}": changed[n]["text"] for n in range(5)}
    record = ImportRecord.objects.get(external_id="a1")
    assert (record.outcome, record.reason) == ("updated", "changed")
    assert record.article is not None
    Article.objects.all().delete()
    ImportRun.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE corpus_lexemefrequency, corpus_frequencydelta")
    load(tmp_path / "a.jsonl")
    assert state() == after


@pytest.mark.django_db(transaction=True)
def test_speakers_of_a_batch_that_is_not_written_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stand before the batch's rows do, so that nobody waits for these to name them too."""
    path = write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(3)])

    def killed(rows: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("corpus.ingest.writing.copy_rows", killed)
        load(path)
    assert Speaker.objects.exists()
    assert not Article.objects.exists()
    settle()
    assert not Speaker.objects.exists()
    load(path)
    assert Speaker.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_import_does_not_wait_for_reprints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(3)])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("corpus.ingest.importing.BATCH_DOCUMENTS", 1)
        patch.setattr("corpus.ingest.importing.link_stories", never_done)
        patch.setattr("corpus.ingest.importing.link_wordings", interrupted)
        load(path, workers=2)
    assert Article.objects.count() == 3
    assert StoryDue.objects.count() == 3
    load(path)
    assert not StoryDue.objects.exists()


def never_done() -> None:
    time.sleep(3600)


def interrupted() -> None:
    raise KeyboardInterrupt


@pytest.mark.django_db
def test_with_update_never_stored_articles_stay(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1)])
    load(path)
    before = state()
    write_jsonl(path, [article(1, version=1)])
    assert counts(load(path, update=False)) == {"unchanged": 1}
    assert state() == before


@pytest.mark.django_db
def test_repeated_ids_and_texts_never_flip_flop(tmp_path: Path) -> None:
    first = article(1)
    records = [
        first,
        {**article(2), "id": "a1"},  # the id again, with another text
        {**first, "id": "b1"},  # the text again, under another id
        first,  # the same record again
        {**first, "source": "وكالة دجلة"},  # another source: an article of its own
    ]
    path = write_jsonl(tmp_path / "a.jsonl", records)
    assert counts(load(path)) == {"imported": 2, "duplicate": 3}
    before = state()
    reasons = dict(ImportRecord.objects.values_list("position", "reason"))
    assert reasons == {"line 2": "id-repeated", "line 3": "same-text", "line 4": "same-text"}
    assert not ImportRecord.objects.filter(article=None).exists()
    for _ in range(2):
        assert counts(load(path)) == {"unchanged": 2, "duplicate": 3}
        assert state() == before


@pytest.mark.django_db
def test_what_cannot_be_an_article_is_rejected_with_its_place(tmp_path: Path) -> None:
    records = [article(1), {"id": "x", "title": "", "text": ""}, article(2)]
    path = write_jsonl(tmp_path / "a.jsonl", records)
    path.write_text(path.read_text() + "{broken\n")
    report = load(path)
    assert counts(report) == {"imported": 2, "rejected": 2}
    rejected = ImportRecord.objects.filter(outcome="rejected").order_by("position")
    assert [(Path(r.file).name, r.position) for r in rejected] == [
        ("a.jsonl", "line 2"),
        ("a.jsonl", "line 4"),
    ]
    run = ImportRun.objects.get(pk=report.run)
    assert (run.read, run.imported, run.rejected, run.state) == (4, 2, 2, "finished")


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    records = [article(1), article(2), {**article(1), "id": "b"}, {"id": "x", "text": ""}]
    path = write_jsonl(tmp_path / "a.jsonl", records)
    before = state()
    said = counts(load(path, dry_run=True))
    assert state() == before
    assert not ImportRun.objects.exists()
    assert not Source.objects.exists()
    assert counts(load(path)) == said


@pytest.mark.django_db
def test_limit_and_since(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(10)])
    assert counts(load(path, limit=3)) == {"imported": 3}
    from datetime import UTC, datetime

    report = load(path, since=datetime(2020, 1, 9, tzinfo=UTC))
    assert (counts(report), report.skipped) == ({"imported": 2}, 8)


@pytest.mark.django_db
def test_a_record_the_database_refuses_costs_only_itself(tmp_path: Path, monkeypatch: Any) -> None:
    from corpus.ingest import writing

    def poisoned(*args: Any, original: Any = writing._row) -> dict[str, Any]:
        row: dict[str, Any] = original(*args)
        return {**row, "section": "x" * 300} if row["external_id"] == "a7" else row

    monkeypatch.setattr(writing, "_row", poisoned)
    path = write_jsonl(tmp_path / "a.jsonl", [article(n) for n in range(12)])
    report = load(path)
    assert counts(report) == {"imported": 11, "rejected": 1}
    assert report.result.reasons == {"not-storable": 1}
    assert ImportRecord.objects.get().external_id == "a7"


@pytest.mark.django_db
def test_an_article_the_extractor_fails_on_is_kept_for_later(
    tmp_path: Path, monkeypatch: Any
) -> None:
    from corpus import extraction

    monkeypatch.setattr(extraction, "extract_statements", lambda title, body: 1 / 0)
    path = write_jsonl(tmp_path / "a.jsonl", [article(1)])
    assert counts(load(path)) == {"imported": 1}
    assert Article.objects.get().extractor_version == 0
    assert not Statement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_run_whose_process_is_gone_is_marked_by_the_next(tmp_path: Path) -> None:
    gone = ImportRun.objects.create()
    load(write_jsonl(tmp_path / "a.jsonl", [article(1)]))
    gone.refresh_from_db()
    assert gone.state == "interrupted"


def command(*arguments: str) -> subprocess.Popen[str]:
    """import_corpus in a process of its own, on the tests' database."""
    database = connection.settings_dict
    code = (
        "import sys, django; from django.conf import settings; django.setup();"
        "from django.db import connections;"
        f"connections['default'].settings_dict['NAME'] = {database['NAME']!r};"
        "from django.core.management import call_command;"
        "call_command('import_corpus', *sys.argv[1:])"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=Path(__file__).resolve().parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE corpus_source, corpus_importrun, corpus_speaker, corpus_lexemefrequency, "
            "corpus_frequencydelta, corpus_story, corpus_feed, corpus_speakerdue "
            "RESTART IDENTITY CASCADE"
        )


def many(tmp_path: Path, number: int = 1300) -> Path:
    """Articles with duplicates of every sort among them, in more than two batches."""
    records = [article(n) for n in range(number)]
    records[700:700] = [{**article(n), "id": f"copy{n}"} for n in range(0, 600, 40)]
    records[900:900] = [{**article(n, version=1), "id": f"a{n}"} for n in range(5, 800, 50)]
    return write_jsonl(tmp_path / "many.jsonl", records)


@pytest.mark.django_db(transaction=True)
def test_workers_and_parallel_imports_give_what_one_process_gives(tmp_path: Path) -> None:
    path = many(tmp_path)
    alone = counts(load(path))
    wanted = state()
    empty()
    process = command(str(path), "--workers", "2", "--json", "--quiet")
    output, _ = process.communicate(timeout=240)
    assert process.returncode == 0, output
    result = json.loads(output.strip().splitlines()[-1])
    assert {k: v for k, v in result.items() if k in alone} == alone
    assert 50 < result["peak_mb"] < 500, "of the reader or the largest worker"
    assert state() == wanted

    empty()
    processes = [command(str(path), "--workers", "1", "--json", "--quiet") for _ in range(3)]
    results = []
    for process in processes:
        output, _ = process.communicate(timeout=240)
        assert process.returncode == 0, output
        results.append(json.loads(output.strip().splitlines()[-1]))
    assert state() == wanted
    assert sum(result["imported"] for result in results) == alone["imported"]
    assert sum(result["updated"] for result in results) == 0


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_and_run_again_it_gives_the_same_rows(tmp_path: Path) -> None:
    path = many(tmp_path)
    load(path)
    wanted = state()
    chance = random.Random(7)
    for _ in range(KILLS):
        empty()
        process = command(str(path), "--workers", "2", "--quiet")
        wait = chance.uniform(1.0, 8.0)
        try:
            process.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        _until_alone()
        assert Article.objects.count() <= len(wanted["articles"])
        load(path)
        assert state() == wanted, f"after a kill at {wait:.2f} s"
        assert not ImportRun.objects.filter(state="running").exists()


def _until_alone() -> None:
    """The server notices a dead client when it next writes to it."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_interrupted_it_says_so_and_ends_with_130(tmp_path: Path) -> None:
    path = many(tmp_path)
    process = command(str(path), "--workers", "2", "--json")
    for _ in range(1200):
        # Something is written and the last batch is not: the middle of the run.
        if Article.objects.exists():
            break
        assert process.poll() is None, "it ended before it could be interrupted"
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 130, output
    run = ImportRun.objects.get()
    assert run.state == "interrupted"
    assert json.loads(output.strip().splitlines()[-1])["read"] == run.read


@pytest.mark.django_db
def test_numeric_dates_are_read_in_their_sources_order(tmp_path: Path) -> None:
    Source.objects.create(name="أمريكية", date_order="mdy")
    records = [
        {**article(n), "id": f"{source}{n}", "source": source, "published_at": raw}
        for source in ("أمريكية", "صحيفة الفرات")
        for n, raw in ((1, "03/04/2015"), (2, "25/12/2015"))
    ]
    report = load(write_jsonl(tmp_path / "a.jsonl", records))
    found = {
        a.external_id: (a.published and a.published.date().isoformat(), a.precision)
        for a in Article.objects.all()
    }
    assert found == {
        "أمريكية1": ("2015-03-04", "day"),
        "أمريكية2": (None, ""),
        "صحيفة الفرات1": ("2015-04-03", "day"),
        "صحيفة الفرات2": ("2015-12-25", "day"),
    }
    assert report.as_json()["dates_left_empty"] == {"date-impossible": 1}
    assert Article.objects.get(external_id="أمريكية2").published_raw == "25/12/2015"


@pytest.mark.django_db
def test_relative_dates_count_from_the_files_own_time(tmp_path: Path) -> None:
    import zipfile
    from datetime import UTC, datetime

    path = write_jsonl(tmp_path / "a.jsonl", [{**article(1), "published_at": "منذ يومين"}])
    then = datetime(2019, 5, 10, 15, tzinfo=UTC).timestamp()
    os.utime(path, (then, then))
    member = zipfile.ZipInfo("b.jsonl", date_time=(2018, 2, 3, 4, 5, 6))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(
            member, json.dumps({**article(2), "published_at": "أمس"}, ensure_ascii=False)
        )
    load(path, tmp_path / "b.zip")
    found = dict(Article.objects.values_list("external_id", "published"))
    assert {pk: when.date().isoformat() for pk, when in found.items()} == {
        "a1": "2019-05-08",
        "a2": "2018-02-02",
    }
