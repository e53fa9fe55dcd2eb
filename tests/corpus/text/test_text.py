"""Folding, words and segmentation: what must become one, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.analysis import analyse, analyse_columns, stems
from corpus.text.folding import fold
from corpus.text.script import script_profile
from corpus.text.segmentation import (
    segment,
    strip_article,
    strip_conjunction,
    strip_endings,
    strip_pronoun,
)

ARABIC = st.text(
    alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةکیپچگ ـًٌٍَُِّْ\u200c٠٣۵ ،.«»aZ9-_", max_size=40
)


@pytest.mark.parametrize(
    ("written", "folded", "reason"),
    [
        ("سوریا", "سوريا", "Persian yeh"),
        ("الکرملین", "الكرملين", "Persian kaf and yeh"),
        ("على", "علي", "alif maqsura"),
        ("مصطفى", "مصطفي", "alif maqsura"),
        ("ٱلله", "الله", "alif wasla"),
        ("أإآ", "ااا", "hamza seats of alif"),
        ("حكومة", "حكومه", "teh marbuta"),
        ("٢٠١٥", "2015", "Arabic digits"),
        ("۲۰۱۵", "2015", "Persian digits"),
        ("مُحَمَّدٌ", "محمد", "vowel marks"),
        ("مـحـمـد", "محمد", "tatweel"),
        ("ﻻ", "لا", "presentation form of two letters"),
        ("ﷲ", "الله", "presentation form of a word"),
        ("می\u200cشود", "ميشود", "a zero-width non-joiner joins nothing apart"),
        ("پوتین", "بوتين", "Persian peh"),
        ("NATO", "nato", "case"),
        ("مسؤول", "مسؤول", "hamza on waw stays: folding it gained nothing"),
    ],
)
def test_it_folds(written: str, folded: str, reason: str) -> None:
    assert fold(written) == folded, reason


@pytest.mark.parametrize(
    "forms",
    [
        ("والرئيس", "الرئيس"),
        ("وبوتين", "لبوتين", "بوتين"),
        ("والحكومة", "الحكومة"),
        ("ببغداد", "بغداد"),
        ("للصحفيين", "صحفيين"),
        ("بالولايات", "الولايات"),
        ("كتابهم", "كتاب"),
        ("حكومتهم", "حكومة"),
        ("سوريا", "سوریا"),
        ("روحانی", "روحاني"),
    ],
)
def test_it_unites(forms: tuple[str, ...]) -> None:
    assert len({stem for form in forms for stem in stems(form)}) == 1


@pytest.mark.parametrize(
    ("word", "not_stem"),
    [
        ("وزير", "زير"),
        ("فيلم", "يلم"),
        ("بوتين", "وتين"),
        ("والد", "الد"),
        ("والدته", "الد"),
        ("لبنان", "بنان"),
        ("كتاب", "تاب"),
    ],
)
def test_it_does_not_strip_letters_of_the_word(word: str, not_stem: str) -> None:
    assert not segment(fold(word)).startswith(not_stem)


@pytest.mark.parametrize(
    ("strip", "word", "left", "reason"),
    [
        (strip_conjunction, "والحكومه", "الحكومه", "و before the article"),
        (strip_conjunction, "وبالولايات", "بالولايات", "و before ب and the article"),
        (strip_conjunction, "وزير", "وزير", "زير is far rarer than وزير"),
        (strip_conjunction, "وفد", "وفد", "too short"),
        (strip_article, "الحكومه", "حكومه", "the article"),
        (strip_article, "للصحفيين", "صحفيين", "لل"),
        (strip_article, "بالولايات", "ولايات", "ب and the article"),
        (strip_article, "الغاء", "الغاء", "mostly written إلغاء: no article"),
        (strip_article, "ببغداد", "بغداد", "a preposition before a known word"),
        (strip_pronoun, "كتابهم", "كتاب", "their book"),
        (strip_pronoun, "حكومتهم", "حكوم", "the ت was a ة"),
        (strip_endings, "معلمون", "معلم", "plural"),
        (strip_endings, "يه", "يه", "two letters must remain"),
    ],
)
def test_each_strip(strip: object, word: str, left: str, reason: str) -> None:
    assert strip(word) == left, reason  # type: ignore[operator]


def test_words_have_their_places_in_the_text() -> None:
    text = "قالَ الـرئيس: ﻻ «نعم» a_b"
    assert [text[t.start : t.end] for t in analyse(text)] == ["قالَ", "الـرئيس", "ﻻ", "نعم", "a", "b"]


def test_a_direction_mark_after_a_word_is_not_part_of_it() -> None:
    assert [(t.start, t.end) for t in analyse("نعم\u200f.")] == [(0, 3)]


@given(ARABIC | st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    for surface in text.split():
        assert fold(fold(surface)) == fold(surface)


@given(ARABIC | st.text(max_size=60))
def test_offsets_lead_back_to_the_same_term(text: str) -> None:
    for term in analyse(text):
        again = [(t.word, t.stem) for t in analyse(text[term.start : term.end])]
        assert (term.word, term.stem) in again


@given(ARABIC | st.text(max_size=60))
def test_the_index_and_the_query_see_the_same(text: str) -> None:
    terms = analyse(text)
    assert analyse_columns(text) == ([t.word for t in terms], [t.stem for t in terms])
    assert [t.position for t in terms] == list(range(len(terms)))


def test_lone_surrogates_do_not_raise() -> None:
    assert analyse("نعم \ud800 لا")


def test_a_profile_counts_scripts() -> None:
    profile = script_profile("سوریا مُهمّة NATO")
    assert (profile.arabic, profile.persian, profile.harakat, profile.latin) == (9, 1, 2, 4)
    assert profile.persian_share == pytest.approx(1 / 9)
    assert script_profile("").persian_share == 0


def test_water_is_not_what() -> None:
    assert set(stems("ما")).isdisjoint(stems("الماء ماء بالماء"))
