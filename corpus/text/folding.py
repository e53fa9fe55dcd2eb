"""Folding: spellings of one word become one string. Idempotent, one word in, one word out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from corpus.text.characters import (
    ARABIC_INDIC_DIGITS,
    ASCII_DIGITS,
    CONTROLS,
    MARK_FORMS,
    MARKS,
    PERSIAN_DIGITS,
    TATWEEL,
)

ALIF: Final = dict.fromkeys("أإآٱ", "ا")
YEH: Final = dict.fromkeys("ىیېےۍ", "ي")
HEH: Final = dict.fromkeys("ةہەھۀۃۂ", "ه")
KAF: Final = dict.fromkeys("کگڪ", "ك")
FOREIGN: Final = {"پ": "ب", "چ": "ج", "ڤ": "ف", "ۏ": "و"}
DIGITS: Final = {
    **dict(zip(ARABIC_INDIC_DIGITS, ASCII_DIGITS, strict=True)),
    **dict(zip(PERSIAN_DIGITS, ASCII_DIGITS, strict=True)),
}
LETTERS: Final = {**ALIF, **YEH, **HEH, **KAF, **FOREIGN, **DIGITS}

_TABLE: Final = str.maketrans(LETTERS)
_DROPPED: Final = re.compile(f"[{MARKS}{TATWEEL}]+")
_CONTROLS: Final = re.compile(f"[{CONTROLS}]+")
_MARK_FORMS: Final = re.compile(f"[{MARK_FORMS}]+")
# Composing a pile of combining characters takes time that grows with its square. They are
# among the signs (neither letters nor blanks); no honest text has this many in a row.
_MOST_SIGNS: Final = 32
_PILE: Final = re.compile(rf"([^\w\s\x00-\x7f]{{{_MOST_SIGNS}}})[^\w\s\x00-\x7f]+")
# From this length a text is folded letter by letter of the table, each a pass in C.
_LONG: Final = 400


def drop_controls(text: str) -> str:
    """Without invisible characters."""
    return text if text.isascii() else _CONTROLS.sub("", text)


def compose(text: str) -> str:
    """NFKC: presentation forms become letters, ﻻ becomes two of them; lone marks vanish."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", _MARK_FORMS.sub("", text))


def drop_marks(text: str) -> str:
    """Without vowel marks, Quranic signs and tatweel."""
    return _DROPPED.sub("", text)


def fold_letters(text: str) -> str:
    """One letter each for the forms of alif, yeh, heh and kaf and for letters Arabic lacks;
    digits in ASCII."""
    if len(text) < _LONG:
        return text.translate(_TABLE)
    for letter, folded in LETTERS.items():
        text = text.replace(letter, folded)
    return text


def fold_text(text: str) -> str:
    """A text with all its words folded. What is between them is composed only, and rows of
    more than 32 signs are cut.

    >>> fold_text("«الکرملین»") == "«الكرملين»"
    True
    """
    if text.isascii():
        return text.lower()
    folded = _fold_once(text)
    # Dropping a mark lets its neighbours meet and compose, and lower case can bring a
    # combining dot (İ): a further pass settles it, seldom needed.
    while not unicodedata.is_normalized("NFKC", folded):
        folded = _fold_once(folded)
    return folded


def _fold_once(text: str) -> str:
    folded = drop_marks(compose(_without_piles(drop_controls(text))).lower())
    return fold_letters(_without_piles(folded))


def _without_piles(text: str) -> str:
    return text if len(text) <= _MOST_SIGNS else _PILE.sub(r"\1", text)


def fold(word: str) -> str:
    """The folded word: letters and digits only. "" where the word has none.

    >>> fold("الکرملین") == fold("الكرملين")
    True
    """
    folded = fold_text(word)
    if folded.isalnum() or not folded:
        return folded
    return "".join(filter(str.isalnum, folded))
