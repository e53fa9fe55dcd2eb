"""Bytes to text: the right charset, and nothing that cannot be stored."""

from __future__ import annotations

import pytest

from corpus.cleaning import UndecodableError, decode, storable
from corpus.cleaning.decoding import unescape
from corpus.cleaning.markup import has_markup, to_text

SENTENCE = "قال الوزير إن الحكومة ستبدأ العمل في المشروع الجديد، وأضاف أن ذلك لن يتأخر."

CHARSETS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256",
            "iso8859-6"]  # fmt: skip


@pytest.mark.parametrize("charset", CHARSETS)
def test_it_decodes_one_sentence(charset: str) -> None:
    decoded = decode(SENTENCE.encode(charset))
    assert (decoded.text, decoded.damaged) == (SENTENCE, False)


def test_it_believes_valid_utf8_before_a_declaration() -> None:
    assert decode(SENTENCE.encode(), "windows-1256").text == SENTENCE


def test_it_believes_a_declaration_before_a_guess() -> None:
    assert decode("“قول”".encode("cp1256"), "windows-1256").text == "“قول”"


def test_it_keeps_utf8_with_a_broken_end() -> None:
    decoded = decode(SENTENCE.encode()[:-3] + b"\xd9")
    assert decoded.text.startswith(SENTENCE[:-3])
    assert decoded.damaged


@pytest.mark.parametrize("data", [b"\x80\x81" * 500 + b"\0" * 90, bytes(range(256)) * 3])
def test_it_refuses_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data)


STORABLE = [
    ("a\0b", "ab"),  # PostgreSQL takes no NUL
    ("a\ud800b", "ab"),  # nor a lone surrogate
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("\ufeffنص\ufeff", "نص"),
    ("مي\u200cخواهم", "مي\u200cخواهم"),  # joiners are spelling
    ("ﻻ ﷲ", "ﻻ ﷲ"),  # presentation forms are the article's own
    ("ی ک ى ي ك", "ی ک ى ي ك"),
]


@pytest.mark.parametrize(("raw", "expected"), STORABLE)
def test_it_takes_out_only_what_cannot_be_stored(raw: str, expected: str) -> None:
    assert storable(raw) == expected


ENTITIES = [
    ("&quot;نص&quot;&nbsp;&#1593;&#x639;", '"نص"\xa0عع'),
    ("&amp;quot;نص&amp;quot;", '"نص"'),  # escaped twice by an export
    ("AT&T و x&copy=1", "AT&T و x&copy=1"),  # no semicolon, no entity
    ("&#0;&#xD800;نص", "\ufffd\ufffdنص"),
    ("&unknown;", "&unknown;"),
]


@pytest.mark.parametrize(("raw", "expected"), ENTITIES)
def test_it_resolves_entities(raw: str, expected: str) -> None:
    assert unescape(raw) == expected


def test_it_turns_markup_into_paragraphs() -> None:
    markup = (
        "<p>فقرة <b>أولى</b>&nbsp;هنا</p><script>x()</script><!-- c --><ul><li>بند</li></ul>"
        "<figure><img alt='ب'><figcaption>تعليق الصورة</figcaption></figure>سطر<br>آخر"
    )
    assert to_text(markup) == "فقرة أولى هنا\n\nبند\n\nسطر\n\nآخر"


def test_it_keeps_newlines_where_no_element_makes_paragraphs() -> None:
    assert to_text("<b>فقرة</b>\n\nأخرى\nسطر") == "فقرة\n\nأخرى\n\nسطر"


def test_it_tells_markup_from_comparison() -> None:
    assert has_markup("نص<br/>نص")
    assert not has_markup("إذا كان س < ص و ع > ل")


def test_it_survives_deep_nesting() -> None:
    assert "نص" in to_text("<div>" * 20_000 + "نص")
