"""Spellings that must become one word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.folding import (
    compose,
    drop_controls,
    drop_marks,
    fold,
    fold_letters,
    fold_text,
)
from tests.corpus.text.texts import TEXTS


@pytest.mark.parametrize(
    ("written", "folded", "reason"),
    [
        ("سوریا", "سوريا", "Persian yeh"),
        ("الکرملین", "الكرملين", "Persian kaf and yeh"),
        ("روحانی", "روحاني", "Persian yeh at the end"),
        ("على", "علي", "alif maqsura"),
        ("مصطفى", "مصطفي", "alif maqsura"),
        ("ېے", "يي", "Pashto and Urdu yeh"),
        ("ٱلله", "الله", "alif wasla"),
        ("أإآ", "ااا", "hamza and madda on alif"),
        ("ا\u0654", "ا", "hamza above as a mark of its own"),
        ("مسو\u0654ول", "مسؤول", "hamza above as a mark composes with waw"),
        ("حكومة", "حكومه", "teh marbuta"),
        ("ہھەۀ", "هههه", "Urdu, Kurdish and Persian heh"),
        ("گک", "كك", "gaf and keheh"),
        ("پوتین", "بوتين", "Persian peh"),
        ("چاد", "جاد", "Persian tcheh"),
        ("ڤيينا", "فيينا", "veh"),
        ("كوۏيد", "كوويد", "Kirghiz waw"),
        ("٢٠١٥", "2015", "Arabic digits"),
        ("۲۰۱۵", "2015", "Persian digits"),
        ("２０１５", "2015", "full-width digits"),
        ("مُحَمَّدٌ", "محمد", "vowel marks"),
        ("محمّد", "محمد", "shadda"),
        ("رحمٰن", "رحمن", "dagger alif"),
        ("مـحـمـد", "محمد", "tatweel"),
        ("ﻻ", "لا", "presentation form of two letters"),
        ("ﷲ", "الله", "presentation form of a word"),
        ("ﻣﺤﻤﺪ", "محمد", "presentation forms of letters"),
        ("محﹶمد", "محمد", "presentation form of a lone mark: its blank splits nothing"),
        ("می\u200cشود", "ميشود", "a zero-width non-joiner joins nothing apart"),
        ("\u202bمحمد\u202c", "محمد", "direction controls"),
        ("NATO", "nato", "case"),
        ("ÉCOLE", "école", "accents stay: Latin words are few and not ours to judge"),
        ("İstanbul", "istanbul", "the Turkish dot goes with the capital"),
        ("مسؤول", "مسؤول", "hamza on waw stays: folding it gained nothing"),
        ("مسئول", "مسئول", "hamza on yeh stays"),
        ("ـ", "", "a lone tatweel is no word"),
        ("", "", "nothing"),
        ("\ud800", "", "a lone surrogate is no letter"),
    ],
)
def test_it_folds(written: str, folded: str, reason: str) -> None:
    assert fold(written) == folded, reason


@pytest.mark.parametrize(
    "different",
    [
        ("علم", "عالم"),  # a long vowel is a letter
        ("سائل", "سال"),  # so is a hamza on its seat
        ("ضل", "ظل"),  # letters that only sound alike
        ("ثورة", "تورة"),
    ],
)
def test_it_keeps_different_words_apart(different: tuple[str, str]) -> None:
    assert fold(different[0]) != fold(different[1])


def test_each_fold_does_one_thing() -> None:
    assert drop_controls("أ\u200cبَ") == "أبَ"
    assert compose("ﻻَ") == "لاَ"
    assert drop_marks("أبَـج") == "أبج"
    assert fold_letters("أبَـ٣") == "ابَـ3"


def test_a_long_text_folds_like_a_short_one() -> None:
    text = "أكّد الرئيسُ الروسی پوتین «٢٠١٥» ﻻ شيء، "
    assert fold_text(text * 50) == fold_text(text) * 50


def test_a_text_keeps_what_is_between_its_words() -> None:
    assert fold_text("«الكرملینُ»، ٣٫٥!") == "«الكرملين»، 3٫5!"


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_text(fold_text(text)) == fold_text(text)


@given(TEXTS)
def test_a_folded_word_is_letters_and_digits(text: str) -> None:
    folded = fold(text)
    assert folded.isalnum() or folded == ""


@given(st.lists(st.sampled_from("ابتأةىی کَـ٣a"), max_size=8).map("".join))
def test_a_text_of_arabic_folds_word_by_word(text: str) -> None:
    assert fold_text(text).split() == [f for word in text.split() if (f := fold(word))]


def test_thousands_of_combining_characters_take_no_time() -> None:
    started = time.monotonic()
    fold("a" + "\u0301\u0316" * 20_000)
    assert time.monotonic() - started < 5


def test_rows_of_signs_are_cut_the_same_way_each_time() -> None:
    text = "ا" + "\u0344" * 30 + "ـ" + "\u0301" * 30 + "═" * 80 + "ب"
    assert fold_text(fold_text(text)) == fold_text(text)
    assert fold(text) == "اب"
