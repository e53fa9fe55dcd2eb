"""Named classes of characters: the only home of code points.

Each class is the inside of a regular expression's brackets.
"""

from __future__ import annotations

# Vowel marks, Quranic annotation signs and the dagger alif: written over letters, never letters.
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
TATWEEL = "\u0640"

# Invisible: soft hyphen, byte order mark, zero-width characters, direction controls.
# They stand inside words (a zero-width non-joiner in Persian typing) and do not split them.
CONTROLS = "\u00ad\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069"

ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc"
)

# Letters that Arabic does not have; many Arabic articles were typed with them nevertheless.
PERSIAN_LETTERS = "\u06a9\u06cc\u067e\u0686\u0698\u06af\u06c0\u06c1\u06be\u06d0\u06d2"

ARABIC_INDIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ASCII_DIGITS = "0123456789"

# Ends of sentences; the Arabic semicolon ends a clause and the full stop may be Urdu's.
SENTENCE_ENDS = ".؟?!\u06d4…"
