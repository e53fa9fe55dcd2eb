"""The wrong keyboard, and Arabic names in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.text.rescue import (
    MOST_SKELETONS,
    arabic_keys,
    closeness,
    latin_keys,
    latin_skeleton,
    latin_skeletons,
    other_layout,
    skeleton,
)
from tests.corpus.text.texts import TEXTS


@pytest.mark.parametrize(
    ("typed", "meant", "reason"),
    [
        ("f,jdk", "بوتين", "a word"),
        ("hgvzds", "الرئيس", "a hamza with a key of its own"),
        ("hgvzds hgv,sd", "الرئيس الروسي", "two words"),
        ("sbl", "سلام", "one key, two letters"),
        ("p;,lm", "حكومة", "signs are letters there"),
        ("Hf,", "أبو", "the shifted layer"),
        ("2015", "2015", "digits stay"),
    ],
)
def test_arabic_meant_on_latin_keys(typed: str, meant: str, reason: str) -> None:
    assert arabic_keys(typed) == meant, reason


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("حعفهى", ("putin",)),
        ("فقعةح", ("trump",)),
        ("لاعسا", ("bush", "ghush")),  # لا is one key or two
    ],
)
def test_latin_meant_on_arabic_keys(typed: str, meant: tuple[str, ...]) -> None:
    assert latin_keys(typed) == meant


def test_the_other_layout_goes_by_the_script() -> None:
    assert other_layout("f,jdk") == ("بوتين",)
    assert other_layout("F,JDK")[0] == "بوتين"  # Caps Lock
    assert other_layout("حعفهى") == ("putin",)
    assert other_layout("بوتين putin") == ()
    assert other_layout("2015 ،") == ()


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Putin", "بوتين"),
        ("Putin", "پوتین"),
        ("Rouhani", "روحاني"),
        ("Rouhani", "روحانی"),
        ("Netanyahu", "نتنياهو"),
        ("Trump", "ترامب"),
        ("Merkel", "ميركل"),
        ("Obama", "أوباما"),
        ("Erdoğan", "أردوغان"),
        ("Erdogan", "إردوجان"),
        ("Assad", "الأسد"),
        ("al-Assad", "الأسد"),
        ("Hariri", "الحريري"),
        ("Nasrallah", "نصرالله"),
        ("Muhammad", "محمد"),
        ("Khamenei", "خامنئي"),
        ("Macron", "ماكرون"),
        ("Sarkozy", "ساركوزي"),
        ("Clinton", "كلينتون"),
        ("Facebook", "فيسبوك"),
        ("Biden", "بايدن"),
        ("Kerry", "كيري"),
        ("Yousef", "يوسف"),
        ("Walid", "وليد"),
        ("Iraq", "العراق"),
        ("Omar", "عمر"),
        ("Baghdad", "بغداد"),
        ("Sarah", "سارة"),
    ],
)
def test_a_name_has_one_skeleton_in_both_scripts(latin: str, arabic: str) -> None:
    assert latin_skeleton(latin) == skeleton(arabic) != ""


@pytest.mark.parametrize(
    ("latin", "arabic", "reason"),
    [
        ("Gaddafi", "القذافي", "g for ق"),
        ("Washington", "واشنطن", "ng without its g"),
        ("Chirac", "شيراك", "French ch"),
        ("Bach", "باخ", "German ch"),
        ("Wagner", "فاغنر", "German w"),
        ("Saleh", "صالح", "a final h that is ح"),
        ("Jumblatt", "جنبلاط", "n before b"),
        ("Johnson", "جونسون", "a mute h"),
    ],
)
def test_other_readings_are_offered(latin: str, arabic: str, reason: str) -> None:
    assert skeleton(arabic) in latin_skeletons(latin), reason


@pytest.mark.parametrize("word", ["", "2015", "،", "\ud800", "ـ"])
def test_what_is_no_name_has_no_skeleton(word: str) -> None:
    assert skeleton(word) == latin_skeleton(word) == ""
    assert latin_skeletons(word) == ()


def test_vowels_choose_among_words_of_one_skeleton() -> None:
    candidates = ["باتنا", "بتن", "بوتين", "بطون"]
    assert {skeleton(word) for word in candidates} == {"btn"}
    assert max(candidates, key=lambda word: closeness(word, "Putin")) == "بوتين"


@given(TEXTS)
def test_nothing_typed_raises(text: str) -> None:
    other_layout(text)
    assert 0 <= closeness(text, text) <= 1
    assert skeleton(text).isalpha() or skeleton(text) == ""
    assert len(latin_skeletons(text)) <= MOST_SKELETONS
