"""Named classes of characters: the only home of code points.

Each class is the inside of a regular expression's brackets unless its comment says that it
is a plain string of characters.
"""

from __future__ import annotations

from typing import Final

# Vowel marks, Quranic annotation signs and the dagger alif: written over letters, never letters.
MARKS: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"

# The vowel marks of everyday writing among them: fathatan to sukun, and the dagger alif.
HARAKAT: Final = "\u064b-\u0652\u0670"

# The stroke that stretches a word for looks.
TATWEEL: Final = "\u0640"

# Invisible: soft hyphen, byte order mark, zero-width characters, direction controls.
# They stand inside words (a zero-width non-joiner in Persian typing) and do not split them.
CONTROLS: Final = "\u00ad\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069"

ARABIC_LETTERS: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc"
)

# The letters by their joined shapes, as old newspaper systems wrote them: ﻻ, ﷲ, ﺑ.
PRESENTATION_FORMS: Final = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"

# The shapes of single marks. Compatibility makes a space (or a tatweel) and the mark of them,
# and a space in the middle of a word would split it.
MARK_FORMS: Final = "\ufe70-\ufe72\ufe74\ufe76-\ufe7f\ufc5e-\ufc63\ufcf2-\ufcf4"

# Letters that Arabic does not have; many Arabic articles were typed with them nevertheless.
PERSIAN_LETTERS: Final = "\u06a9\u06cc\u067e\u0686\u0698\u06af\u06c0\u06c1\u06be\u06d0\u06d2"

LATIN_LETTERS: Final = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"

# Plain strings, in the order of their values.
ARABIC_INDIC_DIGITS: Final = "٠١٢٣٤٥٦٧٨٩"
PERSIAN_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"
ASCII_DIGITS: Final = "0123456789"

# Plain strings: alif with a hamza or madda, and every letter that carries a hamza.
HAMZA_ALIFS: Final = "أإآ"
HAMZAS: Final = "ءؤئ"

# Plain strings: quotation marks by family. Marks of one family close one another, because
# typists mix straight and curly ones; two apostrophes ('') are written for a double mark.
DOUBLE_QUOTES: Final = '"\u201c\u201d\u201e\u201f\u2033\uff02'
SINGLE_QUOTES: Final = "'\u2018\u2019\u201a\u201b\u2032\uff07"
ANGLE_QUOTES: Final = "«»\u300a\u300b"
SINGLE_ANGLE_QUOTES: Final = "‹›"
QUOTES: Final = DOUBLE_QUOTES + SINGLE_QUOTES + ANGLE_QUOTES + SINGLE_ANGLE_QUOTES

# Plain strings: what ends a sentence (the last stop but one is Urdu's), and the clause mark.
SENTENCE_ENDS: Final = ".؟?!\u06d4…"
ARABIC_SEMICOLON: Final = "؛"

# Characters that are never part of a word, whatever stands beside them and even after
# compatibility composition: blanks, ASCII punctuation and underscore, Latin-1 signs, Arabic
# punctuation, dashes, quotation marks and bullets. Rarer signs are missing on purpose: this
# only splits the text into runs to look at, see tokens.py.
SEPARATORS: Final = (
    r"\s\x00-/:-@\[-`{-\x9f"
    "\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u060c\u060d\u061b\u061d-\u061f\u066a-\u066d\u06d4"
    "\u2010-\u2027\u2030-\u205e\u2022\u25a0-\u25ff\u3001-\u3003\u3008-\u3011"
    "\ufd3e\ufd3f\ufffd"
)
