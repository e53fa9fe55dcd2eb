"""What segmentation takes off a word, and what it must leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given

from corpus.text.analysis import stems
from corpus.text.folding import fold
from corpus.text.segmentation import (
    segment,
    strip_alif,
    strip_article,
    strip_conjunction,
    strip_endings,
    strip_hamza,
    strip_pronoun,
    valid,
)
from tests.corpus.text.texts import TEXTS


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
        ("حكومتهم", "حكومة", "حكومتها", "الحكومة"),
        ("سوريا", "سوریا", "لسوريا"),
        ("روحانی", "روحاني"),
        ("الکرملین", "الكرملين"),
        ("على", "علي"),
        ("مصطفى", "مصطفي"),
        ("ٱلرئيس", "الرئيس"),
        ("٢٠١٥", "۲۰۱۵", "2015"),
        ("الـرئيس", "الرَّئيس", "ﺍﻟﺮﺋﻴﺲ", "الرئيس"),
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
        ("والدته", "دت"),
        ("والده", "ده"),
        ("لبنان", "بنان"),
        ("كتاب", "تاب"),
    ],
)
def test_it_does_not_strip_letters_of_the_word(word: str, not_stem: str) -> None:
    assert not segment(fold(word)).startswith(not_stem)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("ما", "الماء", "what is not water"),
        ("وزير", "زير", "a minister is not a jar"),
        ("بوتين", "وتين", "the name keeps its ب"),
        ("لبنان", "بنان", "the country keeps its ل"),
    ],
)
def test_it_keeps_apart(one: str, other: str, reason: str) -> None:
    assert set(stems(one)).isdisjoint(stems(other)), reason


@pytest.mark.parametrize(
    ("strip", "word", "left", "reason"),
    [
        (strip_conjunction, "والحكومه", "الحكومه", "و before the article"),
        (strip_conjunction, "فالحكومه", "الحكومه", "ف before the article"),
        (strip_conjunction, "وقال", "قال", "و before a word"),
        (strip_conjunction, "وبالولايات", "بالولايات", "و before ب and the article"),
        (strip_conjunction, "وللصحفيين", "للصحفيين", "و before لل"),
        (strip_conjunction, "وزير", "وزير", "زير is far rarer than وزير"),
        (strip_conjunction, "والده", "والده", "الده is far rarer than والده"),
        (strip_conjunction, "والد", "والد", "after an article come two letters at least"),
        (strip_conjunction, "وفد", "وفد", "too short"),
        (strip_conjunction, "حكومه", "حكومه", "none there"),
        (strip_article, "الحكومه", "حكومه", "the article"),
        (strip_article, "للصحفيين", "صحفيين", "لل"),
        (strip_article, "بالولايات", "ولايات", "ب and the article"),
        (strip_article, "كالحكومه", "حكومه", "ك and the article"),
        (strip_article, "فالحكومه", "حكومه", "ف and the article"),
        (strip_article, "الغاء", "الغاء", "mostly written إلغاء: no article"),
        (strip_article, "المانيا", "المانيا", "mostly written ألمانيا"),
        (strip_article, "ببغداد", "بغداد", "ب before a known word"),
        (strip_article, "لبوتين", "بوتين", "ل before a known word"),
        (strip_article, "لبنان", "لبنان", "بنان is far rarer than لبنان"),
        (strip_article, "كتاب", "كتاب", "تاب is rarer than كتاب"),
        (strip_article, "اله", "اله", "too short for an article"),
        (strip_pronoun, "كتابهم", "كتاب", "their book"),
        (strip_pronoun, "كتابهما", "كتاب", "the book of the two"),
        (strip_pronoun, "كتابنا", "كتاب", "our book"),
        (strip_pronoun, "كتابه", "كتاب", "his book"),
        (strip_pronoun, "حكومتهم", "حكوم", "the ت was a ة"),
        (strip_pronoun, "حكومتها", "حكوم", "before ها as well"),
        (strip_pronoun, "ولاياتهم", "ولايات", "ات is a plural, its ت was no ة"),
        (strip_pronoun, "مسلموهم", "مسلمو", "ن is lost before a pronoun"),
        (strip_pronoun, "مفهم", "مفهم", "مف is no word"),
        (strip_pronoun, "منها", "منها", "three letters must remain"),
        (strip_endings, "معلمون", "معلم", "masculine plural"),
        (strip_endings, "معلمات", "معلم", "feminine plural"),
        (strip_endings, "معلمين", "معلم", "the other masculine plural"),
        (strip_endings, "وزيران", "وزير", "dual"),
        (strip_endings, "روسيه", "روس", "relation, feminine"),
        (strip_endings, "روسي", "روس", "relation"),
        (strip_endings, "حكومه", "حكوم", "feminine"),
        (strip_endings, "يه", "يه", "two letters must remain"),
        (strip_alif, "سوريا", "سور", "final ا and the ي before it"),
        (strip_alif, "كتابا", "كتاب", "accusative"),
        (strip_alif, "هذا", "هذا", "four letters are needed"),
        (strip_hamza, "وزراء", "وزرا", "final hamza"),
        (strip_hamza, "وزرائ", "وزرا", "on its seat before a pronoun that went"),
        (strip_hamza, "ماء", "ماء", "water is not what"),
    ],
)
def test_each_strip(strip: Callable[[str], str], word: str, left: str, reason: str) -> None:
    assert strip(word) == left, reason


def test_a_strip_is_valid_when_it_leaves_a_common_word() -> None:
    assert valid("بغداد", "ببغداد")
    assert not valid("زير", "وزير")  # far rarer
    assert not valid("من", "لمن")  # too short
    assert not valid("ظظظظ", "بظظظظ")  # unknown


@pytest.mark.parametrize("word", ["لا", "", "2015", "nato", "ژنرال"[0], "covid"])
def test_short_and_foreign_words_stay_whole(word: str) -> None:
    assert segment(word) == word


@given(TEXTS)
def test_a_stem_is_part_of_its_word(text: str) -> None:
    word = fold(text)
    stem = segment(word)
    assert stem in word
    assert bool(stem) == bool(word)
