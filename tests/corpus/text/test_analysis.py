"""Index and query see the same words, and every word leads back into the text."""

from __future__ import annotations

from hypothesis import given

from corpus.text.analysis import LONGEST_REMEMBERED, analyse, analyse_columns, stems, words
from tests.corpus.text.texts import TEXTS


def test_words_have_their_places_in_the_text() -> None:
    text = "قالَ الـرئيس: ﻻ «نعم» a_b"
    assert [text[t.start : t.end] for t in analyse(text)] == [
        "قالَ",
        "الـرئيس",
        "ﻻ",
        "نعم",
        "a",
        "b",
    ]


def test_a_term_has_its_word_and_its_stem() -> None:
    (term,) = analyse(" والحُكومةِ ")
    assert term == ("والحكومه", "حكوم", 1, 11, 0)
    assert (term.word, term.stem, term.position) == ("والحكومه", "حكوم", 0)


def test_a_lone_tatweel_is_no_word() -> None:
    assert analyse("نعم ـ لا")[1].position == 1
    assert words("نعم ـ لا") == ["نعم", "لا"]


def test_words_and_stems_alone() -> None:
    assert words("والحكومة الروسية") == ["والحكومه", "الروسيه"]
    assert stems("والحكومة الروسية") == ["حكوم", "روس"]


def test_words_too_long_to_be_remembered_are_analysed_all_the_same() -> None:
    word = "نعم" * LONGEST_REMEMBERED
    assert words(word) == [word]


def test_lone_surrogates_do_not_raise() -> None:
    assert words("نعم \ud800 لا") == ["نعم", "لا"]


@given(TEXTS)
def test_offsets_lead_back_to_the_same_term(text: str) -> None:
    for term in analyse(text):
        again = [(t.word, t.stem) for t in analyse(text[term.start : term.end])]
        assert (term.word, term.stem) in again


@given(TEXTS)
def test_the_index_and_the_query_see_the_same(text: str) -> None:
    terms = analyse(text)
    columns = analyse_columns(text)
    assert columns.words == words(text) == [t.word for t in terms]
    assert columns.stems == [t.stem for t in terms]
    assert [t.position for t in terms] == list(range(len(terms)))


@given(TEXTS)
def test_a_folded_word_is_analysed_as_itself(text: str) -> None:
    for word in words(text):
        assert word in words(word)
