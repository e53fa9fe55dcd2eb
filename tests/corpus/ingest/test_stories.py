"""Reprints and versions become stories, whatever the order they come in."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from corpus.ingest.stories import CANDIDATES, SHARED_BANDS
from corpus.models import Article, Story, StoryDue
from tests.corpus.ingest.corpora import article, write_jsonl
from tests.corpus.ingest.test_importing import load

ORIGINAL = article(1)
REPRINT = {**ORIGINAL, "id": "r", "source": "وكالة دجلة", "title": "عنوان آخر"}
UPDATE = {**ORIGINAL, "id": "u", "text": f"{ORIGINAL['text']}\nوأضاف المصدر أن التفاصيل لاحقا."}
OTHER = article(2)


def stories() -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for story, external_id in Article.objects.exclude(story=None).values_list(
        "story", "external_id"
    ):
        found.setdefault(story, set()).add(external_id)
    return {frozenset(members) for members in found.values()}


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_the_order_makes_no_difference(tmp_path: Path, order: tuple[int, ...]) -> None:
    records: list[dict[str, Any]] = [ORIGINAL, REPRINT, UPDATE, OTHER]
    for place in order:
        load(write_jsonl(tmp_path / "a.jsonl", [records[place]]))
    assert stories() == {frozenset({"a1", "r", "u"})}
    assert Story.objects.count() == 1
    assert not StoryDue.objects.exists()


@pytest.mark.django_db
def test_an_article_whose_text_changed_leaves_its_story(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    load(write_jsonl(path, [ORIGINAL, REPRINT, UPDATE]))
    load(write_jsonl(path, [{**article(9), "id": "u"}]))
    assert stories() == {frozenset({"a1", "r"})}
    load(write_jsonl(path, [{**article(8), "id": "r", "source": "وكالة دجلة"}]))
    assert stories() == set()
    assert not Story.objects.exists()


@pytest.mark.django_db
def test_an_article_whose_text_changed_joins_one_that_came_later(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    load(write_jsonl(path, [{**OTHER, "id": "u"}, ORIGINAL]))
    load(write_jsonl(path, [UPDATE]))
    assert stories() == {frozenset({"a1", "u"})}


@pytest.mark.django_db
def test_texts_that_only_look_alike_are_compared_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.ingest import stories as linking

    compared = []

    def refusing(*texts: set[int]) -> bool:
        compared.append(texts)
        return False

    monkeypatch.setattr(linking, "alike", refusing)
    monkeypatch.setattr(linking, "BATCH", 1)
    load(write_jsonl(tmp_path / "a.jsonl", [ORIGINAL, REPRINT]))
    assert len(compared) == 1
    assert stories() == set()


@pytest.mark.django_db
def test_an_article_that_joins_two_stories_makes_them_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    words = ORIGINAL["text"].split() + article(3)["text"].split()
    third = len(words) // 4
    first, both, last = words[: 3 * third], words[third // 2 : -third // 2], words[third:]
    records = [
        {"id": name, "title": "", "text": " ".join(text), "source": "س"}
        for name, text in (("first", first), ("last", last), ("both", both))
    ]
    load(write_jsonl(path, records))
    together = stories()
    assert together == {frozenset({"first", "last", "both"})}


@pytest.mark.django_db
def test_many_versions_of_one_text_are_not_all_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.ingest import stories as linking

    compared = []

    def counting(*texts: set[int], judge: Any = linking.alike) -> bool:
        compared.append(texts)
        return bool(judge(*texts))

    monkeypatch.setattr(linking, "alike", counting)
    records = [{**ORIGINAL, "id": f"v{n}", "text": f"{ORIGINAL['text']} {n}"} for n in range(30)]
    path = write_jsonl(tmp_path / "a.jsonl", records)
    load(path)
    assert stories() == {frozenset(f"v{n}" for n in range(30))}
    assert len(compared) == 29, "of 435 pairs"
    load(write_jsonl(path, [{**ORIGINAL, "id": "late", "text": f"{ORIGINAL['text']} 99"}]))
    assert len(compared) == 30
    assert Article.objects.filter(story=None).count() == 0


@pytest.mark.django_db
def test_reprints_are_found_by_their_index_in_a_large_archive_too() -> None:
    with connection.cursor() as cursor:
        # Rows of no articles, gone when the test ends.
        cursor.execute("ALTER TABLE corpus_fingerprint DISABLE TRIGGER ALL")
        cursor.execute(
            "INSERT INTO corpus_fingerprint (article_id, bands) SELECT n, ARRAY[n, -n]"
            " FROM generate_series(1, 100000) AS n"
        )
        cursor.execute("ANALYZE corpus_fingerprint")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {SHARED_BANDS}", [CANDIDATES, list(range(1, 501))])
        plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "on fingerprint_bands" in plan, plan
        cursor.execute("ALTER TABLE corpus_fingerprint ENABLE TRIGGER ALL")
