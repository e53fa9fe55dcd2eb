"""Frequencies of folded words from lists of words as written."""

from __future__ import annotations

import pytest

from corpus.text.lexicon import Lexicon, lexicon


def small(*levels: tuple[float, str]) -> Lexicon:
    """A lexicon from (share, words with blanks between)."""
    return Lexicon((share, [w.encode() for w in words.split()]) for share, words in levels)


def test_the_rarest_word_has_three() -> None:
    found = small((0.01, "حكومة"), (0.0001, "زير"))
    assert found.frequency("زير") == pytest.approx(3)
    assert found.frequency("حكومه") == pytest.approx(300)


@pytest.mark.parametrize(
    ("spellings", "word"),
    [
        ("على علي", "علي"),  # letters of the code page
        ("سوريا سوریا", "سوريا"),  # a letter outside it
        ("محمد مُحمّد", "محمد"),  # marks
        ("لا ﻻ", "لا"),  # a presentation form
    ],
)
def test_spellings_of_a_word_add_up(spellings: str, word: str) -> None:
    found = small((0.01, spellings), (0.001, "غير"))
    assert found.frequency(word) == pytest.approx(60)
    assert len(found) == 2


def test_it_knows_what_is_mostly_written_with_a_hamza() -> None:
    found = small((0.02, "إلغاء الحكومة"), (0.01, "الغاء ألحكومة"))
    assert found.hamza_first("الغاء")
    assert not found.hamza_first("الحكومه")
    assert not found.hamza_first("حكومه")


def test_numbers_and_latin_are_left_out() -> None:
    found = small((0.01, "nato 2015 حلف"))
    assert len(found) == 1
    assert found.frequency("nato") == 0


@pytest.mark.parametrize("word", ["", "?", "ژ", "\ud800", "ظظظظ"])
def test_unknown_words_have_no_frequency(word: str) -> None:
    assert lexicon().frequency(word) == 0
    assert not lexicon().hamza_first(word)


def test_an_empty_lexicon_knows_nothing() -> None:
    assert Lexicon([]).frequency("حكومه") == 0


def test_the_real_list() -> None:
    assert len(lexicon()) > 500_000
    assert lexicon().frequency("الرئيس") > 1000 * lexicon().frequency("الدته")
    assert lexicon().hamza_first("المانيا")
    assert not lexicon().hamza_first("الحكومه")
