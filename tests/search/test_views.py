"""The pages through Django's client: states, escaping, errors."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from corpus.models import Speaker, SpeakerAlias, Statement
from search.engine import SearchTimeout
from tests import builders

HOSTILE = "<script>alert(1)</script> & \"x\" 'y' </p><img src=x onerror=alert(2)> روحاني"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def made(db: None) -> dict[str, Any]:
    return builders.small_corpus()


def text_of(client: Client, address: str, status: int = 200, **more: Any) -> str:
    response = client.get(address, **more)
    assert response.status_code == status
    return response.content.decode()


def test_it_shows_what_the_corpus_holds(client: Client, made: dict[str, Any]) -> None:
    page = text_of(client, "/")
    assert '<html lang="ar" dir="rtl">' in page
    assert "?year=2016" in page
    assert "صحيفة الاختبار" in page
    assert "الرئيسان اتفقا" in page


@pytest.mark.django_db
def test_it_says_that_an_empty_corpus_is_empty(client: Client) -> None:
    assert "import_corpus" in text_of(client, "/")


def test_it_finds_an_article_and_the_statement_in_it(client: Client, made: dict[str, Any]) -> None:
    page = text_of(client, "/?q=روحاني")
    assert "مقال واحد" in page
    assert "<mark>روحاني</mark>" in page
    assert f"/articles/{made['first'].pk}/?q=" in page
    page = text_of(client, "/?q=تدمر&scope=statements")
    assert "قول واحد" in page
    assert "كلام منقول" in page


def test_every_state_is_in_the_address(client: Client, made: dict[str, Any]) -> None:
    source = made["second"].source
    page = text_of(client, f"/?q=الرئيسان&source={source.pk}&from=2018-01-01&sort=newest")
    assert "إزالة التصفية صحيفة الاختبار" in page
    assert 'value="2018-01-01"' in page
    assert f'name="source" value="{source.pk}"' in page
    assert f"/articles/{made['first'].pk}/" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("متحدث:زقزقزق", "ليس بين المتحدثين"),
        ("مصدر:زقزقزق", "ليس بين المصادر"),
        ("قسم:زقزقزق", "ليس بين الأقسام"),
    ],
)
def test_a_restriction_that_names_nothing_is_said_in_words(
    client: Client, made: dict[str, Any], typed: str, said: str
) -> None:
    page = text_of(client, f"/?q=تدمر {typed}")
    assert said in page
    assert "unknown-" not in page


def test_it_says_plainly_that_nothing_was_found(client: Client, made: dict[str, Any]) -> None:
    page = text_of(client, "/?q=زقزقزق")
    assert "لا مقالات" in page
    assert "لم نجد شيئًا يوافق" in page


@pytest.mark.parametrize(
    "address",
    [
        "/?q=%00",
        "/?section=%00&q=سوريا",
        "/statements/%00/",
        "/articles/99999999999999999999/",
        "/speakers/99999999999999999999/",
        "/?q=" + "ا" * 5000,
        "/?q=((((",
        "/?q=-سوريا",
        "/?page=0&q=سوريا",
        "/?page=99999999999999999999&q=سوريا",
        "/?year=abc&source=-1&month=2018-99&from=x&sort=none&scope=none&speaker=99999999999",
        "/?speaker=999999999999999999&q=سوريا",
        "/trends/?q=&q=%00&speaker=x&format=csv",
        "/trends/?q=سوريا&q=تدمر&scope=statements",
        "/feed/?q=(",
        "/suggest/?q=%00",
        "/speakers/1/?year=999999&page=x&kind=<",
    ],
)
def test_nothing_typed_into_an_address_breaks_it(
    client: Client, made: dict[str, Any], address: str
) -> None:
    assert client.get(address).status_code in {200, 301, 302, 404}


def test_hostile_text_is_never_markup(client: Client, db: None) -> None:
    who = builders.speaker(HOSTILE[:200])
    bad = builders.article(
        title=HOSTILE,
        body=f"{HOSTILE}\n\nقال: {HOSTILE}",
        source=HOSTILE,
        section=HOSTILE,
        author=HOSTILE,
        url="javascript:alert(1)",
    )
    said = builders.statement(bad, HOSTILE[:60], by=who, mention_role=HOSTILE)
    builders.statement(bad, HOSTILE, field="title", kind="colon", by=who)
    builders.indexed([bad])
    for address in (
        "/",
        "/?q=روحاني",
        f"/?q={HOSTILE}",
        "/?q=روحاني&scope=statements",
        f"/articles/{bad.pk}/?q={HOSTILE}",
        f"/speakers/{who.pk}/",
        f"/statements/{said.key}/",
        f"/trends/?q={HOSTILE}&speaker={who.pk}",
    ):
        page = text_of(client, address)
        assert "<script>alert" not in page, address
        assert "<img" not in page, address
        assert 'href="javascript:' not in page, address
        # No inline script or style anywhere: the security policy would drop it.
        assert " style=" not in page and "<style" not in page, address
        for tag in re.findall(r"<script[^>]*>", page):
            assert "src=" in tag or "application/ld+json" in tag, address


def test_the_article_marks_statements_and_the_querys_words(
    client: Client, made: dict[str, Any]
) -> None:
    first, direct = made["first"], made["direct"]
    page = text_of(client, f"/articles/{first.pk}/?q=السوري")
    assert f'<span class="said direct" id="s-{direct.key}">لا يحق لأحد سوى الشعب ' in page
    assert '<mark id="m1">السوري</mark>' in page
    assert '<span class="said indirect"' in page
    assert f'<li id="n-{direct.key}"' in page
    # Its number stands behind the mark that closes it.
    assert f'الحكم</span>»<a class="ref" href="#n-{direct.key}"' in page
    assert "https://news.example/1" in page
    assert "قولان في هذا المقال" in page


def test_rejected_and_lost_statements_are_not_shown(client: Client, made: dict[str, Any]) -> None:
    made["direct"].curation = "rejected"
    made["direct"].save()
    made["indirect"].stands = False
    made["indirect"].save()
    page = text_of(client, f"/articles/{made['first'].pk}/")
    assert 'class="said' not in page
    text_of(client, f"/statements/{made['direct'].key}/", 404)
    assert "لم يعد في المقال" in text_of(client, f"/statements/{made['indirect'].key}/")


def test_a_merged_speaker_leads_on(client: Client, made: dict[str, Any]) -> None:
    old = builders.speaker("روحانی")
    old.merged_into = made["rouhani"]
    old.save()
    response = client.get(f"/speakers/{old.pk}/")
    assert response.status_code == 301
    assert response["Location"] == f"/speakers/{made['rouhani'].pk}/"
    page = text_of(client, response["Location"])
    assert "لا يحق لأحد" in page
    assert "?year=2016" in page
    assert "لا يحق" not in text_of(client, response["Location"] + "?kind=indirect")


def test_a_statement_can_be_cited(client: Client, made: dict[str, Any]) -> None:
    address = f"/statements/{made['direct'].key}/"
    page = text_of(client, address)
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page, re.S)[0])
    assert data["@type"] == "Quotation"
    assert data["creator"]["name"] == "حسن روحاني"
    ris = text_of(client, address + "cite.ris")
    assert ris.startswith("TY  - NEWS\r\n") and ris.endswith("ER  - \r\n")
    assert "DA  - 2016/04/04/" in ris
    assert text_of(client, address + "cite.bib").startswith("@misc{aqwal-")


def test_reported_words_are_told_with_their_verb(client: Client, db: None) -> None:
    body = "نفى الرئيس روحاني وجود هذه العلاقة، وقال إن الوضع صعب. «الوضع صعب» بحسب روحاني."
    article = builders.article(body=body)

    def said(words: str, cue: str, kind: str = "indirect", after: int = 0) -> Statement:
        start = body.index(cue)
        more: dict[str, Any] = {
            "cue": cue,
            "cue_start": start,
            "cue_end": start + len(cue),
            "at": after,
        }
        return builders.statement(article, words, by=builders.speaker(), kind=kind, **more)

    denied = said("وجود هذه العلاقة", "نفى")
    told = said("إن الوضع صعب", "وقال")
    own = said("الوضع صعب", "بحسب", "direct", after=body.index("«"))
    builders.indexed([article])
    assert [s.lead for s in (denied, told, own)] == ["نفى …", "وقال", ""]
    page = text_of(client, f"/statements/{denied.key}/")
    assert '<span class="quiet">نفى …</span> وجود هذه العلاقة' in page
    assert "حسن روحاني: نفى … وجود هذه العلاقة" in page  # the title and the citation
    assert "نفى … وجود" in text_of(client, f"/statements/{denied.key}/cite.ris")
    assert "نفى … وجود" in text_of(client, "/feed/?scope=statements&q=العلاقة")
    # The quotation is in «إن الوضع صعب» too, but not in the same words of the text.
    page = text_of(client, f"/speakers/{builders.speaker().pk}/")
    assert page.count("<blockquote") == 3


def test_errors_are_in_arabic(client: Client, made: dict[str, Any]) -> None:
    assert "لا صفحة في هذا العنوان" in text_of(client, "/nowhere/", 404)


def test_the_error_page_needs_neither_database_nor_context() -> None:
    from django.views.defaults import server_error

    page = server_error(RequestFactory().get("/")).content.decode()
    assert "وقع خطأ في الموقع" in page


def test_a_search_that_takes_too_long_says_what_to_narrow(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_request: Any) -> None:
        raise SearchTimeout

    for module in ("views", "feeds", "exports"):
        monkeypatch.setattr(f"search.{module}.run_search", slow)
    for address in ("/?q=سوريا", "/feed/?q=سوريا", "/export.csv?q=سوريا"):
        assert "طال البحث" in text_of(client, address, 503)


def test_a_search_can_be_followed_and_taken_away(client: Client, made: dict[str, Any]) -> None:
    feed = ElementTree.fromstring(text_of(client, "/feed/?q=تدمر"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert [e.findtext(f"{atom}title") for e in feed.iter(f"{atom}entry")][0] == (
        made["second"].title
    )
    rows = b"".join(client.get("/export.jsonl?q=تدمر&scope=statements").streaming_content)  # type: ignore[attr-defined]
    assert [json.loads(line)["speaker"] for line in rows.splitlines()] == ["حسن روحاني"]
    rows = b"".join(client.get("/export.csv?q=تدمر").streaming_content)  # type: ignore[attr-defined]
    assert rows.decode("utf-8-sig").splitlines()[0].startswith("id,kind,speaker,words")


def test_a_cell_is_never_a_formula() -> None:
    from search.exports import harmless

    assert harmless("=1+1") == "'=1+1"
    assert harmless("سوريا") == "سوريا"


def test_trends_compare_queries_and_speakers(client: Client, made: dict[str, Any]) -> None:
    page = text_of(client, f"/trends/?q=تدمر&speaker={made['rouhani'].pk}&measure=count")
    assert "حسن روحاني" in page
    assert '<path class="line line-1"' in page
    table = text_of(client, "/trends/?q=تدمر&format=csv")
    assert "2016-04,1" in table and "2018-05,1" in table  # two years are told by month


def test_a_speaker_is_added_by_name_and_two_stand_side_by_side(
    client: Client, made: dict[str, Any]
) -> None:
    page = text_of(client, f"/trends/?speaker={made['rouhani'].pk}&who=الكرملين")
    both = f"speaker={made['rouhani'].pk}&amp;speaker={made['kremlin'].pk}"
    assert f"/compare/?{both}" in page
    assert "لا متحدث بهذا الاسم" in text_of(client, "/trends/?who=زقزق")
    page = text_of(client, f"/compare/?{both.replace('&amp;', '&')}")
    assert "لا يحق لأحد" in page and "الرئيسان اتفقا" in page
    assert "اختر متحدثين" in text_of(client, "/compare/")


def test_feeds_files_and_comparison_never_show_loosened_results(
    client: Client, made: dict[str, Any]
) -> None:
    both = f"speaker={made['rouhani'].pk}&speaker={made['kremlin'].pk}"
    page = text_of(client, f"/compare/?{both}&q=الاتصالات")
    assert page.count("لا شيء في هذا الموضوع") == 1
    stray = f"q=الاتصالات&scope=statements&speaker={made['rouhani'].pk}"
    assert "<entry>" not in text_of(client, f"/feed/?{stray}")
    rows = b"".join(client.get(f"/export.jsonl?{stray}").streaming_content)  # type: ignore[attr-defined]
    assert rows == b""
    assert client.get(f"/api/v1/search/statements?{stray}").json()["steps"] == ["filters"]


def test_machines_are_served(client: Client, made: dict[str, Any]) -> None:
    ElementTree.fromstring(text_of(client, "/opensearch.xml"))
    assert "sitemap-0.xml" in text_of(client, "/sitemap.xml")
    assert f"/articles/{made['first'].pk}/" in text_of(client, "/sitemap-0.xml")
    assert "Sitemap:" in text_of(client, "/robots.txt")


def test_the_switch_turns_the_page_english(client: Client, made: dict[str, Any]) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/?q=تدمر"})
    page = text_of(client, "/?q=تدمر")
    assert '<html lang="en" dir="ltr">' in page
    assert "2 articles" in page


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (99, "99 مقالًا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (103, "103 مقالات"),
    ],
)
def test_counts_have_six_arabic_forms(n: int, expected: str) -> None:
    with translation.override("ar"):
        found = translation.ngettext("%(shown)s article", "%(shown)s articles", n)
    assert found % {"shown": n} == expected


@pytest.mark.parametrize(
    ("names", "digits", "expected"),
    [
        ("gulf", "ascii", "4 أبريل 2016"),
        ("levant", "ascii", "4 نيسان 2016"),
        ("maghreb", "ascii", "4 أفريل 2016"),
        ("dual", "ascii", "4 نيسان/أبريل 2016"),
        ("gulf", "arabic", "٤ أبريل ٢٠١٦"),
    ],
)
def test_dates_are_written_as_the_site_is_set(
    client: Client, made: dict[str, Any], names: str, digits: str, expected: str
) -> None:
    with override_settings(AQWAL_MONTH_NAMES=names, AQWAL_DIGITS=digits):
        assert expected in text_of(client, f"/articles/{made['first'].pk}/")


def test_hijri_dates_stand_beside_the_others_where_the_site_is_set_so(
    client: Client, made: dict[str, Any]
) -> None:
    address = f"/articles/{made['first'].pk}/"
    assert "هـ" not in text_of(client, address)
    with override_settings(AQWAL_HIJRI_DATES=True):
        assert "4 أبريل 2016</time> <span>(26 جمادى الآخرة 1437 هـ)" in text_of(client, address)
    with override_settings(AQWAL_HIJRI_DATES=True, AQWAL_DIGITS="arabic"):
        assert "(٢٦ جمادى الآخرة ١٤٣٧ هـ)" in text_of(client, address)


def test_a_suggestion_box_for_names_offers_no_words(client: Client, made: dict[str, Any]) -> None:
    for n in range(2):
        builders.indexed([builders.article(title=f"حسنات {n}", body="حسنات كثيرة.")])
    found = client.get("/suggest/", {"q": "حسن"}).json()["suggestions"]
    assert [offer["text"] for offer in found] == ["حسن روحاني", "حسنات"]
    found = client.get("/suggest/", {"q": "حسن", "only": "speakers"}).json()["suggestions"]
    assert [offer["text"] for offer in found] == ["حسن روحاني"]


def test_every_result_page_is_light(client: Client, made: dict[str, Any]) -> None:
    assert len(client.get("/?q=تدمر").content) < 100_000


def test_an_ambiguous_surname_names_its_bearers(db: None, client: Client) -> None:
    bare = Speaker.objects.create(name="الحمدان", key="حمدان", type="person")
    for name, key in (("نادية الحمدان", "ناديه حمدان"), ("سامي الحمدان", "سامي حمدان")):
        assert name not in client.get(bare.get_absolute_url()).content.decode()
        person = Speaker.objects.create(name=name, key=key, type="person")
        SpeakerAlias.objects.create(speaker=person, name="الحمدان", key="حمدان")
    page = client.get(bare.get_absolute_url()).content.decode()
    assert "نادية الحمدان" in page and "سامي الحمدان" in page


def test_the_reading_has_the_words_as_typed(made: dict[str, Any], client: Client) -> None:
    builders.indexed([builders.article(title="في المدينة")])
    page = text_of(client, "/?q=المدينة")
    assert "<b><bdi>المدينة</bdi></b>" in page and "المدينه" not in page


def test_the_reading_begins_with_what_was_read(made: dict[str, Any], client: Client) -> None:
    alone = client.get("/", {"q": "مصدر:لا-أحد"}).content.decode()
    assert re.search(r'class="read">[^<·]+<b><bdi>لا-أحد', alone)
    both = client.get("/", {"q": "روحاني مصدر:لا-أحد"}).content.decode()
    assert re.search(r"</b> · [^<]+<b><bdi>لا-أحد", both)


def test_suggestions_are_speakers_then_words_as_the_corpus_writes_them(
    client: Client, made: dict[str, Any]
) -> None:
    def offered(typed: str) -> list[tuple[str, str]]:
        found = client.get("/suggest/", {"q": typed}).json()["suggestions"]
        return [(offer["text"], offer["what"]) for offer in found]

    for n in range(2):
        builders.indexed([builders.article(title=f"الأسعار والأسواق {n}", body="ارتفعت الأسعار.")])
    assert offered("حسن") == [("حسن روحاني", "المتحدث")]
    SpeakerAlias.objects.create(speaker=made["rouhani"], name="روحاني", key="روحاني")
    assert offered("روح")[0] == ("حسن روحاني", "المتحدث")  # by the surname
    assert offered("الاس") == [("الأسعار", "كلمة")]
    assert offered("ارتفعت الاسع") == [("ارتفعت الأسعار", "كلمة")]
    assert offered("الاسعار ") == []  # the word is finished
    assert {what for _text, what in offered("ال")} == {"المتحدث"}  # too little of a word
    assert len(offered("الا")) <= 5


def test_the_hardly_quoted_are_not_suggested_beside_the_much_quoted(
    client: Client, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.suggest_view.RARELY", 1)
    body = "قال حسن رضوان: «أهلا»."
    piece = builders.article(body=body)
    builders.statement(piece, "أهلا", by=builders.speaker("حسن رضوان"))
    names = [x["text"] for x in client.get("/suggest/", {"q": "حسن"}).json()["suggestions"]]
    assert names == ["حسن روحاني"]
    names = [x["text"] for x in client.get("/suggest/", {"q": "حسن رض"}).json()["suggestions"]]
    assert names == ["حسن رضوان"]
