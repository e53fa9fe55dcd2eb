"""Export → fresh instance → export gives the same bytes, curation and all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from corpus import curation
from corpus.indexing.rows import reindex_articles
from corpus.models import (
    Article,
    Feed,
    MergeProposal,
    Source,
    Speaker,
    SpeakerAlias,
    SpeakerMerge,
    Statement,
)
from tests.corpus.ingest.corpora import article, state, write_jsonl
from tests.corpus.ingest.test_importing import counts, empty, load


def curate() -> None:
    """A little of everything that a curator does."""
    first, second, third, *_ = Statement.objects.filter(kind="direct").order_by("key")
    first.curation = "approved"
    first.save()
    second.curation = "rejected"
    second.found_start, second.found_end = second.start, second.end
    second.found_kind = second.kind
    second.save()
    chosen = Speaker.objects.create(name="سامر العلي", key="سامر العلي", origin="curator")
    SpeakerAlias.objects.create(speaker=chosen, name="العلي", key="العلي", origin="curator")
    Speaker.objects.create(name="س. العلي", key="س العلي", merged_into=chosen)
    third.curation = "corrected"
    third.speaker = chosen
    third.end -= 3
    third.text = third.text[:-3]
    third.save()
    # A merge, and one that was taken back, as the administration makes them.
    one, two, three = (
        Speaker.objects.get(name=name) for name in ("ليلى حداد", "كريم منصور", "نادية السالم")
    )
    # Proposed merges: one is merged, one dismissed after a second thought, one left open.
    for left, right in ((one, two), (two, three), (two, chosen)):
        lower, higher = sorted((left.pk, right.pk))
        MergeProposal.objects.create(
            one_id=lower, other_id=higher, reason="spelling", one_statements=lower,
            other_statements=higher, shared_articles=2, shared_roles=["وزير"],
        )  # fmt: skip
    assert curation.merge([one], two, None)
    curation.merge([three], two, None)
    curation.undo_merge(SpeakerMerge.objects.get(speaker=three))
    last = MergeProposal.objects.get(one__in=(two, three), other__in=(two, three))
    assert curation.dismiss_proposals([last.pk], None)
    Feed.objects.create(
        url="https://news.example/rss", source=Source.objects.order_by("name")[0], interval=15
    )
    Feed.objects.create(url="https://news.example/atom", enabled=False)


def decisions() -> set[tuple[frozenset[str], str, int]]:
    """The proposals that were decided: the two names, how, and the statements of the first."""
    rows = MergeProposal.objects.exclude(state="open").select_related("one", "other")
    found = set()
    for row in rows:
        counts = {row.one.name: row.one_statements, row.other.name: row.other_statements}
        found.add((frozenset(counts), row.state, counts[min(counts)]))
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_export_import_export_is_byte_identical(tmp_path: Path, name: str) -> None:
    records: list[dict[str, Any]] = [article(n) for n in range(30)]
    records += [{**article(n), "source": "وكالة دجلة"} for n in range(5)]  # reprints: stories
    records[3]["published_at"] = ""
    load(write_jsonl(tmp_path / "a.jsonl", records))
    curate()
    # What the administration does after each of these.
    reindex_articles(Article.objects.values_list("pk", flat=True))
    one, two = tmp_path / name, tmp_path / f"again-{name}"
    call_command("export_corpus", str(one), quiet=True)
    merged = set(SpeakerMerge.objects.values_list("speaker__key", "into__key", "undone"))
    assert len(merged) == 2
    decided = decisions()
    assert {state for _, state, _ in decided} == {"accepted", "dismissed"}
    whole = state()
    assert any(row[-1] for row in whole["articles"]), "the reprints are stories"
    first_source = Source.objects.order_by("name")[0].name
    empty()
    assert not Feed.objects.exists()
    assert counts(load(one)) == {"imported": 35}
    after = state()
    assert after == whole
    assert set(SpeakerMerge.objects.values_list("speaker__key", "into__key", "undone")) == merged
    assert dict(Feed.objects.values_list("interval", "source__name"))[15] == first_source
    call_command("export_corpus", str(two), quiet=True)
    assert one.read_bytes() == two.read_bytes()
    assert counts(load(one)) == {"unchanged": 35}
    assert (Feed.objects.count(), SpeakerMerge.objects.count()) == (2, 2)
    assert decisions() == decided
    assert not MergeProposal.objects.filter(state="open").exists()
    # The records it once came from are recognised too, and curation stays.
    assert counts(load(tmp_path / "a.jsonl")) == {"unchanged": 35}
    assert state()["statements"] == whole["statements"]
    # The merge can be taken back where it was restored, statements and all.
    made = SpeakerMerge.objects.get(undone=None)
    assert curation.undo_merge(made) == len(made.statements) > 0


@pytest.mark.django_db
def test_a_copy_does_not_overwrite_newer_work(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1), article(2)])
    load(path)
    call_command("export_corpus", str(tmp_path / "copy.jsonl"), quiet=True)
    load(write_jsonl(path, [article(1, version=1)]))
    newer = Article.objects.get(external_id="a1").body
    assert counts(load(tmp_path / "copy.jsonl")) == {"unchanged": 1, "rejected": 1}
    assert Article.objects.get(external_id="a1").body == newer


@pytest.mark.django_db
def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    load(write_jsonl(tmp_path / "a.jsonl", [article(1), article(2)]))
    path = tmp_path / "copy.jsonl"
    call_command("export_corpus", str(path), quiet=True)
    lines = path.read_text().splitlines()
    spoilt = json.loads(lines[-1])
    del spoilt["article"]["title"]
    path.write_text("\n".join([*lines[:-1], "{broken", json.dumps(spoilt)]) + "\n")
    Article.objects.all().delete()
    report = load(path)
    assert counts(report) == {"imported": 1, "rejected": 2}
    assert report.result.reasons == {"malformed-export": 1, "not-storable": 1}
