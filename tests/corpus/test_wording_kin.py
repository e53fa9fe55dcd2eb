"""Statements that several articles have: groups, whatever the order they came in."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from corpus import curation, wording_kin
from corpus.indexing.rows import reindex_articles
from corpus.ingest.extracting import bring_up_to_date
from corpus.models import Article, Statement, Wording, WordingDue, WordingKin
from corpus.wording_kin import groups_of, link_wordings
from tests import builders
from tests.corpus.test_wordings import PORT

pytestmark = pytest.mark.django_db

BOATS = PORT.replace("سفن", "قوارب")
PERSIAN = PORT.replace("ي", "ی").replace("أمام", "امام")
ON = f"{BOATS} بعد أن اكتملت الصيانة"


def said(words: str, by: str = "سالم الحداد", source: str = "وكالة الاختبار") -> Statement:
    article = builders.article(body=f"قال: «{words}».", source=source)
    speaker = builders.speaker(by) if by else None
    found = builders.statement(article, words, by=speaker)
    builders.indexed([article])
    return found


CASES = (
    (PORT, "سالم الحداد", True, "the same words of the same speaker"),
    (BOATS, "سالم الحداد", True, "one word differs"),
    (PERSIAN, "سالم الحداد", True, "typed with Persian letters"),
    (PORT, "", True, "nobody is named, and only one speaker is known for these words"),
    (PORT, "نادر القاضي", False, "somebody else said it"),
    (BOATS, "نادر القاضي", False, "somebody else said nearly the same"),
    ("سنفتح الميناء القديم غدا", "سالم الحداد", False, "too short to be told apart from chance"),
    (
        "سنغلق السوق القديم أمام عربات النقل ابتداء من نهاية الأسبوع المقبل",
        "سالم الحداد",
        False,
        "another statement of like build",
    ),
)


@pytest.mark.parametrize(("words", "by", "same", "reason"), CASES)
def test_groups(words: str, by: str, same: bool, reason: str) -> None:
    one, other = said(PORT), said(words, by)
    found = groups_of([one.pk, other.pk])
    if not same:
        assert found == {}, reason
        return
    assert found[one.pk] == found[other.pk], reason
    assert found[one.pk].statements == (one.pk, other.pk)
    assert found[one.pk].others == 1


def test_words_twice_in_one_article_are_no_group() -> None:
    article = builders.article(title=f"الحداد: {PORT}", body=f"قال الحداد: «{PORT}».")
    speaker = builders.speaker("سالم الحداد")
    title = builders.statement(article, PORT, by=speaker, field="title")
    body = builders.statement(article, PORT, by=speaker)
    builders.indexed([article])
    assert groups_of([title.pk, body.pk]) == {}
    other = said(PORT)
    assert groups_of([other.pk])[other.pk].statements == (title.pk, body.pk, other.pk)
    assert groups_of([other.pk])[other.pk].others == 1, "two articles, though three statements"


def test_two_speakers_leave_the_unnamed_to_themselves() -> None:
    mine, also_mine = said(PORT), said(BOATS)
    theirs = said(PORT, "نادر القاضي")
    nobody, nobody_else = said(PORT, ""), said(ON, "")
    found = groups_of([s.pk for s in (mine, also_mine, theirs, nobody, nobody_else)])
    assert found[mine.pk].statements == (mine.pk, also_mine.pk)
    assert theirs.pk not in found
    assert found[nobody.pk].statements == (nobody.pk, nobody_else.pk)


def test_a_merge_of_speakers_joins_their_statements() -> None:
    one, other = said(PORT), said(PORT, "نادر القاضي")
    assert groups_of([one.pk]) == {}
    assert one.speaker is not None and other.speaker is not None
    curation.merge([other.speaker], one.speaker, None)
    assert groups_of([one.pk])[one.pk].statements == (one.pk, other.pk)


@pytest.mark.parametrize("many", [wording_kin.MANY, 1], ids=["one by one", "all at once"])
@pytest.mark.parametrize("at_once", [False, True], ids=["after each", "at the end"])
def test_the_order_does_not_matter(
    at_once: bool, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording_kin, "MANY", many)
    monkeypatch.setattr(wording_kin, "SHARE", 0.0)
    texts = (PORT, BOATS, ON)
    results = []
    for order in permutations(range(len(texts))):
        Article.objects.all().delete()
        WordingKin.objects.all().delete()
        if at_once:
            monkeypatch.setattr("corpus.indexing.rows.link_wordings", lambda: None)
        made = {number: said(texts[number]) for number in order}
        if at_once:
            link_wordings()
        kin = set(WordingKin.objects.values_list("wording", "kin"))
        group = groups_of([made[0].pk])[made[0].pk]
        assert set(group.statements) == {s.pk for s in made.values()}
        results.append(kin)
    assert all(kin == results[0] for kin in results)
    assert not WordingDue.objects.exists()


def test_linking_again_changes_nothing() -> None:
    for words in (PORT, BOATS, ON):
        said(words)
    before = set(WordingKin.objects.values_list("wording", "kin"))
    assert before
    reindex_articles(Article.objects.values_list("pk", flat=True))
    assert set(WordingKin.objects.values_list("wording", "kin")) == before


def test_a_rejected_statement_leaves_its_group() -> None:
    one, other, third = said(PORT), said(PORT), said(BOATS)
    curation.reject([other.pk])
    assert groups_of([one.pk])[one.pk].statements == (one.pk, third.pk)
    assert groups_of([other.pk]) == {}
    curation.approve([other.pk])
    assert groups_of([one.pk])[one.pk].statements == (one.pk, other.pk, third.pk)


def test_what_held_two_wordings_together_lets_them_go() -> None:
    """A is like B and B like C, but A is not like C."""
    start = "سنفتح الميناء القديم أمام سفن الصيد ابتداء من مطلع الشهر المقبل"
    middle = f"{start} ونبدأ توسيع الرصيف الشمالي في الربيع"
    end = "ابتداء من مطلع الشهر المقبل ونبدأ توسيع الرصيف الشمالي في الربيع وننهيه قبل الصيف"
    one, bridge, other = said(start), said(middle), said(end)
    assert groups_of([one.pk])[one.pk].statements == (one.pk, bridge.pk, other.pk)
    curation.reject([bridge.pk])
    assert groups_of([one.pk, other.pk]) == {}
    assert not WordingKin.objects.exists()


def test_extraction_again_brings_the_groups_along() -> None:
    bodies = [f"قال رئيس البلدية سالم الحداد في مؤتمر صحفي: «{words}»." for words in (PORT, BOATS)]
    articles = [builders.article(body=body) for body in bodies]
    list(bring_up_to_date_all())
    first = Statement.objects.get(article=articles[0], field="body")
    assert groups_of([first.pk])[first.pk].others == 1
    Article.objects.filter(pk=articles[1].pk).update(
        body=bodies[1].replace(BOATS, "لم نقرر بعد متى نفتح الميناء ولا لمن سنفتحه من السفن")
    )
    list(bring_up_to_date_all())
    assert groups_of([first.pk]) == {}
    assert Wording.objects.filter(article=articles[1]).exists()


def bring_up_to_date_all() -> Any:
    from django.db.models import Q

    return bring_up_to_date(Q())
