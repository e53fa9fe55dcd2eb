"""Classes of characters hold what their names say."""

from __future__ import annotations

import re
import sys
import unicodedata

from corpus.text import characters


def test_no_separator_becomes_part_of_a_word() -> None:
    separator = re.compile(f"[{characters.SEPARATORS}]")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if separator.match(char):
            composed = unicodedata.normalize("NFKC", char)
            assert not any(c.isalnum() for c in composed), hex(code)
            assert not re.match(f"[{characters.MARKS}{characters.CONTROLS}]", char), hex(code)


def test_mark_forms_are_shapes_of_marks() -> None:
    form, mark = re.compile(f"[{characters.MARK_FORMS}]"), re.compile(f"[{characters.MARKS}]")
    for code in range(0xFB50, 0xFF00):
        char = chr(code)
        composed = unicodedata.normalize("NFKC", char)
        only_marks = composed != char and not mark.sub("", composed).strip(" \u0640")
        assert only_marks == bool(form.match(char)), hex(code)


def test_persian_letters_are_arabic_script() -> None:
    letters = re.compile(f"[{characters.ARABIC_LETTERS}]")
    persian = re.compile(f"[{characters.PERSIAN_LETTERS}]")
    assert all(letters.match(chr(c)) for c in range(0x600, 0x700) if persian.match(chr(c)))


def test_quotation_marks_belong_to_one_family() -> None:
    assert len(set(characters.QUOTES)) == len(characters.QUOTES)
