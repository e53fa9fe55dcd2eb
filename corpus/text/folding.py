"""Folding: spellings of one word become one string. Idempotent, one word in, one word out."""

from __future__ import annotations

import re
import unicodedata

from corpus.text.characters import (
    ARABIC_INDIC_DIGITS,
    ASCII_DIGITS,
    CONTROLS,
    MARKS,
    PERSIAN_DIGITS,
    TATWEEL,
)

ALIF = dict.fromkeys("أإآٱ", "ا")
YEH = dict.fromkeys("ىیېےۍ", "ي")
HEH = dict.fromkeys("ةہەھۀۃۂ", "ه")
KAF = dict.fromkeys("کگڪ", "ك")
FOREIGN = {"پ": "ب", "چ": "ج", "ڤ": "ف", "ۏ": "و"}
DIGITS = {
    **dict(zip(ARABIC_INDIC_DIGITS, ASCII_DIGITS, strict=True)),
    **dict(zip(PERSIAN_DIGITS, ASCII_DIGITS, strict=True)),
}
LETTERS = str.maketrans({**ALIF, **YEH, **HEH, **KAF, **FOREIGN, **DIGITS})
DROPPED = re.compile(f"[{MARKS}{TATWEEL}{CONTROLS}]+")


def compose(word: str) -> str:
    """NFKC and lower case: presentation forms become letters, ﻻ becomes two of them."""
    if word.isascii():
        return word.lower()
    if not unicodedata.is_normalized("NFKC", word):
        word = unicodedata.normalize("NFKC", word)
    return word.lower()


def drop_marks(word: str) -> str:
    """Without vowel marks, tatweel and invisible characters."""
    return DROPPED.sub("", word)


def fold_letters(word: str) -> str:
    """One letter for the forms of alif, yeh, heh, kaf; ASCII digits."""
    return word.translate(LETTERS)


def fold(word: str) -> str:
    """The folded word.

    >>> fold("الکرملین") == fold("الكرملين")
    True
    """
    folded = fold_letters(drop_marks(compose(word)))
    # NFKC can compose a letter with a mark (hamza above) that only folding lets meet;
    # lower case can bring a combining dot. A second pass settles both.
    if not folded.isascii() and not unicodedata.is_normalized("NFKC", folded):
        folded = fold_letters(drop_marks(compose(folded)))
    return "".join(c for c in folded if c.isalnum()) if not folded.isalnum() else folded
