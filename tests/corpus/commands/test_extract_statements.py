"""manage.py extract_statements over stored articles, and what a curator decided before it
and before every other re-run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from corpus import curation, extraction
from corpus.indexing.rows import reindex_articles
from corpus.ingest import extracting
from corpus.models import (
    Article,
    MergeProposal,
    Speaker,
    SpeakerMerge,
    Statement,
    StatementSearchRow,
)
from corpus.quotes.extract import EXTRACTOR_VERSION
from tests.corpus.ingest.corpora import article, state, write_jsonl
from tests.corpus.ingest.test_importing import load

pytestmark = pytest.mark.django_db

Out = pytest.CaptureFixture[str]


def extract(out: Out, *arguments: str) -> dict[str, int]:
    """Run the command in this process; what it said it did."""
    out.readouterr()
    call_command("extract_statements", "--workers", "1", *arguments)
    return told(out)


def told(out: Out) -> dict[str, int]:
    text = out.readouterr().out
    counts = {
        name: int(number)
        for name, number in re.findall(r"(added|changed|removed|unchanged) (\d+)", text)
    }
    articles = re.search(r"(\d+) articles at version", text)
    kept = re.search(r"kept as curated (\d+)", text)
    assert articles is not None and kept is not None, text
    return {"articles": int(articles[1]), **counts, "kept": int(kept[1])}


def make_old(version: int = EXTRACTOR_VERSION - 1) -> dict[str, int]:
    """Let the database look as an older extractor left it; what the newer one will do."""
    statements = list(Statement.objects.order_by("key"))
    lost, other, gone = statements[:7], statements[7:12], statements[12:15]
    for one in other:
        one.kind, one.cue, one.confidence = "colon", "زعم", 0.1
        one.save()
    for one in gone:
        start = one.article.body.rindex(".") - 3
        Statement.objects.create(
            article=one.article,
            key=f"old{one.key[:10]}",
            kind="indirect",
            start=start,
            end=start + 3,
            text=one.article.body[start : start + 3],
        )
    Article.objects.update(extractor_version=version)
    with transaction.atomic():
        # Their search rows stay for the indexing, which has to count them back.
        Statement.objects.filter(pk__in=[s.pk for s in lost])._raw_delete("default")
        reindex_articles(Article.objects.values_list("pk", flat=True))
    same = len(statements) - len(lost) - len(other)
    return {"added": len(lost), "changed": len(other), "removed": len(gone), "unchanged": same}


def fill(folder: Path, number: int = 30) -> None:
    load(write_jsonl(folder / "a.jsonl", [article(n) for n in range(number)]))


def test_it_reports_and_brings_everything_up_to_date(tmp_path: Path, capsys: Out) -> None:
    fill(tmp_path)
    wanted = state()
    expected = make_old()
    assert state() != wanted
    assert extract(capsys) == {"articles": 30, **expected, "kept": 0}
    assert state() == wanted
    # Nothing is left to do.
    nothing = dict.fromkeys(("articles", *expected, "kept"), 0)
    assert extract(capsys) == nothing


def test_quiet_it_says_nothing(tmp_path: Path, capsys: Out) -> None:
    fill(tmp_path, 2)
    Article.objects.update(extractor_version=0)
    capsys.readouterr()
    call_command("extract_statements", "--workers", "1", "--quiet")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
    assert not Article.objects.exclude(extractor_version=EXTRACTOR_VERSION).exists()


def test_since_leaves_older_ones_alone(tmp_path: Path, capsys: Out) -> None:
    fill(tmp_path, 6)
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    Article.objects.filter(pk__in=ids[:2]).update(extractor_version=EXTRACTOR_VERSION - 2)
    Article.objects.filter(pk__in=ids[2:5]).update(extractor_version=EXTRACTOR_VERSION - 1)
    found = extract(capsys, "--since", str(EXTRACTOR_VERSION - 1))
    assert found["articles"] == 3
    left = Article.objects.exclude(extractor_version=EXTRACTOR_VERSION)
    assert sorted(left.values_list("pk", flat=True)) == ids[:2]


def test_one_article_whatever_its_version(tmp_path: Path, capsys: Out) -> None:
    fill(tmp_path, 6)
    wanted = state()
    chosen, other = Article.objects.order_by("pk")[:2]
    for one in (chosen, other):
        Statement.objects.filter(article=one).update(cue="زعم")
    found = extract(capsys, "--article", str(chosen.pk))
    assert (found["articles"], found["changed"]) == (1, 3)
    assert not chosen.statements.filter(cue="زعم").exists()
    assert other.statements.filter(cue="زعم").count() == 3
    assert state()["statements"] == wanted["statements"]
    with pytest.raises(CommandError, match="no article"):
        call_command("extract_statements", "--article", "999999999")


class Stopped(Exception):
    """The process is gone."""


@pytest.mark.django_db(transaction=True)
def test_interrupted_it_goes_on_where_it_was(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "BATCH", 10)
    fill(tmp_path, 35)
    wanted = state()
    expected = make_old()
    totals: dict[str, int] = {}
    real, calls = extracting.extract_batch, [0]

    def batch_then(problem: type[BaseException]) -> Callable[[Any], Any]:
        def batch(ids: Any) -> Any:
            calls[0] += 1
            if calls[0] == 2:
                raise problem
            return real(ids)

        return batch

    def add(found: dict[str, int]) -> None:
        for name, number in found.items():
            totals[name] = totals.get(name, 0) + number

    # Ctrl-C between two batches.
    monkeypatch.setattr(extracting, "extract_batch", batch_then(KeyboardInterrupt))
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        call_command("extract_statements", "--workers", "1")
    assert ended.value.code == 130
    first = capsys.readouterr().out
    assert "Interrupted; run it again" in first
    monkeypatch.setattr(extracting, "extract_batch", real)
    assert Article.objects.filter(extractor_version=EXTRACTOR_VERSION).count() == 10
    # The process dies within a batch, its statements written and its rows not.
    index, written = extracting.index_articles, [0]

    def index_then_die(*arguments: Any, **options: Any) -> None:
        written[0] += 1
        if written[0] == 2:
            raise Stopped
        index(*arguments, **options)

    monkeypatch.setattr(extracting, "index_articles", index_then_die)
    before = Article.objects.filter(extractor_version=EXTRACTOR_VERSION).count()
    with pytest.raises(Stopped):
        call_command("extract_statements", "--workers", "1", "--quiet")
    monkeypatch.setattr(extracting, "index_articles", index)
    done = Article.objects.filter(extractor_version=EXTRACTOR_VERSION).count()
    assert before <= done < 35
    add(extract(capsys))
    assert totals["articles"] == 35 - done
    assert totals["added"] <= expected["added"]
    assert state() == wanted


def test_what_cannot_be_read_is_left_as_it_was(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, 4)
    Article.objects.update(extractor_version=0)
    wanted = state()["statements"]
    bad = Article.objects.order_by("pk")[1]
    real = extraction.extract_statements

    def fail(title: str, body: str) -> Any:
        if title == bad.title:
            raise RecursionError
        return real(title, body)

    monkeypatch.setattr(extraction, "extract_statements", fail)
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        call_command("extract_statements", "--workers", "1")
    assert ended.value.code == 1
    assert "left as they were: 1" in capsys.readouterr().out
    assert state()["statements"] == wanted
    bad.refresh_from_db()
    assert bad.extractor_version == 0


# What a curator did, and every re-run after it.

TEXTS = {
    "1": 'قال سامر العلي: "إن المشروع سيكتمل في الربيع".\nوأكد سامر العلي أن الميزانية كافية.',
    "2": 'قالت ليلى الحداد: "إن الجسر يحتاج إلى ترميم عاجل".',
    "3": 'قال كريم منصور: "إن السوق ستفتح أبوابها غدا".\nوأضاف كريم منصور أن المياه عادت.',
    "4": 'قال جون غاردنر: "إن الاتفاق وقع أمس في المدينة".',
    "5": 'قال جون جاردنر: "إن التعليم حق للجميع".',
    "6": 'قال هشام نصار: "إن الزراعة تتعافى ببطء".',
    "7": 'قال نصار: "إن المطار سيعود إلى العمل".',
    "8": 'قال بيل كوردن: "إن الميناء مفتوح للسفن".\nوقال بيل جوردن: "إن الرصيف الجديد جاهز".',
}


def records(prefix: str = "") -> list[dict[str, Any]]:
    return [
        {"id": n, "title": f"خبر {n}", "text": prefix + text, "source": "صحيفة"}
        for n, text in TEXTS.items()
    ]


def write(path: Path, prefix: str = "") -> Path:
    lines = (json.dumps(r, ensure_ascii=False) + "\n" for r in records(prefix))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def said(words: str) -> Statement:
    return Statement.objects.get(text__contains=words)


def save_speaker(client: Client, speaker: Speaker, name: str, *deleted: str) -> None:
    """Save a speaker's form with this name, and without the aliases of these keys."""
    aliases = list(speaker.aliases.order_by("pk"))
    data: dict[str, Any] = {
        "name": name,
        "type": speaker.type,
        "description": speaker.description,
        "aliases-TOTAL_FORMS": len(aliases),
        "aliases-INITIAL_FORMS": len(aliases),
    }
    for n, alias in enumerate(aliases):
        data |= {f"aliases-{n}-id": alias.pk, f"aliases-{n}-speaker": speaker.pk}
        data[f"aliases-{n}-name"] = alias.name
        if alias.key in deleted:
            data[f"aliases-{n}-DELETE"] = "on"
    answer = client.post(reverse("admin:corpus_speaker_change", args=[speaker.pk]), data)
    assert answer.status_code == 302, answer.context["errors"]


@pytest.fixture
def curated(client: Client, django_user_model: Any, tmp_path: Path) -> dict[str, Any]:
    """The corpus above with a little of everything that a curator can do, and how it stands."""
    client.force_login(
        django_user_model.objects.create_superuser("curator", "", "x" * 20),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    load(write(tmp_path / "c.jsonl"))
    call_command("resolve_speakers", "--quiet")
    other = Speaker.objects.create(name="متحدث آخر", key="متحدث اخر", origin="curator")
    changed = said("في الربيع")
    answer = client.post(
        reverse("admin:corpus_statement_change", args=[changed.pk]),
        {"field": "body", "text": "المشروع سيكتمل", "kind": "indirect", "speaker": other.pk},
    )
    assert answer.status_code == 302
    curation.reject([said("ترميم عاجل").pk])
    curation.approve([said("ستفتح أبوابها").pk])
    save_speaker(client, Speaker.objects.get(name="كريم منصور"), "كريم عمر منصور")
    save_speaker(client, Speaker.objects.get(name="هشام نصار"), "هشام نصار", "نصار")
    john = Speaker.objects.get(name="جون غاردنر")
    curation.merge([Speaker.objects.get(name="جون جاردنر")], john, None)
    bills = MergeProposal.objects.get(state="open")
    curation.dismiss_proposals([bills.pk], None)
    # The removed alias bears on a statement that no curator touched.
    call_command("resolve_speakers", "--quiet")
    stands = standing()
    assert len(stands["statements"]) == 3
    assert stands["mansour"] == {"كريم عمر منصور"}
    assert stands["nassar"] == "نصار"
    assert stands["john"] == {"جون غاردنر"}
    return stands


def standing() -> dict[str, Any]:
    """All that a curator decided, as readers see it."""
    touched = Statement.objects.exclude(curation="auto").order_by("key").select_related("speaker")
    return {
        "statements": [
            (s.key, s.text, s.kind, s.speaker and s.speaker.name, s.curation, s.stands)
            for s in touched
        ],
        "mansour": set(
            Statement.objects.filter(article__external_id="3").values_list(
                "speaker__name", flat=True
            )
        ),
        "nassar": said("المطار سيعود").speaker.name,  # type: ignore[union-attr]
        "aliases": sorted(
            Speaker.objects.filter(origin="curator").values_list("name", "aliases__name")
        ),
        "john": set(
            Statement.objects.filter(article__external_id__in="45").values_list(
                "speaker__name", flat=True
            )
        ),
        "merges": list(SpeakerMerge.objects.values_list("speaker__name", "into__name")),
        "proposals": list(
            MergeProposal.objects.order_by("pk").values_list("one__name", "other__name", "state")
        ),
        "hidden": StatementSearchRow.objects.filter(statement__curation="rejected").count(),
        "published": Statement.objects.published().count(),
    }


def import_again(folder: Path) -> None:
    load(write(folder / "c.jsonl", "مقدمة جديدة للخبر.\n"))


def extract_again(folder: Path) -> None:
    Article.objects.update(extractor_version=0)
    call_command("extract_statements", "--workers", "1", "--quiet")


def resolve_again(folder: Path) -> None:
    call_command("resolve_speakers", "--quiet")


def reindex_again(folder: Path) -> None:
    call_command("reindex", "--all", "--workers", "1", "--quiet")


RERUNS = {"import": import_again, "extract": extract_again, "resolve": resolve_again}
RERUNS["reindex"] = reindex_again


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*RERUNS, "all"])
def test_a_curator_s_work_survives(name: str, curated: dict[str, Any], tmp_path: Path) -> None:
    for rerun in RERUNS.values() if name == "all" else (RERUNS[name],):
        rerun(tmp_path)
        assert standing() == curated, rerun.__name__
    for statement in Statement.objects.filter(stands=True).select_related("article"):
        whole = statement.article.title if statement.field == "title" else statement.article.body
        assert whole[statement.start : statement.end] == statement.text


@pytest.mark.django_db(transaction=True)
def test_a_curator_s_statements_count_as_kept(curated: dict[str, Any], capsys: Out) -> None:
    automatic = Statement.objects.filter(curation="auto").count()
    Article.objects.update(extractor_version=0)
    assert extract(capsys) == {
        "articles": len(TEXTS),
        **{"added": 0, "changed": 0, "removed": 0, "unchanged": automatic, "kept": 3},
    }
