"""Where sentences end, and where a stop ends nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.text.analysis import words
from corpus.text.sentences import paragraphs, sentences
from corpus.text.spans import validated
from tests.corpus.text.texts import TEXTS


@pytest.mark.parametrize(
    ("text", "parts", "reason"),
    [
        ("قال نعم. ثم مضى.", ["قال نعم.", "ثم مضى."], "a full stop"),
        ("هل قال؟ نعم! مضى", ["هل قال؟", "نعم!", "مضى"], "question and exclamation marks"),
        ("قال… ثم مضى", ["قال…", "ثم مضى"], "an ellipsis"),
        ("قال... ثم مضى", ["قال...", "ثم مضى"], "three stops are one"),
        ("قال؛ ثم مضى", ["قال؛ ثم مضى"], "the Arabic semicolon ends a clause only"),
        ("عنوان\nقال نعم", ["عنوان", "قال نعم"], "a line break"),
        ("عنوان\r\n\r\n قال ", ["عنوان", "قال"], "blanks are left out"),
        ("قال.ثم مضى", ["قال.", "ثم مضى"], "newspapers leave the blank out"),
        ("قال «نعم.» ثم مضى", ["قال «نعم.»", "ثم مضى"], "the closing mark goes along"),
        ("قال (نعم.) ثم مضى", ["قال (نعم.)", "ثم مضى"], "so does a bracket"),
        ("قال.«نعم» ثم", ["قال.", "«نعم» ثم"], "an opening mark does not"),
        ("بلغ 3.5 مليون", ["بلغ 3.5 مليون"], "a decimal point"),
        ("بلغ ٣.٥ مليون", ["بلغ ٣.٥ مليون"], "in Arabic digits"),
        ("عام 2015. ثم مضى", ["عام 2015.", "ثم مضى"], "a number may end a sentence"),
        ("موقع bbc.co.uk نشر", ["موقع bbc.co.uk نشر"], "an address"),
        ("قال د. علي: نعم.", ["قال د. علي: نعم."], "a title"),
        ("علي ود. أحمد", ["علي ود. أحمد"], "a title after and"),
        ("قال ج. بوش نعم", ["قال ج. بوش نعم"], "an initial"),
        ("وكالة أ.ف.ب. نقلت", ["وكالة أ.ف.ب. نقلت"], "an agency"),
        ("السيد Mr. Smith قال", ["السيد Mr. Smith قال"], "a Latin abbreviation"),
        (". . .", [], "stops alone are no sentence"),
        ("", [], "nothing"),
    ],
)
def test_it_splits(text: str, parts: list[str], reason: str) -> None:
    assert [text[a:b] for a, b in sentences(text)] == parts, reason


def test_paragraphs_are_lines_without_blanks() -> None:
    text = " عنوان \n\n\tقال. نعم\u2029 مضى"
    assert [text[a:b] for a, b in paragraphs(text)] == ["عنوان", "قال. نعم", "مضى"]


@given(TEXTS)
def test_sentences_are_in_order_and_hold_all_words(text: str) -> None:
    spans = sentences(text)
    assert validated(spans, len(text)) == tuple(spans)
    found = [word for a, b in spans for word in words(text[a:b])]
    assert sorted("".join(found)) == sorted("".join(words(text)))
