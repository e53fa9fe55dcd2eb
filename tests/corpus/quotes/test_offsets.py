"""Whatever the text: no exception, and every offset points at what it says."""

from __future__ import annotations

import random

import pytest

from corpus.quotes.extract import extract_statements
from corpus.quotes.types import Field

_PIECES = [
    "قال", "وأضاف", "مؤكدا", "أن", "إن", "إلى", "بأن", "على", "وزير", "الرئيس", "سامي", "رشدي",
    "الوزارة", "بحسب", "وفقا", "لـ", "نقلا عن", "على حد قوله", "جاء في", "كما", "لكن", "التي",
    "«", "»", '"', "“", "”", "''", "‹", "›", ":", "،", ".", "؟", "؛", "(", ")", "-", "\n", "\n\n",
    "٢٠١٥", "12.5", "abc", "\u200f", "\u064b", "ـ", "اتهم", "بالقول", "ناصر", "يرى", "لم", "كان",
    "\U0001f600", "\x00", "أعلنت", "استقالته", "ضرورة", "الأحد", "عبد", "الله", "بن",
]  # fmt: skip


def _texts(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        chance.choice(["", " "]).join(chance.choices(_PIECES, k=chance.randint(0, 60)))
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_offsets_hold_on_arbitrary_text(seed: int) -> None:
    texts = _texts(120, seed)
    for title, body in zip(texts, reversed(texts), strict=True):
        for found in extract_statements(title, body):
            text = title if found.field is Field.TITLE else body
            assert text[found.start : found.end] == found.text
            assert found.text.strip() == found.text != ""
            assert 0 <= found.confidence <= 1
            if found.cue:
                assert text[found.cue_start : found.cue_end] == found.cue
            if found.speaker:
                assert text[found.speaker_start : found.speaker_end] == found.speaker
                assert found.speaker_name


ODD = [
    "",
    " ",
    "\n",
    '"',
    "««««",
    "»»»»",
    "قال",
    "قال:",
    "قال: ",
    'قال "',
    ":",
    "إن",
    "بحسب",
    "وفقا ل",
]


@pytest.mark.parametrize("body", ODD)
def test_it_survives_fragments(body: str) -> None:
    extract_statements(body, body)


def test_a_long_text_without_sentences_is_no_trouble() -> None:
    extract_statements("", "قال سامي رشدي إن العمل بدأ وأضاف أن العمل انتهى " * 400)
