"""Words as written, and their places in the original text."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given

from corpus.text.tokens import LONGEST_RUN, tokenize
from tests.corpus.text.texts import TEXTS


@pytest.mark.parametrize(
    ("text", "words", "slices", "reason"),
    [
        ("قال: نعم", ["قال", "نعم"], ["قال", "نعم"], "punctuation splits"),
        ("a_b", ["a", "b"], ["a", "b"], "the underscore is no letter"),
        ("3.5", ["3", "5"], ["3", "5"], "so does a decimal point"),
        ("covid-19", ["covid", "19"], ["covid", "19"], "and a hyphen"),
        ("قالَ", ["قالَ"], ["قالَ"], "marks belong to the word"),
        ("الـرئيس", ["الـرئيس"], ["الـرئيس"], "tatweel too"),
        ("می\u200cشود", ["میشود"], ["می\u200cشود"], "a non-joiner is spanned and not kept"),
        ("نعم\u200f.", ["نعم"], ["نعم"], "a direction mark after a word is layout"),
        ("\u202bنعم\u202c", ["نعم"], ["نعم"], "so are those around it"),
        ("ﻻ شيء", ["لا", "شيء"], ["ﻻ", "شيء"], "one character, two letters"),
        ("الﻼعب", ["اللاعب"], ["الﻼعب"], "a ligature inside a word"),
        ("ﷺ", ["صلى", "الله", "عليه", "وسلم"], ["ﷺ"] * 4, "one character, four words"),
        ("½", ["1", "2"], ["½"] * 2, "a fraction is two numbers"),
        ("محﹶمد", ["محَمد"], ["محﹶمد"], "a lone mark's shape does not split"),
        ("e\u0301cole", ["école"], ["e\u0301cole"], "a letter and its accent compose"),
        ("قال\u00a0نعم", ["قال", "نعم"], ["قال", "نعم"], "a hard blank splits"),
        ("قال…نعم", ["قال", "نعم"], ["قال", "نعم"], "so does an ellipsis"),
        ("«بوتین»", ["بوتین"], ["بوتین"], "Persian letters stay as written"),
        ("NATO", ["nato"], ["NATO"], "lower case"),
        ("بي★بي", ["بي", "بي"], ["بي", "بي"], "a rare sign splits as well"),
        ("ـ", ["ـ"], ["ـ"], "a lone tatweel is left to folding"),
        ("َ كتاب", ["كتاب"], ["كتاب"], "a mark without a letter is no word"),
        ("\ud800 نعم\udfff", ["نعم"], ["نعم"], "lone surrogates"),
        ("", [], [], "nothing"),
    ],
)
def test_it_finds_words(text: str, words: list[str], slices: list[str], reason: str) -> None:
    tokens = tokenize(text)
    assert [token.text for token in tokens] == words, reason
    assert [text[token.start : token.end] for token in tokens] == slices, reason


@given(TEXTS)
def test_words_stand_in_the_text_in_order(text: str) -> None:
    tokens = tokenize(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    for one, following in pairwise(tokens):
        assert one.start <= following.start and one.end <= following.end
        # Only a character that is several words at once belongs to two.
        shared = text[following.start : one.end]
        assert not shared or len(unicodedata.normalize("NFKC", shared)) > 1


@given(TEXTS)
def test_a_word_is_found_again_in_its_own_stretch(text: str) -> None:
    for token in tokenize(text):
        again = tokenize(text[token.start : token.end])
        assert token.text in [word.text for word in again]


@given(TEXTS, TEXTS)
def test_a_line_break_keeps_texts_apart(first: str, second: str) -> None:
    joint = [token.text for token in tokenize(f"{first}\n{second}")]
    assert joint == [token.text for part in (first, second) for token in tokenize(part)]


def test_an_endless_word_is_cut() -> None:
    tokens = tokenize("ا" * (LONGEST_RUN + 3))
    assert [len(token.text) for token in tokens] == [LONGEST_RUN, 3]


def test_thousands_of_combining_characters_take_no_time() -> None:
    started = time.monotonic()
    tokenize("a" + "\u0301\u0316" * 50_000)
    assert time.monotonic() - started < 5
