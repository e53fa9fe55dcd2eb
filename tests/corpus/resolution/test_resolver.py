"""Which speaker a mention means, across articles, on a real database."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

import pytest
from django.core.management import call_command

from corpus.models import Article, Curation, Source, Speaker, SpeakerAlias, Statement
from corpus.models.speakers import Origin
from corpus.resolution import evidence
from corpus.resolution.resolver import bearers_of, resolve_statements

pytestmark = pytest.mark.django_db

Mention = tuple[str, str, str]  # name, type, role


def person(name: str, role: str = "") -> Mention:
    return name, "person", role


def publish(external_id: str, *mentions: Mention) -> list[Statement]:
    """An article with a statement for each mention, resolved as an import does it."""
    source, _ = Source.objects.get_or_create(name="صحيفة")
    article = Article.objects.create(
        source=source,
        external_id=external_id,
        body="نص",
        content_hash=external_id.encode(),
        record_hash=b"",
    )
    statements = [
        Statement(
            article=article,
            key=f"{external_id}x{n}",
            kind="direct",
            start=0,
            end=2,
            text="نص",
            mention=name,
            mention_name=name,
            mention_type=kind,
            mention_role=role,
        )
        for n, (name, kind, role) in enumerate(mentions)
    ]
    resolve_statements(statements)
    for statement in statements:
        statement.save()
    return statements


def result() -> dict[str, tuple[str | None, str]]:
    """Speaker's name and reason by statement: what must not depend on the order."""
    return {
        s.key: (s.speaker and s.speaker.key, s.resolution)
        for s in Statement.objects.select_related("speaker")
    }


@pytest.mark.parametrize(
    ("mentions", "speakers", "reason"),
    [
        (
            ["حسن روحاني", "روحاني", "روحانی", "الرئيس الإيراني حسن روحاني", "حَسَن روحاني"],
            1,
            "spellings, vowel marks, titles and the surname of the only bearer",
        ),
        (["عبد الله النسور", "عبدالله النسور", "النسور"], 1, "عبد stands apart or joined"),
        (["محمد بن سلمان", "محمد سلمان"], 1, "بن is left out of the key"),
        (["حسن روحاني", "محمد روحاني"], 2, "two people of one surname"),
        (["حسن روحاني", "محمد روحاني", "روحاني"], 3, "a surname of two is a speaker of its own"),
        (["بنيامين نتنياهو", "بنيامين نتانياهو"], 2, "spellings are proposed, not merged"),
        (["دونالد ترامب", "ترامب", "ترمب"], 2, "nor is a surname's spelling"),
    ],
)
def test_people(mentions: Sequence[str], speakers: int, reason: str) -> None:
    for number, name in enumerate(mentions):
        publish(f"a{number}", person(name))
    call_command("resolve_speakers", "--quiet")
    found = set(Statement.objects.values_list("speaker", flat=True))
    assert None not in found, reason
    assert len(found) == speakers, reason
    assert Speaker.objects.count() == speakers, reason


@pytest.mark.parametrize(
    ("mention", "why", "reason"),
    [
        (("مصدر أمني", "unnamed", ""), "unnamed", "anonymous sources are many people"),
        (("", "", ""), "no-mention", "unattributed stays unattributed"),
        (("الوزارة", "organisation", ""), "generic", "only its article tells which"),
        (("الوزير", "role", "الوزير"), "generic", "so with a post"),
        (("دراسة حديثة", "organisation", ""), "document", "a text is not its author"),
        (("النجم البرازيلي", "", ""), "description", "a description is no name"),
    ],
)
def test_nobody_in_particular(mention: Mention, why: str, reason: str) -> None:
    (statement,) = publish("a", mention)
    assert (statement.speaker, statement.resolution) == (None, why), reason
    assert not Speaker.objects.exists()


def test_bodies_and_posts_are_speakers() -> None:
    (one,) = publish("a", ("الكرملين", "organisation", ""))
    (two,) = publish("b", ("الکرملین", "organisation", ""))
    (post,) = publish("c", ("وزير الأمن البريطاني", "role", ""))
    assert one.speaker_id == two.speaker_id
    assert one.speaker is not None
    assert one.speaker.type == "organisation"
    assert post.speaker is not None
    assert post.speaker.type == "role"


def test_the_article_s_own_full_name_decides_for_a_shared_surname() -> None:
    publish("a", person("حسن روحاني"))
    other, bare = publish("b", person("محمد روحاني"), person("روحاني"))
    assert bare.speaker_id == other.speaker_id
    assert bare.resolution.startswith("surname-article")


def test_a_role_known_of_one_bearer_decides() -> None:
    (known,) = publish("a", person("حسن روحاني", "الرئيس الإيراني"))
    publish("b", person("محمد روحاني", "مدرب الفريق"))
    (bare,) = publish("c", person("روحاني", "الرئيس الإيراني"))
    assert bare.speaker_id == known.speaker_id
    assert bare.resolution.startswith("surname-role")


def test_an_ambiguous_surname_says_so_and_lists_its_bearers() -> None:
    publish("a", person("حسن روحاني"))
    publish("b", person("محمد روحاني"))
    (bare,) = publish("c", person("روحاني"))
    assert bare.resolution == "surname-ambiguous: 2 bearers known"
    assert bare.speaker is not None
    assert [s.name for s in bearers_of(bare.speaker)] == ["حسن روحاني", "محمد روحاني"]


def test_nearly_all_articles_make_a_bearer_the_one_meant() -> None:
    for number in range(40):
        publish(f"a{number}", person("دونالد ترامب"))
    publish("other", person("إيفانكا ترامب"))
    (bare,) = publish("bare", person("ترامب"))
    assert bare.speaker is not None
    assert bare.speaker.name == "دونالد ترامب"
    assert bare.resolution == "surname-dominant: 97% of mentions; 2 bearers known"


def test_the_order_of_imports_makes_no_difference_after_a_re_run() -> None:
    articles = {
        "1": [person("روحاني", "الرئيس")],
        "2": [person("حسن روحانی"), person("الزياني")],
        "3": [person("عبداللطيف الزياني"), ("الكرملين", "organisation", "")],
        "4": [person("أحمد الزياني"), person("روحاني")],
    }
    results = []
    for order in itertools.permutations(articles):
        Statement.objects.all().delete()
        SpeakerAlias.objects.all().delete()
        Speaker.objects.all().delete()
        Article.objects.all().delete()
        for external_id in order:
            publish(external_id, *articles[external_id])
        call_command("resolve_speakers", "--quiet")
        results.append(
            (result(), sorted(Speaker.objects.values_list("name", "key", "type", "origin")))
        )
    assert all(r == results[0] for r in results)
    assert results[0][0]["2x1"][0] == "زياني"
    assert results[0][0]["1x0"][0] == "حسن روحاني"


def test_a_re_run_twice_changes_nothing() -> None:
    publish("a", person("حسن روحاني"))
    publish("b", person("روحاني"))
    call_command("resolve_speakers", "--quiet")
    before = result()
    call_command("resolve_speakers", "--quiet")
    assert result() == before


def test_a_curator_s_statement_keeps_its_speaker() -> None:
    (statement,) = publish("a", person("حسن روحاني"))
    chosen = Speaker.objects.create(name="آخر", key="اخر", origin=Origin.CURATOR)
    statement.speaker = chosen
    statement.curation = Curation.CORRECTED
    statement.save()
    call_command("resolve_speakers", "--quiet")
    statement.refresh_from_db()
    assert statement.speaker == chosen


def test_a_curator_s_alias_comes_first() -> None:
    (named,) = publish("a", person("حسن روحاني"))
    publish("b", person("محمد روحاني"))
    assert named.speaker is not None
    named.speaker.aliases.filter(key="روحاني").delete()
    named.speaker.aliases.create(name="روحاني", key="روحاني", origin=Origin.CURATOR)
    (bare,) = publish("c", person("روحاني"))
    assert bare.speaker_id == named.speaker_id
    assert bare.resolution.startswith("curator-alias")


def test_a_merge_is_followed() -> None:
    (one,) = publish("a", person("بنيامين نتنياهو"))
    (two,) = publish("b", person("بنيامين نتانياهو"))
    Speaker.objects.filter(pk=two.speaker_id).update(merged_into=one.speaker_id)
    (again,) = publish("c", person("بنيامين نتانياهو"))
    (bare,) = publish("d", person("نتانياهو"))
    assert again.speaker_id == bare.speaker_id == one.speaker_id
    assert again.resolution.startswith("curator-merge")


def test_few_queries_however_many_statements(django_assert_max_num_queries) -> None:
    source = Source.objects.create(name="صحيفة")
    article = Article.objects.create(
        source=source, external_id="a", body="نص", content_hash=b"a", record_hash=b""
    )
    names = [f"حسن العلي{chr(0x0628 + n % 20)}{chr(0x0641 + n // 20)}" for n in range(200)]
    statements = [
        Statement(article=article, mention_name=n, mention_type="person")
        for name in names
        for n in (name, name.split()[1])
    ]
    with django_assert_max_num_queries(12):
        resolve_statements(statements)
    assert all(s.speaker_id for s in statements)


def test_evidence_of_an_import_is_read_again_when_there_is_much_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = {1: {frozenset({"وزير"}): 1400}, 2: {frozenset[str](): 30}, 3: {frozenset[str](): 4}}
    asked: list[set[int]] = []

    def read(speakers: Collection[int]) -> dict[int, evidence.Roles]:
        asked.append(set(speakers))
        return {speaker: stored[speaker] for speaker in speakers if speaker in stored}

    monkeypatch.setattr(evidence, "stored_evidence", read)
    remembered = evidence.RememberedEvidence()
    for _ in range(26):
        assert remembered([1, 2, 3, 4]) == stored
    assert all({3, 4} <= one for one in asked), "few articles, or none, are read each time"
    assert [n for n, one in enumerate(asked, 1) if 1 in one] == [1, 4, 7, 10, 13, 16, 19, 22, 25]
    some = [n for n, one in enumerate(asked, 1) if 2 in one]
    assert some == [*range(1, 11), 12, 14, 16, 18, 20, 23, 26]
