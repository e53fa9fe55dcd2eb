"""Merges of speakers that are proposed: found, shown, decided, and never asked twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from corpus import curation
from corpus.models import MergeProposal, Speaker, SpeakerMerge, Statement
from corpus.models.speakers import Origin
from corpus.resolution.proposing import propose_merges
from tests.corpus.resolution.test_resolver import person, publish

pytestmark = pytest.mark.django_db

State = MergeProposal.State


def resolve() -> None:
    call_command("resolve_speakers", "--quiet")


def speaker(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def proposed(*states: str) -> set[tuple[frozenset[str], str]]:
    """(the two names, reason) of the proposals in these states; the open ones by default."""
    rows = MergeProposal.objects.filter(state__in=states or (State.OPEN,))
    return {
        (frozenset((p.one.name, p.other.name)), p.reason)
        for p in rows.select_related("one", "other")
    }


def pair(*names: str, reason: str = "spelling") -> tuple[frozenset[str], str]:
    return frozenset(names), reason


@pytest.mark.parametrize(
    ("names", "reason", "why"),
    [
        (("بنيامين نتنياهو", "بنيامين نتانياهو"), "spelling", "a long vowel, written or not"),
        (("دونالد ترامب", "دونالد ترمب"), "spelling", "so in a short name"),
        (("جون غاردنر", "جون جاردنر"), "spelling", "غ and ج for a foreign g"),
        (("جون غاردنر", "جون كاردنر"), "spelling", "غ and ك for a foreign g"),
        (("جون كاردنر", "جون قاردنر"), "spelling", "ك and ق"),
        (("سامر العلي الحداد", "سامر الحداد"), "middle-name", "one name more between"),
        (("دونالد ترمب", "ترامب"), "surname-spelling", "a surname that is nobody's exactly"),
        (("حسن العلي", "حسين العلي"), "", "two Arabic given names are two people"),
        (("حسن العلي", "حسن الحداد"), "", "two surnames are two people"),
        (("أحمد العلي", "احمد العلي"), "", "hamza forms are one key, hence one speaker"),
        (("رؤوف العلي", "رءوف العلي"), "spelling", "a hamza on no seat"),
    ],
)
def test_what_is_proposed(names: tuple[str, str], reason: str, why: str) -> None:
    for number, name in enumerate(names):
        publish(str(number), person(name))
    resolve()
    assert proposed() == ({pair(*names, reason=reason)} if reason else set()), why
    assert not SpeakerMerge.objects.exists(), "nothing is merged by the program"


def spellings(**more: Any) -> MergeProposal:
    """Two spellings of one name in three articles, one of which has both."""
    role = "رئيس الشركة"
    publish("a", person("جون غاردنر", role), person("جون جاردنر"))
    publish("b", person("جون غاردنر"), person("جون غاردنر"))
    publish("c", person("جون جاردنر", role))
    publish("d", person("حسن العلي", role))
    resolve()
    return MergeProposal.objects.get(**more)


def test_the_evidence_is_kept_with_it() -> None:
    found = spellings()
    by_name = {
        found.one.name: found.one_statements,
        found.other.name: found.other_statements,
    }
    assert by_name == {"جون غاردنر": 3, "جون جاردنر": 2}
    assert found.shared_articles == 1
    assert found.shared_roles == ["رئيس الشركة"]
    assert found.one_id < found.other_id


def test_a_re_run_changes_nothing_and_refreshes_the_figures() -> None:
    found = spellings()
    rows = list(MergeProposal.objects.values())
    resolve()
    assert list(MergeProposal.objects.values()) == rows
    publish("e", person("جون غاردنر"))
    resolve()
    found.refresh_from_db()
    assert found.one_statements + found.other_statements == 6


def test_a_dismissed_one_never_comes_back() -> None:
    found = spellings()
    assert curation.dismiss_proposals([found.pk], None) == 1
    publish("e", person("جون غاردنر"))
    resolve()
    assert proposed() == set()
    # Not even when one of them was without statements for a while.
    kept = list(Statement.objects.filter(speaker__name="جون جاردنر"))
    Statement.objects.filter(pk__in=[s.pk for s in kept]).delete()
    resolve()
    publish("f", person("جون جاردنر"))
    resolve()
    assert proposed() == set()
    assert proposed(State.DISMISSED) == {pair("جون غاردنر", "جون جاردنر")}
    assert curation.reopen_proposals([found.pk]) == 1
    resolve()
    assert proposed() == {pair("جون غاردنر", "جون جاردنر")}


def test_a_merge_closes_it_and_its_undoing_opens_it_again() -> None:
    found = spellings()
    curation.merge([found.one, found.other], found.one, None)
    found.refresh_from_db()
    assert found.state == State.ACCEPTED
    assert found.decided is not None
    resolve()
    assert proposed() == set()
    curation.undo_merge(SpeakerMerge.objects.get())
    found.refresh_from_db()
    assert (found.state, found.decided) == (State.OPEN, None)
    resolve()
    assert proposed() == {pair("جون غاردنر", "جون جاردنر")}


def test_others_of_a_merged_speaker_vanish_and_are_proposed_to_its_heir() -> None:
    for number, name in enumerate(("جون غاردنر", "جون جاردنر", "جون كاردنر")):
        publish(str(number), person(name))
    publish("x", person("الكابتن سامر"))
    resolve()
    assert len(proposed()) == 3
    heir = Speaker.objects.create(
        name="السير جون", key="سير جون", type="person", origin=Origin.CURATOR
    )
    curation.merge([speaker("جون جاردنر")], heir, None)
    assert proposed() == {pair("جون غاردنر", "جون كاردنر")}
    resolve()
    assert proposed() == {
        pair("جون غاردنر", "جون كاردنر"),
        pair("جون غاردنر", "السير جون"),
        pair("جون كاردنر", "السير جون"),
    }


def test_a_dismissal_counts_for_whom_the_speaker_was_merged_into() -> None:
    for number, name in enumerate(("جون غاردنر", "جون جاردنر")):
        publish(str(number), person(name))
    resolve()
    curation.dismiss_proposals([MergeProposal.objects.get().pk], None)
    heir = Speaker.objects.create(
        name="السير جون", key="سير جون", type="person", origin=Origin.CURATOR
    )
    curation.merge([speaker("جون جاردنر")], heir, None)
    resolve()
    assert proposed() == set()


def test_it_goes_with_a_speaker_that_is_gone() -> None:
    found = spellings()
    Statement.objects.filter(speaker__name="جون جاردنر").delete()
    resolve()
    assert not Speaker.objects.filter(name="جون جاردنر").exists()
    assert not MergeProposal.objects.filter(pk=found.pk).exists()


def test_the_command_lists_those_with_most_statements_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    spellings()
    publish("x", person("بيل كوردن"))
    publish("y", person("بيل جوردن"))
    call_command("resolve_speakers", "--proposals", "1")
    out = capsys.readouterr().out
    assert "2 merges proposed." in out
    assert out.count("may be one") == 1
    assert "جون غاردنر (3)" in out


@pytest.fixture
def curator(client: Client, django_user_model: type[User]) -> Client:
    client.force_login(
        django_user_model.objects.create_superuser("curator", "", "x" * 20),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def press(client: Client, proposal: MergeProposal, button: str) -> None:
    address = reverse("admin:corpus_mergeproposal_change", args=[proposal.pk])
    assert client.post(address, {button: "1"}).status_code == 302
    proposal.refresh_from_db()


def test_the_page_shows_evidence_and_statements_of_both(curator: Client) -> None:
    found = spellings()
    page = curator.get(reverse("admin:corpus_mergeproposal_change", args=[found.pk]))
    text = page.content.decode()
    for side in (found.one, found.other):
        assert side.name in text
        for said in Statement.objects.filter(speaker=side):
            assert said.get_absolute_url() in text
    assert "رئيس الشركة" in text
    for button in ("_into_one", "_into_other", "_dismiss"):
        assert f'name="{button}"' in text


@pytest.mark.parametrize("side", ["one", "other"])
def test_its_buttons_merge_into_either(curator: Client, side: str) -> None:
    found = spellings()
    press(curator, found, f"_into_{side}")
    assert found.state == State.ACCEPTED
    assert found.by is not None
    made = SpeakerMerge.objects.get()
    assert made.into == getattr(found, side)
    assert made.by == found.by
    assert Statement.objects.filter(speaker=made.into).count() == 5
    # Pressed again, in a page that was open before.
    press(curator, found, "_into_one")
    assert SpeakerMerge.objects.count() == 1


def test_its_button_dismisses_and_opens_again(curator: Client) -> None:
    found = spellings()
    press(curator, found, "_dismiss")
    assert found.state == State.DISMISSED
    assert found.by is not None
    press(curator, found, "_reopen")
    assert (found.state, found.by) == (State.OPEN, None)


def test_the_list_has_filters_search_and_actions(curator: Client) -> None:
    found = spellings()
    publish("x", person("بيل كوردن"))
    publish("y", person("بيل جوردن"))
    resolve()
    address = reverse("admin:corpus_mergeproposal_changelist")
    other = MergeProposal.objects.exclude(pk=found.pk).get()

    def listed(query: str = "") -> list[int]:
        return [p.pk for p in curator.get(f"{address}{query}").context["cl"].result_list]

    assert listed() == [found.pk, other.pk]
    assert listed("?q=كوردن") == [other.pk]
    assert listed("?reason__exact=middle-name") == []
    assert listed("?evidence=role") == [found.pk]
    assert listed("?evidence=apart") == [other.pk]
    data = {"action": "merge_chosen", "_selected_action": [found.pk]}
    curator.post(address, data)
    assert SpeakerMerge.objects.get().into.name == "جون غاردنر"
    assert listed("?state__exact=open") == [other.pk]
    assert listed() == [other.pk, found.pk]
    curator.post(address, {"action": "dismiss_chosen", "_selected_action": [other.pk]})
    assert listed("?state__exact=dismissed") == [other.pk]
    curator.post(address, {"action": "reopen_chosen", "_selected_action": [other.pk]})
    assert listed("?state__exact=open") == [other.pk]


def test_few_queries_however_many_speakers(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        letter = chr(0x0641 + number % 6) + chr(0x0628 + number % 20)
        publish(f"a{number}", person(f"جون غا{letter}دنر"))
        publish(f"b{number}", person(f"جون جا{letter}دنر"))
    with django_assert_max_num_queries(16):
        assert propose_merges() >= 15
