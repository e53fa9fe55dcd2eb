"""The one search entry point, on a real database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.indexing.frequencies import merge_frequencies, rebuild_frequencies
from corpus.indexing.rows import reindex_articles
from corpus.models import Article, LexemeFrequency, Speaker, Statement
from search import engine, suggestions, transliteration
from search.engine import SearchTimeout, limited, search
from search.explaining import explain
from search.query import prepare
from search.request import Scope, SearchRequest, Sort
from search.results import ArticleHit, StatementHit
from tests import builders

FILLER = "كان الطقس معتدلا في العاصمة وخرج الناس إلى الحدائق"


def found(query: str, **changes: Any) -> list[str]:
    page = search(SearchRequest(query=query, **changes))
    return [hit.article.external_id for hit in page.hits if isinstance(hit, ArticleHit)]


def test_persian_and_arabic_spellings_find_each_other(add_article: Any) -> None:
    add_article("persian", "قال روحانی إن سوریا والکرملین على اتصال")
    for word in ("روحاني", "روحانی", "سوريا", "سوریا", "الكرملين", "الکرملین", "لروحاني"):
        assert found(word) == ["persian"], word


def test_more_and_rarer_words_rank_higher(add_article: Any) -> None:
    add_article("common", f"الحكومة {FILLER}")
    add_article("both", f"الحكومة تبحث ملف الزعفران {FILLER}")
    for i in range(5):
        add_article(f"other{i}", f"الحكومة تجتمع {i} {FILLER}")
    assert found("الحكومة الزعفران")[0] == "both"


def test_documents_with_all_words_come_first_for_short_queries(add_article: Any) -> None:
    add_article("once", f"النفط {FILLER} {FILLER} الغاز")
    add_article("often", "الغاز " * 12)
    add_article("else", FILLER)
    assert found("النفط الغاز") == ["once", "often"]


def test_the_title_and_lead_weigh_more(add_article: Any) -> None:
    add_article("deep", f"{FILLER} {FILLER} {FILLER} {FILLER} {FILLER} {FILLER} الزلزال")
    add_article("title", f"{FILLER} {FILLER} {FILLER} {FILLER} {FILLER} {FILLER}", title="الزلزال")
    assert found("زلزال") == ["title", "deep"]


def test_a_phrase_matches_words_as_written_in_order(add_article: Any) -> None:
    add_article("phrase", "أعلن وقف إطلاق النار مساء")
    add_article("words", "إطلاق سراح الموقوفين ثم وقف العمل وإخماد النار")
    add_article("clitic", "بعد وقف لإطلاق النار")
    assert found('"وقف إطلاق النار"') == ["phrase"]
    assert set(found("وقف إطلاق النار")) == {"phrase", "words", "clitic"}


def test_words_near_each_other_in_any_form_and_order(add_article: Any) -> None:
    add_article("near", "النيران توقفت ثم جاء وقف القتال وإطلاق سراح الأسرى")
    add_article("far", f"وقف القتال {FILLER} {FILLER} إطلاق")
    add_article("one", "وقف القتال")
    assert found('"إطلاق القتال وقف"~3') == ["near"]
    assert found('"إطلاق القتال"~1') == ["near"]
    assert search(SearchRequest(query='"إطلاق وقف"~1')).steps == ("operators",)
    assert set(found('القتال -"وقف إطلاق"~3')) == {"far", "one"}


def test_an_exact_word_is_not_its_stem(add_article: Any) -> None:
    add_article("minister", "وزير جديد")
    add_article("article", "الوزير القديم")
    assert found("=وزير") == ["minister"]
    assert set(found("وزير")) == {"minister", "article"}


def test_exclusion_prefix_and_groups(add_article: Any) -> None:
    add_article("a", "حلب وروسيا")
    add_article("b", "إدلب وروسيا")
    add_article("c", "دمشق وروسيا")
    assert set(found("روسيا -حلب")) == {"b", "c"}
    assert set(found("(حلب أو إدلب) روسيا")) == {"a", "b"}
    assert found("دمش*") == ["c"]


def test_restrictions_and_filters(add_article: Any) -> None:
    old = add_article("old", "سوق النفط", year=2015, source="المرفأ", section="اقتصاد")
    add_article("new", "سوق النفط", year=2020, source="الميدان", title="أسعار")
    assert found("نفط مصدر:المرفأ") == ["old"]
    assert found("نفط من:2018") == ["new"]
    assert found("نفط إلى:2015") == ["old"]
    assert found("عنوان:أسعار") == ["new"]
    assert found("نفط قسم:اقتصاد") == ["old"]
    assert found("نفط", sources=(old.source_id,)) == ["old"]
    assert found("نفط", years=(2020,)) == ["new"]
    assert found("نفط", months=("2015-03",)) == ["old"]


@pytest.mark.parametrize("typed", ["الحمدان", "حمدان", "نادية", '"نادية الحمدان"', "الوزيرة"])
def test_a_speaker_is_found_by_any_part_of_the_name(add_article: Any, typed: str) -> None:
    article = add_article("a", "قالت نادية الحمدان إن الماء يكفي")
    add_article("b", "كان الماء قليلا")
    speaker = Speaker.objects.create(name="نادية الحمدان", key="ناديه حمدان", type="person")
    Statement.objects.create(
        article=article, key="k", kind="indirect", start=18, end=31, text="إن الماء يكفي",
        speaker=speaker,
    )  # fmt: skip
    reindex_articles([article.pk])
    expected = [] if typed == "الوزيرة" else ["a"]
    page = search(SearchRequest(query=f"متحدث:{typed}"))
    assert [h.article.external_id for h in page.hits if isinstance(h, ArticleHit)] == expected
    assert ("unknown-speaker" in page.reading.notes) is (typed == "الوزيرة")


def test_order_by_date_keeps_undated_last(add_article: Any) -> None:
    for external_id, year in (("b", 2018), ("a", 2015), ("undated", None), ("c", 2021)):
        add_article(external_id, "النفط", year=year)
    assert found("نفط", sort=Sort.NEWEST) == ["c", "b", "a", "undated"]
    assert found("نفط", sort=Sort.OLDEST) == ["a", "b", "c", "undated"]


def test_facets_count_and_leave_their_own_filter_out(add_article: Any) -> None:
    add_article("a", "النفط", year=2015, source="المرفأ")
    add_article("b", "النفط", year=2016, source="الميدان")
    page = search(SearchRequest(query="نفط", years=(2015,)))
    facets = {f.name: {v.label: (v.count, v.selected) for v in f.values} for f in page.facets}
    assert facets["years"] == {"2016": (1, False), "2015": (1, True)}
    assert facets["sources"] == {"المرفأ": (1, False)}
    assert page.count == 1


def test_nothing_found_is_loosened_in_a_stated_step(add_article: Any) -> None:
    add_article("a", "وقف العمل وإخماد النار")
    page = search(SearchRequest(query='"وقف النار"'))
    assert page.steps == ("operators",)
    assert [h.article.external_id for h in page.hits if isinstance(h, ArticleHit)] == ["a"]


def test_steps_add_up_until_something_is_found(add_article: Any) -> None:
    article = add_article("a", "وقف العمل وإخماد النار", year=2015)
    asked = SearchRequest(query='"وقف النار" قسم:رياضة', years=(2020,), page_size=3)
    page = search(asked)
    assert page.steps == ("operators", "restrictions", "filters")
    assert [h.article.pk for h in page.hits if isinstance(h, ArticleHit)] == [article.pk]
    assert page.request == asked


@pytest.mark.parametrize(
    ("typed", "arabic"),
    [
        ("Putin", "بوتين"),
        ("Rouhani", "روحاني"),  # one of two spellings of its vowels
        ("Hassan Rohani", "حسن روحاني"),
        ("al-Assad", "الأسد"),  # the article belongs to the name
        ("Sarah", "سارة"),  # a final letter that the consonants leave out
    ],
)
def test_latin_names_are_read_in_arabic(add_article: Any, typed: str, arabic: str) -> None:
    add_article("a", "التقى حسن روحاني وبوتين والأسد، ثم قال بوتين إن الأسد قابل سارة في باتان")
    merge_frequencies()
    page = search(SearchRequest(query=typed))
    assert page.steps == ("transliteration",)
    assert len(page.hits) == 1
    assert (arabic, "transliteration") in [(s.query, s.reason) for s in page.suggestions]


@pytest.mark.parametrize("typed", ["a", "xyzzy", "Merkel", "-", "O'Neill", "é" * 3000])
def test_unknown_latin_names_stay(add_article: Any, typed: str) -> None:
    add_article("a", "التقى حسن روحاني وبوتين")
    assert search(SearchRequest(query=typed)).steps == ()


def test_latin_names_are_looked_up_in_their_index(add_article: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = on")
        cursor.execute(f"EXPLAIN {transliteration.LOOK_UP}", [["btn"]])
        assert "frequency_skeleton" in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("typed", "suggested", "reason"),
    [
        ("f,jdk", "بوتين", "keyboard"),  # typed on the Latin layout
        ("الكرمين", "الكرملين", "spelling"),  # a letter dropped
        ("الكرمملين", "الكرملين", "spelling"),  # a letter doubled
        ("الكرملبن", "الكرملين", "spelling"),  # a dot dropped
        ("الإتفاءق", "الاتفاق", "spelling"),  # a hamza too many
        ("الاتفاققريب", "الاتفاق قريب", "spelling"),  # two words joined
    ],
)
def test_it_suggests_words_of_the_corpus(
    add_article: Any, typed: str, suggested: str, reason: str
) -> None:
    add_article("a", "قال بوتين في الكرملين إن الاتفاق قريب")
    page = search(SearchRequest(query=typed))
    assert [(s.query, s.reason) for s in page.suggestions] == [(suggested, reason)]
    assert search(page.suggestions[0].request).count == 1


def test_it_suggests_nothing_where_nothing_is_alike(add_article: Any) -> None:
    add_article("a", "قال بوتين إن الاتفاق قريب")
    assert search(SearchRequest(query="قسطرلوب")).suggestions == ()


@pytest.fixture
def presidents(add_article: Any) -> None:
    """Four articles with الرئس and one with المسيره, in a corpus where الرئيس stands in 500."""
    for n in range(4):
        add_article(f"slip{n}", f"قال الرئس الأمريكي إن المدينة {n} بعيدة")
    add_article("right", "قال الرئيس الأمريكي في المسيرة")
    rows = LexemeFrequency.objects
    rows.filter(lexeme__in=["wالرييس", "wالرئيس", "sرئيس"]).update(articles=500)
    rows.filter(lexeme="#documents").update(articles=5000)


@pytest.mark.usefixtures("presidents")
@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("الرئس", "الرئيس"),
        ("المدينة الرئس", "المدينة الرئيس"),  # the rest as typed
        ("-بعيدة =الأمريكي (الرئس)", "-بعيدة =الأمريكي (الرئيس)"),
    ],
)
def test_a_slip_is_seen_though_others_made_it_too(typed: str, suggested: str) -> None:
    page = search(SearchRequest(query=typed))
    assert page.suggestions[0].query == suggested
    assert page.suggestions[0].reason == "spelling"
    assert search(SearchRequest(query="الرئس")).count == 4


@pytest.mark.usefixtures("presidents")
@pytest.mark.parametrize("typed", ["الرئيس", "المدينة", "المسيرة بعيدة", "الأمريكي"])
def test_a_right_word_is_not_doubted(typed: str) -> None:
    assert not any(s.reason == "spelling" for s in search(SearchRequest(query=typed)).suggestions)


def test_what_was_typed_on_another_layout_is_offered_though_its_bits_are_found(
    add_article: Any,
) -> None:
    for n in range(5):
        add_article(f"f{n}", f"مركبة من طراز f وصلت إلى الميناء {n}")
    add_article("p", "قال بوتين إن الاتفاق قريب")
    page = search(SearchRequest(query="f,jdk"))
    assert page.count >= 5
    assert [offer.query for offer in page.suggestions] == ["بوتين"]


@pytest.mark.usefixtures("presidents")
def test_where_nothing_looks_like_a_slip_nothing_more_is_asked() -> None:
    ready = engine.make_ready(SearchRequest(query="الرئيس الأمريكي المدينة"))
    with CaptureQueriesContext(connection) as asked:
        for relaxed in (False, True):
            assert not suggestions.suggestions(
                ready.request, ready.prepared, ready.stats, count=10, relaxed=relaxed
            )
    assert not asked.captured_queries


def test_pages_do_not_overlap(add_article: Any) -> None:
    for i in range(25):
        add_article(f"d{i}", f"النفط {i}")
    pages = [found("نفط", page=n) for n in (1, 2, 3)]
    assert [len(p) for p in pages] == [10, 10, 5]
    assert len({d for p in pages for d in p}) == 25


def test_articles_of_one_story_fold_under_the_first(add_article: Any) -> None:
    from corpus.models import Story

    story = Story.objects.create()
    ids = [add_article(f"d{i}", f"النفط يرتفع {i}").pk for i in range(3)]
    Article.objects.filter(pk__in=ids[:2]).update(story=story)
    reindex_articles(ids)
    page = search(SearchRequest(query="نفط"))
    assert sorted(h.similar for h in page.hits if isinstance(h, ArticleHit)) == [0, 1]


def test_snippets_show_the_articles_own_spelling_with_whole_words_marked(add_article: Any) -> None:
    add_article("a", "قالَ الرَّئیسُ إن <script>alert(1)</script> لن يمرّ")
    hit = search(SearchRequest(query="الرئيس")).hits[0]
    assert isinstance(hit, ArticleHit)
    assert "<mark>الرَّئیسُ</mark>" in hit.snippet.html()
    assert "&lt;script&gt;" in hit.snippet.html()


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("في", True),  # one common word
        ("من في على", True),  # stop words only
        ("ا", False),  # one letter
        ("123", True),
        ("٢٠١٥", True),  # digits of another set
        ("Microsoft", True),
        ("covid-19 لقاح", True),  # a mixed run
        ("!!!", True),  # no word at all: everything, newest first
        ("ُِ", True),  # marks over no letter
        ("a:b:c", False),
        ("كلمة " * 60, True),  # pasted
        ("ه" * 5000, False),
        ("'; DROP TABLE x", False),
        ("\\", True),
        ("& | !", True),
        ("<->", True),
        (":*", True),
        ("=", True),
        ('""', True),
    ],
)
def test_every_sort_of_query_answers(add_article: Any, query: str, finds: bool) -> None:
    add_article("a", "في 2015 صدر تقرير Microsoft عن لقاح covid-19 في كلمة 123")
    page = search(SearchRequest(query=query))
    assert bool(page.hits) is finds
    assert (page.count > 0) is finds


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=st.text(max_size=40))
def test_nothing_typed_raises(db: None, query: str) -> None:
    page = search(SearchRequest.from_parameters({"q": query}))
    assert (page.hits, page.count, page.has_next) == ((), 0, False)


def test_a_speakers_name_finds_what_he_said_before_what_others_said_of_him(db: None) -> None:
    rouhani, kremlin = builders.speaker(), builders.speaker("الكرملين", type="organisation")
    article = builders.article(
        body="قال روحاني إن استعادة تدمر مؤشر على قدرات الجيش.\n"
        "وقال الكرملين إن روحاني تحدث عن تدمر وعن الجيش.\nوقال روحاني إن الوضع في حلب صعب."
    )
    own = builders.statement(article, "إن استعادة تدمر مؤشر على قدرات الجيش", by=rouhani)
    of_him = builders.statement(article, "إن روحاني تحدث عن تدمر وعن الجيش", by=kremlin)
    elsewhere = builders.statement(article, "إن الوضع في حلب صعب", by=rouhani)
    builders.indexed([article])

    def found(query: str) -> list[int]:
        page = search(SearchRequest(query=query, scope=Scope.STATEMENTS))
        return [hit.statement.pk for hit in page.hits if isinstance(hit, StatementHit)]

    assert found("روحاني تدمر")[:2] == [own.pk, of_him.pk]
    assert set(found("روحاني")) == {own.pk, of_him.pk, elsewhere.pk}


def said(*statements: str, **more: Any) -> list[int]:
    """Statements by روحاني, each in an article of its own; their ids in the order given."""
    made = []
    for words in statements:
        article = builders.article(title="خبر", body=f"وقال روحاني: «{words}».")
        made.append(builders.statement(article, words, by=builders.speaker(), **more))
    builders.indexed([statement.article for statement in made])
    return [statement.pk for statement in made]


def statements_found(query: str) -> list[int]:
    page = search(SearchRequest(query=query, scope=Scope.STATEMENTS))
    return [hit.statement.pk for hit in page.hits if isinstance(hit, StatementHit)]


def test_a_speakers_name_alone_does_not_put_the_shortest_words_first(db: None) -> None:
    whole, about, two, one = said(
        "إن الجيش مصمم على حماية أهل البلاد كلهم",
        "إن استعادة تدمر مؤشر على قدرات الجيش كلها",
        "الخطأ التاريخي",
        "الوحشي",
    )
    assert statements_found("روحاني تدمر") == [about, whole, two, one]
    assert statements_found("روحاني")[-2:] == [two, one]


def test_a_description_for_nobody_is_no_name_to_be_found_by(db: None) -> None:
    (about,) = said("إن الاتفاق البحري خطوة مهمة للبلاد كلها")
    (by_it,) = said("على أن تعلق المدينة برنامجها", mention="الاتفاق البحري")
    (source,) = said("إن الوضع في المدينة صعب جدا", mention="مصدر أمني", mention_type="unnamed")
    assert statements_found("الاتفاق البحري") == [about]
    assert statements_found("المدينة") == [source, by_it]
    assert statements_found("مصدر أمني") == [source]


def test_a_bodys_name_tells_less_of_the_subject_than_its_words(db: None) -> None:
    (about,) = said("إن كأس المدينة بطولة كبيرة ينتظرها الناس كل عام")
    committee = {"mention": "لجنة كأس المدينة", "mention_type": "organisation"}
    (by_it,) = said("إن الملاعب جاهزة وإن التذاكر نفدت منذ أيام", **committee)
    both, of_it = said(
        "إن الملاعب جاهزة لمباريات الشتاء", "إن كأس المدينة في الملاعب الجديدة", **committee
    )
    assert statements_found("كأس المدينة")[:2] == [of_it, about]
    assert set(statements_found("كأس المدينة")) == {of_it, about, both, by_it}
    assert statements_found("لجنة كأس المدينة الشتاء")[0] == both


def test_words_within_a_statement_found_already_are_not_shown_twice(db: None) -> None:
    rouhani = builders.speaker()
    article = builders.article(body='قال روحاني إن الهجوم "حدث مأسوي كبير"، وقال إن الوضع صعب.')
    whole = builders.statement(
        article, 'إن الهجوم "حدث مأسوي كبير"', kind="indirect", by=rouhani, confidence=0.9
    )
    inner = builders.statement(article, "حدث مأسوي كبير", by=rouhani, inside=True)
    other = builders.statement(article, "إن الوضع صعب", kind="indirect", by=rouhani)
    builders.indexed([article])
    assert len(statements_found("مأسوي")) == 1
    assert statements_found("الهجوم مأسوي") == [whole.pk]
    assert set(statements_found("روحاني")) in ({whole.pk, other.pk}, {inner.pk, other.pk})
    every = SearchRequest(query="مأسوي", scope=Scope.STATEMENTS, fold_similar=False)
    assert len(search(every).hits) == 2


def test_of_equal_statements_the_surer_comes_first(db: None) -> None:
    (sure,) = said("إن الوضع في تدمر صعب جدا", confidence=0.95)
    (doubted,) = said("إن الوضع في تدمر خطير جدا", confidence=0.3)
    assert statements_found("تدمر") == [sure, doubted]
    (approved,) = said("إن الوضع في تدمر هادئ جدا", confidence=0.3, curation="approved")
    assert statements_found("تدمر") == [approved, sure, doubted]
    assert statements_found("خطير تدمر")[0] == doubted  # what was asked for weighs more


def test_a_word_of_the_headline_asks_for_statements_in_such_articles(db: None) -> None:
    rouhani = builders.speaker()
    told = builders.article(title="قمة النفط في الكويت", body="قال روحاني إن الأسعار سترتفع غدا.")
    other = builders.article(title="قمة المناخ", body="قال روحاني إن أسعار النفط سترتفع.")
    for article, words in ((told, "إن الأسعار سترتفع غدا"), (other, "إن أسعار النفط سترتفع")):
        builders.statement(article, words, kind="indirect", by=rouhani)
    builders.indexed([told, other])

    def found(query: str) -> list[int]:
        page = search(SearchRequest(query=query, scope=Scope.STATEMENTS))
        assert not page.steps
        assert page.count == len(page.hits)
        return [hit.statement.article_id for hit in page.hits if isinstance(hit, StatementHit)]

    assert found("عنوان:النفط") == [told.pk]
    assert set(found("عنوان:قمة")) == {told.pk, other.pk}
    assert found("عنوان:النفط الأسعار") == [told.pk]
    assert found('روحاني عنوان:"قمة النفط"') == [told.pk]
    assert found("أسعار -عنوان:النفط") == [other.pk]
    assert found("(عنوان:المناخ أو عنوان:الكويت) روحاني -النفط") == [told.pk]
    page = search(SearchRequest(query="عنوان:النفط الأسعار", scope=Scope.STATEMENTS))
    assert page.reading.words == ("الاسعار",)
    assert page.reading.restrictions == (("title", "النفط"),)
    # A speaker is no headline: that restriction finds nothing and is dropped.
    titled = search(SearchRequest(query="عنوان:روحاني النفط", scope=Scope.STATEMENTS))
    assert titled.steps == ("operators",)


def test_signs_alone_list_everything_and_say_so(add_article: Any) -> None:
    add_article("خبر", "في المدينة مطر.")
    found = search(SearchRequest(query="!!!"))
    assert (found.count, found.reading.notes) == (1, ("no-words",))
    assert search(SearchRequest(query="")).reading.notes == ()
    assert search(SearchRequest(query="مطر")).reading.notes == ()


def test_a_query_that_takes_too_long_ends(db: None, settings: Any) -> None:
    settings.AQWAL_SEARCH_TIMEOUT_MS = 50
    with pytest.raises(SearchTimeout), limited(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")


def test_frequencies_follow_edits_and_match_a_rebuild(add_article: Any) -> None:
    article = add_article("a", "النفط والغاز", title="سوق", year=2015)
    add_article("b", "النفط")
    article.body = "القمح"
    article.save()
    reindex_articles([article.pk])

    def counted() -> dict[str, int]:
        rows = LexemeFrequency.objects.exclude(articles=0, statements=0)
        return dict(rows.values_list("lexeme", "articles"))

    kept = counted()
    assert kept["sنفط"] == 1
    rebuild_frequencies()
    assert counted() == kept


def test_a_very_long_article_is_indexed_by_its_beginning(add_article: Any) -> None:
    add_article("long", " ".join(f"كلمه{i}" for i in range(120_000)))
    assert found("كلمه5") == ["long"]


def test_the_explanation_adds_up(add_article: Any) -> None:
    article = add_article("a", "قال روحانی إن النفط لروحاني", title="النفط")
    add_article("b", FILLER)
    request = SearchRequest(query="روحاني النفط")
    why = explain(request, article.pk)
    assert why is not None
    assert why.terms[0].found == ("روحانی", "لروحاني")
    assert why.terms[0].stem_frequency == 1
    hit = search(request).hits[0]
    assert why.total == pytest.approx(hit.score, rel=1e-6)
    parts = sum(t.score.total for t in why.terms) + why.pairs + why.passage + why.likeness
    assert why.total == pytest.approx(parts)
    assert why.passage > 0  # both words within a few words of each other
    assert why.likeness == 0  # and none of them absent


def test_a_statements_explanation_adds_up_too(db: None) -> None:
    (pk,) = said("تدمر في خطر", mention_name="حسن روحاني", confidence=0.5)
    request = SearchRequest(query="روحاني تدمر", scope=Scope.STATEMENTS)
    why = explain(request, pk)
    assert why is not None and isinstance(why.found, Statement)
    assert [term.found for term in why.terms] == [("روحاني",), ("تدمر",)]
    assert why.terms[0].score.in_lead > 0 and why.terms[1].score.in_lead == 0
    assert why.doubt < 0
    assert why.total == pytest.approx(search(request).hits[0].score, rel=1e-6)


def test_words_in_one_passage_rank_higher(add_article: Any) -> None:
    far = " ".join(["كلام"] * 45)
    near = f"{far} {far} الزعفران من {FILLER} المرفأ {far}"
    add_article("near", near)
    add_article("apart", f"{far} الزعفران من {far} {FILLER} المرفأ {far}")
    assert found("الزعفران المرفأ")[0] == "near"
    add_article("nearer twin", near.replace("كلام", "حديث"))
    assert found("الزعفران المرفأ")[-1] == "apart"


def test_an_absent_words_letters_count(add_article: Any) -> None:
    add_article("other", f"زار نتنياهو المعرض {FILLER}")
    add_article("like", f"زار نتانياهو المعرض وبقي نتنيا {FILLER}")
    add_article("unlike", f"زار أحدهم المعرض مرة وبقي قليلا {FILLER}")
    assert found("نتنياهو المعرض") == ["other", "like", "unlike"]


def test_interrogatives_weigh_half(add_article: Any) -> None:
    prepared = prepare("متى انعقد المؤتمر")
    assert [(t.words, t.weight) for t in prepared.terms] == [
        (("متي",), 0.5),
        (("انعقد",), 1.0),
        (("المؤتمر",), 1.0),
    ]


def test_the_page_says_why(add_article: Any, client: Any) -> None:
    article = add_article("a", "قال روحانی إن النفط لروحاني", title="النفط")
    address = f"/why/{article.pk}/?q=روحاني"
    page = client.get(address).content.decode()
    assert "روحانی" in page and "لروحاني" in page
    assert f"/why/{article.pk}/" in client.get("/?q=روحاني").content.decode()
    assert client.get(f"/why/{article.pk + 1}/?q=روحاني").status_code == 404
    assert client.get(f"/why/{article.pk}/").status_code == 404


def test_the_page_says_why_of_a_statement(db: None, client: Any) -> None:
    (pk,) = said("تدمر في خطر", mention_name="حسن روحاني")
    asked = SearchRequest(query="روحاني تدمر", scope=Scope.STATEMENTS).query_string()
    assert f"/why/{pk}/?{escape(asked)}" in client.get(f"/?{asked}").content.decode()
    page = client.get(f"/why/{pk}/?{asked}").content.decode()
    assert "تدمر في خطر" in page and "في اسم المتحدث" in page
