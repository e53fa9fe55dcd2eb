"""The speakers that an import leaves are the same in whatever order its articles came."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from corpus import curation
from corpus.indexing.rows import refresh_speakers
from corpus.ingest.importing import ImportOptions, run_import
from corpus.models import (
    Article,
    ArticleSearchRow,
    Curation,
    Speaker,
    SpeakerAlias,
    SpeakerDue,
    Statement,
    StatementSearchRow,
)
from corpus.resolution import settling
from corpus.resolution.settling import settle
from tests.corpus.ingest.test_importing import empty
from tests.corpus.resolution.test_resolver import person, publish

pytestmark = pytest.mark.django_db(transaction=True)

# (speaker as written, times): surnames alone of one known bearer, of several, of none, of
# one who is nearly always meant; full names in several spellings; bodies and posts.
SPEAKERS = [
    *["الحداد", "ليلى الحداد", "الحداد"],  # one bearer, named in full by one article only
    *["العلي", "سامر العلي", "كريم العلي", "العلي"],  # two: ambiguous
    *["المدير العام سامر العلي", "المدير العام العلي"],  # … unless the role tells
    *["منصور", "منصور"],  # nobody's full name
    *["عبد الله", "نادر عبد الله", "نادر عبدالله"],  # a surname in two words, and in one
    *["روحانی", "حسن روحانی", "حسن روحاني", "حسن روحاني"],  # letters
    *["الزياني", "عادل الزياني", "عادل زياني", "عادل زياني"],  # with الـ and without
    *["وزير التخطيط", "الكرملين", "الخارجية الروسية", "مصدر أمني"],
]
DOMINANT = 24  # articles of one Salem, against one of another


def corpus() -> list[dict[str, Any]]:
    """Some fifty invented articles, each with one statement or two."""
    texts = [f'قال {name}: "إن المشروع رقم {n} سيكتمل قريبا".' for n, name in enumerate(SPEAKERS)]
    texts += [f'قال فادي السالم: "إن الميزانية رقم {n} لم تقر بعد".' for n in range(DOMINANT)]
    texts += ['قالت هدى السالم: "إن المدينة تحتاج إلى جسر جديد".']
    texts += ['أكد السالم: "إن الاتفاق سيوقع في الربيع المقبل".']
    # Two bearers, one of whom this article names in full.
    texts += ['قال كريم العلي: "إن الطريق مفتوح".\nوأضاف العلي: "إن العمل فيه سينتهي غدا".']
    return [
        {"id": str(n), "title": f"خبر {n}", "text": text, "source": "صحيفة"}
        for n, text in enumerate(texts)
    ]


def load(folder: Path, *parts: list[dict[str, Any]], **options: Any) -> None:
    """Import each part in a run of its own."""
    for number, records in enumerate(parts):
        path = folder / f"{number}.jsonl"
        lines = (json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        path.write_text("".join(lines), encoding="utf-8")
        run_import(ImportOptions(paths=(path,), **options))


def result() -> dict[str, Any]:
    """Everything about speakers, by name."""
    rows = StatementSearchRow.objects.order_by("statement__key")
    names = dict(Speaker.objects.values_list("pk", "name"))
    return {
        "speakers": sorted(Speaker.objects.values_list("name", "key", "type", "origin")),
        "aliases": sorted(
            SpeakerAlias.objects.values_list("speaker__name", "name", "key", "origin")
        ),
        "statements": {
            s.key: (s.speaker and s.speaker.name, s.resolution)
            for s in Statement.objects.select_related("speaker")
        },
        "search": [(r.statement.key, names.get(r.speaker or 0)) for r in rows],
        "articles": {
            r.article.external_id: {names[pk] for pk in r.speakers}
            for r in ArticleSearchRow.objects.select_related("article")
        },
    }


def speaker_of(words: str) -> tuple[str | None, str]:
    found = Statement.objects.get(text__contains=words)
    return found.speaker and found.speaker.name, found.resolution.split(":")[0]


def shuffled(seed: int) -> list[dict[str, Any]]:
    records = corpus()
    random.Random(seed).shuffle(records)
    return records


def test_orders_runs_and_a_full_re_run_agree(tmp_path: Path) -> None:
    load(tmp_path, corpus())
    wanted = result()
    assert not SpeakerDue.objects.exists()
    call_command("resolve_speakers", "--quiet")
    assert result() == wanted, "what an import settles is what resolve_speakers says"
    for name in ("reversed", "two runs", "one by one", "shuffled"):
        empty()
        records = corpus()[::-1] if name == "reversed" else shuffled(7)
        if name == "two runs":
            load(tmp_path, records[:25], records[25:])
        elif name == "one by one":
            load(tmp_path, *[[record] for record in records])
        else:
            load(tmp_path, records)
        assert result() == wanted, name
    # And it is what it should be.
    assert speaker_of("رقم 0 سيكتمل") == ("ليلى الحداد", "surname")
    assert speaker_of("رقم 3 سيكتمل") == ("العلي", "surname-ambiguous")
    assert speaker_of("الاتفاق سيوقع") == ("فادي السالم", "surname-dominant")
    assert speaker_of("العمل فيه") == ("كريم العلي", "name")
    assert speaker_of("رقم 9 سيكتمل") == ("منصور", "surname-own")
    aliases = dict(SpeakerAlias.objects.values_list("speaker__name", "name"))
    assert aliases["نادر عبد الله"] == "عبد الله"
    assert aliases["عادل زياني"] == "زياني"


def test_an_update_takes_back_what_it_knew(tmp_path: Path) -> None:
    surname, full = corpus()[0], corpus()[1]
    load(tmp_path, [surname])
    before = result()
    load(tmp_path, [full])
    assert speaker_of("رقم 0 سيكتمل")[0] == "ليلى الحداد"
    # The full name is gone from the only article that had it.
    load(tmp_path, [{**full, "text": "لا قول في هذا الخبر."}])
    after = result()
    assert (after["speakers"], after["statements"]) == (before["speakers"], before["statements"])
    assert speaker_of("رقم 0 سيكتمل") == ("الحداد", "surname-own")


def test_what_a_killed_run_left_is_done_by_the_next(tmp_path: Path) -> None:
    first, second = corpus()[0], corpus()[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.ingest.importing.settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            load(tmp_path, [first, second])
    assert SpeakerDue.objects.exists()
    load(tmp_path, [first])
    assert speaker_of("رقم 0 سيكتمل")[0] == "ليلى الحداد"
    assert not SpeakerDue.objects.exists()


def _killed() -> None:
    raise KeyboardInterrupt


def test_a_curator_s_decision_is_not_undone(tmp_path: Path) -> None:
    by_number = {record["id"]: record for record in corpus()}
    load(tmp_path, [by_number[n] for n in ("0", "3", "9")])
    chosen = Statement.objects.get(text__contains="رقم 0 سيكتمل")
    curation.approve([chosen.pk])
    own = chosen.speaker
    assert own is not None
    # A surname that a curator gave to somebody stays theirs whoever else turns up.
    known = Speaker.objects.create(name="عمر العلي", key="عمر علي", type="person", origin="curator")
    known.aliases.create(name="العلي", key="علي", origin="curator")
    merged = Speaker.objects.get(name="منصور")
    curation.merge([merged], known, None)
    load(tmp_path, [by_number[n] for n in ("1", "4", "5", "10")])
    chosen.refresh_from_db()
    assert (chosen.speaker, chosen.curation) == (own, Curation.APPROVED)
    assert speaker_of("رقم 3 سيكتمل") == ("عمر العلي", "curator-alias")
    assert speaker_of("رقم 10 سيكتمل")[0] == "عمر العلي"
    merged.refresh_from_db()
    assert merged.merged_into == known


def test_a_full_name_that_is_approved_still_tells_who_is_meant() -> None:
    publish("a", person("حسن روحاني"))
    full, bare = publish("b", person("محمد روحاني"), person("روحاني"))

    def said_by() -> tuple[int | None, str]:
        bare.refresh_from_db()
        return bare.speaker_id, bare.resolution.split(":")[0]

    assert said_by() == (full.speaker_id, "surname-article")
    curation.approve([full.pk])
    settle()
    assert said_by() == (full.speaker_id, "surname-article")
    call_command("resolve_speakers", "--quiet")
    assert said_by() == (full.speaker_id, "surname-article")
    curation.reject([full.pk])
    settle()
    assert said_by()[1] == "surname"
    assert said_by()[0] != full.speaker_id


def test_a_small_import_looks_at_little(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    load(tmp_path, corpus())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM corpus_statement WHERE resolution ~ '^surname'")
        assert cursor.fetchone()[0] > 5
    settle()
    with django_assert_max_num_queries(4):
        settle()  # nothing is due
    load(tmp_path, [{**corpus()[9], "id": "new", "text": corpus()[9]["text"] + " نعم."}])
    assert Article.objects.filter(external_id="new").exists()
    assert speaker_of("رقم 0 سيكتمل") == ("ليلى الحداد", "surname")


def test_search_rows_that_have_their_speakers_are_not_written_again(tmp_path: Path) -> None:
    """Each row that is would be sorted into every index again."""
    load(tmp_path, corpus())
    rows = "SELECT article_id, ctid::text FROM corpus_articlesearchrow ORDER BY 1"
    with connection.cursor() as cursor:
        cursor.execute(rows)
        before = cursor.fetchall()
        lost = before[0][0]
        cursor.execute(
            "UPDATE corpus_articlesearchrow SET speakers = '{}' WHERE article_id = %s", [lost]
        )
        refresh_speakers([pk for pk, _ in before])
        cursor.execute(rows)
        written = dict(cursor.fetchall()).items() - dict(before).items()
    assert [pk for pk, _ in written] == [lost]
    assert ArticleSearchRow.objects.get(pk=lost).speakers


def test_few_in_memory_at_once_come_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path, corpus())
    wanted = result()
    empty()
    monkeypatch.setattr(settling, "STATEMENTS", 2)
    monkeypatch.setattr(settling, "KEYS", 3)
    load(tmp_path, corpus()[::-1])
    assert result() == wanted
