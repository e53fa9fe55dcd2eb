"""A curator's work in the admin, and that neither import nor extraction loses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from corpus.ingest.extracting import bring_up_to_date
from corpus.ingest.importing import ImportOptions, run_import
from corpus.models import (
    Article,
    ArticleSearchRow,
    Curation,
    ImportRecord,
    ImportRun,
    Speaker,
    SpeakerMerge,
    Statement,
    StatementSearchRow,
)
from corpus.models.speakers import Origin

pytestmark = pytest.mark.django_db

TEXT = (
    'قال الرئيس الإيراني حسن روحاني: "إن بلاده لن تتراجع عن حقوقها".\n'
    'وأكد الرئيس الروسي فلاديمير بوتين: "إن الحوار هو الطريق الوحيد إلى السلام".'
)


@pytest.fixture
def curator(client: Client, django_user_model: Any) -> Client:
    client.force_login(
        django_user_model.objects.create_superuser("curator", "", "x" * 20),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two imported articles of one text each; the file, to import it again."""
    path = tmp_path / "a.jsonl"
    records = [
        {"id": "1", "title": "تصريحات", "text": TEXT, "source": "صحيفة"},
        {
            "id": "2",
            "title": "اجتماع",
            "text": 'قال حسن روحانی: "إن المباحثات كانت مفيدة جدا".',
            "source": "وكالة",
        },
    ]
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8"
    )
    load(path)
    return path


def load(path: Path) -> None:
    run_import(ImportOptions(paths=(path,)))


def again(path: Path) -> None:
    """Import and extract once more, and the record with more text as well."""
    load(path)
    Article.objects.update(extractor_version=0)
    from corpus.ingest.extracting import outdated

    list(bring_up_to_date(outdated()))
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[0]["text"] = "مقدمة جديدة للخبر.\n" + lines[0]["text"]
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in lines), encoding="utf-8"
    )
    load(path)


def statement(words: str) -> Statement:
    return Statement.objects.filter(text__contains=words).order_by("pk")[0]


def act(client: Client, model: str, action: str, *rows: Any, **data: Any) -> Any:
    return client.post(
        reverse(f"admin:corpus_{model}_changelist"),
        {"action": action, "_selected_action": [r.pk for r in rows], **data},
    )


def save(client: Client, changed: Statement, **data: Any) -> Any:
    values = {
        "field": changed.field,
        "text": changed.text,
        "kind": changed.kind,
        "speaker": changed.speaker_id or "",
    }
    address = reverse("admin:corpus_statement_change", args=[changed.pk])
    return client.post(address, {**values, **data})


def test_a_rejected_statement_stays_rejected_and_unsearchable(
    curator: Client, corpus: Path
) -> None:
    chosen = statement("لن تتراجع")
    assert act(curator, "statement", "reject_chosen", chosen).status_code == 302
    assert not StatementSearchRow.objects.filter(statement=chosen).exists()
    again(corpus)
    chosen.refresh_from_db()
    assert chosen.curation == Curation.REJECTED
    assert not StatementSearchRow.objects.filter(statement=chosen).exists()
    assert not Statement.objects.published().filter(text__contains="لن تتراجع").exists()
    assert LogEntry.objects.filter(object_id=str(chosen.pk)).exists()


def test_an_approved_statement_stays(curator: Client, corpus: Path) -> None:
    chosen = statement("الطريق الوحيد")
    act(curator, "statement", "approve_chosen", chosen)
    again(corpus)
    chosen.refresh_from_db()
    assert chosen.curation == Curation.APPROVED
    assert chosen.article.body[chosen.start : chosen.end] == chosen.text
    assert Statement.objects.filter(text__contains="الطريق الوحيد").count() == 1


def test_a_corrected_span_kind_and_speaker_stay(curator: Client, corpus: Path) -> None:
    chosen = statement("الطريق الوحيد")
    other = Speaker.objects.create(name="متحدث آخر", key="متحدث اخر", origin=Origin.CURATOR)
    answer = save(curator, chosen, text="هو الطريق  الوحيد", kind="indirect", speaker=str(other.pk))
    assert answer.status_code == 302
    again(corpus)
    chosen.refresh_from_db()
    assert chosen.text == "هو الطريق الوحيد" == chosen.article.body[chosen.start : chosen.end]
    assert (chosen.kind, chosen.speaker, chosen.curation) == ("indirect", other, "corrected")
    assert Statement.objects.filter(text__contains="الطريق الوحيد").count() == 1
    assert other.pk in ArticleSearchRow.objects.get(article=chosen.article).speakers
    assert StatementSearchRow.objects.get(statement=chosen).speaker == other.pk


def test_words_that_do_not_stand_in_the_article_are_refused(curator: Client, corpus: Path) -> None:
    chosen = statement("الطريق الوحيد")
    answer = save(curator, chosen, text="كلمات لم يقلها أحد")
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {"text"}
    chosen.refresh_from_db()
    assert chosen.curation == Curation.AUTO


def test_the_buttons_of_the_form_decide(curator: Client, corpus: Path) -> None:
    chosen = statement("الطريق الوحيد")
    save(curator, chosen, _approve="1")
    chosen.refresh_from_db()
    assert chosen.curation == Curation.APPROVED
    save(curator, chosen, _reject="1")
    chosen.refresh_from_db()
    assert chosen.curation == Curation.REJECTED


def test_an_added_statement_stays_and_is_found(curator: Client, corpus: Path) -> None:
    article = Article.objects.get(external_id="1")
    answer = curator.post(
        reverse("admin:corpus_statement_add"),
        {"article": article.pk, "field": "body", "text": "الرئيس الروسي", "kind": "direct"},
    )
    assert answer.status_code == 302
    again(corpus)
    added = Statement.objects.get(curation=Curation.ADDED)
    assert added.text == "الرئيس الروسي" == added.article.body[added.start : added.end]
    assert StatementSearchRow.objects.filter(statement=added).exists()


def test_speakers_are_merged_after_a_preview_and_parted_again(
    curator: Client, corpus: Path
) -> None:
    one, other = (Speaker.objects.get(key=k) for k in ("حسن روحاني", "فلاديمير بوتين"))
    preview = act(curator, "speaker", "merge_chosen", one, other)
    assert preview.status_code == 200
    assert "فلاديمير بوتين" in preview.content.decode()
    assert Statement.objects.filter(speaker=other).exists()
    before = sorted(Statement.objects.values_list("pk", "speaker"))
    act(curator, "speaker", "merge_chosen", one, other, confirmed="1", into=one.pk)
    again(corpus)
    other.refresh_from_db()
    assert other.merged_into == one
    assert not Statement.objects.filter(speaker=other).exists()
    assert ArticleSearchRow.objects.get(article__external_id="1").speakers == [one.pk]
    act(curator, "speakermerge", "undo_chosen", SpeakerMerge.objects.get())
    other.refresh_from_db()
    assert other.merged_into is None
    assert sorted(Statement.objects.values_list("pk", "speaker")) == before
    assert set(ArticleSearchRow.objects.get(article__external_id="1").speakers) == {
        one.pk,
        other.pk,
    }


def test_a_removal_is_put_back_and_stays_so(curator: Client, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    text = f"{TEXT}\nاترك رد\nإلغاء الرد"
    record = {"id": "9", "title": "عنوان", "text": text, "source": "صحيفة"}
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    load(path)
    article = Article.objects.get()
    start = TEXT.index("\n")
    Article.objects.update(
        raw_text=article.body, removals=[["test", 0, start + 1]], body=article.body[start + 1 :]
    )
    address = reverse("admin:corpus_article_change", args=[article.pk])
    page = curator.get(address).content.decode()
    assert "<del" in page
    assert curator.post(address, {"_undo_removal": "0"}).status_code == 302
    load(path)
    article.refresh_from_db()
    assert article.removals == []
    assert article.body.startswith(TEXT)
    for one in article.statements.all():
        assert article.body[one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("model", "typed", "found", "reason"),
    [
        ("article", "تصريحات", 1, "by the title's words"),
        ("article", "المباحثات", 1, "by the body's words"),
        ("statement", "الطریق", 1, "Persian yeh"),
        ("statement", "روحانی", 2, "by the speaker, in Persian letters"),
        ("speaker", "روحانى", 1, "with alif maqsura"),
        ("speaker", "بوتين حسن", 0, "all words must stand"),
        ("source", "صحيفه", 1, "heh for teh marbuta"),
        ("article", "' OR ) & | !", 0, "operators are only text"),
        ("article", "\0", 2, "nothing is left to search for"),
    ],
)
def test_search_folds(
    curator: Client, corpus: Path, model: str, typed: str, found: int, reason: str
) -> None:
    answer = curator.get(reverse(f"admin:corpus_{model}_changelist"), {"q": typed})
    assert answer.context["cl"].result_count == found, reason


@pytest.mark.parametrize(
    "model",
    [
        "article",
        "source",
        "statement",
        "speaker",
        "speakermerge",
        "mergeproposal",
        "importrun",
        "importrecord",
        "feed",
    ],
)
def test_every_page_opens_with_few_queries(
    curator: Client, corpus: Path, model: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        answer = curator.get(reverse(f"admin:corpus_{model}_changelist"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<style" not in page
    assert " style=" not in page
    rows = answer.context["cl"].result_list
    if rows:
        answer = curator.get(reverse(f"admin:corpus_{model}_change", args=[rows[0].pk]))
        assert answer.status_code == 200


def test_rejected_records_are_downloaded_without_formulas(curator: Client) -> None:
    run = ImportRun.objects.create(rejected=1)
    record = ImportRecord.objects.create(
        run=run, outcome="rejected", reason="empty", detail="=1+1", file="ملف.jsonl"
    )
    answer = act(curator, "importrecord", "download_csv", record)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == [
        "run_id,outcome,reason,detail,file,position,external_id",
        f"{run.pk},rejected,empty,'=1+1,ملف.jsonl,,",
    ]


def test_hostile_text_is_escaped(curator: Client, corpus: Path) -> None:
    article = Article.objects.get(external_id="1")
    bad = "<script>alert(1)</script>"
    Article.objects.filter(pk=article.pk).update(
        title=bad, body=bad + article.body, raw_text=bad + article.body, removals=[[bad, 0, 5]]
    )
    Statement.objects.filter(article=article).update(mention=bad)
    for address in (
        reverse("admin:corpus_article_changelist"),
        reverse("admin:corpus_article_change", args=[article.pk]),
        reverse("admin:corpus_statement_changelist"),
        reverse("admin:corpus_statement_change", args=[article.statements.all()[0].pk]),
    ):
        assert bad not in curator.get(address).content.decode(), address


def test_a_renamed_speaker_keeps_its_name_and_is_found_by_the_old(
    curator: Client, corpus: Path
) -> None:
    speaker = Speaker.objects.get(key="حسن روحاني")
    curator.post(
        reverse("admin:corpus_speaker_change", args=[speaker.pk]),
        {
            "name": "حسن فريدون روحاني",
            "type": "person",
            "description": "",
            "aliases-TOTAL_FORMS": "0",
            "aliases-INITIAL_FORMS": "0",
        },
    )
    again(corpus)
    speaker.refresh_from_db()
    assert speaker.name == "حسن فريدون روحاني"
    assert Statement.objects.filter(speaker=speaker).count() == 2
    assert not Speaker.objects.filter(key="حسن روحاني").exists()


def test_orthography_is_shown_counted_and_filtered(curator: Client, tmp_path: Path) -> None:
    records = [
        {"id": "1", "title": "روحانی", "text": "قالَ روحانی إنّ الحکومة باقية.", "source": "س"},
        {
            "id": "2",
            "title": "الوزير",
            "text": "قال الوزير إن شركة Example Ltd باقية.",
            "source": "س",
        },
    ]
    path = tmp_path / "news.jsonl"
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8"
    )
    load(path)
    persian, plain = Article.objects.order_by("external_id")
    address = reverse("admin:corpus_article_change", args=[persian.pk])
    page = curator.get(address).content.decode()
    assert "الفارسية: 3؛ الحركات: 2؛ اللاتينية: 0 (0.0%)" in page
    run = persian.import_run
    assert run is not None
    address = reverse("admin:corpus_importrun_change", args=[run.pk])
    page = curator.get(address).content.decode()
    assert "الفارسية: 3 في 1 من 2 مقال؛ الحركات: 2 في 1؛" in page
    assert run.report["script"]["latin"] == plain.latin_letters == 10
    for value, wanted in (("persian", persian), ("harakat", persian), ("latin", plain)):
        listed = curator.get(reverse("admin:corpus_article_changelist"), {"script": value})
        assert [a.pk for a in listed.context["cl"].result_list] == [wanted.pk], value
