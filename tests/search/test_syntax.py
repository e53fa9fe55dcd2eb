"""The grammar of docs/search-syntax.md, one row or test a rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.syntax import And, Not, Or, ParsedQuery, Phrase, Word, parse, read_date


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # Plain words are wanted, and none is required.
        ("سوريا روحاني", ParsedQuery(wanted=(("سوريا",), ("روحاني",)))),
        # Every style of quotation mark makes a phrase.
        ('"وقف النار"', ParsedQuery(required=(Phrase("وقف النار"),))),
        ("“وقف النار”", ParsedQuery(required=(Phrase("وقف النار"),))),
        ("«وقف النار»", ParsedQuery(required=(Phrase("وقف النار"),))),
        # A distance after it: near each other, and never farther than the bound.
        ('"وقف النار"~8', ParsedQuery(required=(Phrase("وقف النار", near=8),))),
        ("«وقف النار»~٨", ParsedQuery(required=(Phrase("وقف النار", near=8),))),
        ('"وقف النار"~999', ParsedQuery(required=(Phrase("وقف النار", near=30),))),
        # Nobody pastes a distance: the marks stay strict among many words.
        (
            'ترامب يعلن من واشنطن "نهاية الحرب"~3',
            ParsedQuery(
                wanted=tuple((w,) for w in "ترامب يعلن من واشنطن".split()),
                required=(Phrase("نهاية الحرب", near=3),),
            ),
        ),
        # What is no distance is a word.
        ('"وقف النار"~قرب', ParsedQuery(wanted=(("~قرب",),), required=(Phrase("وقف النار"),))),
        # Few words beside a phrase: it stays strict.
        (
            "«وقف النار» حلب",
            ParsedQuery(wanted=(("حلب",),), required=(Phrase("وقف النار"),)),
        ),
        # A pasted headline: its marks are part of the text.
        (
            "ترامب يعلن من واشنطن «نهاية الحرب»",
            ParsedQuery(
                wanted=tuple((w,) for w in "ترامب يعلن من واشنطن نهاية الحرب".split()),
                notes=("marks-in-sentence",),
            ),
        ),
        # So are parentheses in a sentence without operators.
        (
            "كم كان عدد السكان (تقريبا)",
            ParsedQuery(
                wanted=tuple((w,) for w in "كم كان عدد السكان تقريبا".split()),
                notes=("marks-in-sentence",),
            ),
        ),
        # An unclosed mark is told about, and its words are searched.
        ("«وقف النار", ParsedQuery(wanted=(("وقف",), ("النار",)), notes=("unclosed-quote",))),
        # One word as written, and one by its beginning.
        ("=وزير", ParsedQuery(required=(Word("وزير", exact=True),))),
        ("كلم*", ParsedQuery(required=(Word("كلم", prefix=True),))),
        # Three ways to leave a word out.
        ("سوريا -حلب", ParsedQuery(wanted=(("سوريا",),), excluded=(Word("حلب"),))),
        ("سوريا NOT حلب", ParsedQuery(wanted=(("سوريا",),), excluded=(Word("حلب"),))),
        ("سوريا ليس حلب", ParsedQuery(wanted=(("سوريا",),), excluded=(Word("حلب"),))),
        # A phrase can be left out too.
        ('x -"a b"', ParsedQuery(wanted=(("x",),), excluded=(Phrase("a b"),))),
        # ليس first excludes from nothing: it is a word.
        ("ليس حلب", ParsedQuery(wanted=(("ليس",), ("حلب",)))),
        # A hyphen inside a word is no operator, nor is a dash that stands alone.
        ("كوفيد-19", ParsedQuery(wanted=(("كوفيد-19",),))),
        ("روسيا - سوريا", ParsedQuery(wanted=(("روسيا",), ("-",), ("سوريا",)))),
        # أو joins its two neighbours, tighter than standing side by side.
        ("حلب أو إدلب روسيا", ParsedQuery(wanted=(("حلب", "إدلب"), ("روسيا",)))),
        ("a OR b", ParsedQuery(wanted=(("a", "b"),))),
        # Parentheses group and are required.
        (
            "(حلب أو إدلب) روسيا",
            ParsedQuery(wanted=(("روسيا",),), required=(And((Or((Word("حلب"), Word("إدلب"))),)),)),
        ),
        # AND requires both its neighbours.
        ("a AND b", ParsedQuery(required=(Word("a"), Word("b")))),
        # Restrictions, Arabic and English names.
        ("متحدث:روحاني", ParsedQuery(restrictions=(("speaker", "روحاني"),))),
        ('مصدر:"الشرق الأوسط"', ParsedQuery(restrictions=(("source", "الشرق الأوسط"),))),
        ("section:sport", ParsedQuery(restrictions=(("section", "sport"),))),
        (
            "نفط من:2015 إلى:2016-03",
            ParsedQuery(wanted=(("نفط",),), restrictions=(("from", "2015"), ("to", "2016-03"))),
        ),
        ("عنوان:نفط", ParsedQuery(required=(Word("نفط", title=True),))),
        ('title:"سوق النفط"', ParsedQuery(required=(Phrase("سوق النفط", title=True),))),
        # A date that is none is a word.
        ("من:أمس", ParsedQuery(wanted=(("من:أمس",),), notes=("bad-date",))),
        # A name of no field is a word; so is a field without a value (a headline's colon).
        ("بوتين:لن", ParsedQuery(wanted=(("بوتين:لن",),))),
        ("مصدر: نحن", ParsedQuery(wanted=(("مصدر:",), ("نحن",)))),
        # Lone parentheses are told about.
        ("نفط )", ParsedQuery(wanted=(("نفط",),), notes=("unbalanced-parenthesis",))),
        # Operators alone are words.
        ("أو", ParsedQuery(wanted=(("أو",),))),
        ("", ParsedQuery()),
        # Two negations are none.
        ("NOT NOT a", ParsedQuery(wanted=(("a",),))),
    ],
)
def test_it_reads(typed: str, expected: ParsedQuery) -> None:
    assert parse(typed) == expected


def test_laysa_in_a_long_sentence_is_a_word() -> None:
    sentence = "قال الوزير إن هذا ليس صحيحا في هذه المرحلة من البحث"
    assert parse(sentence).excluded == ()


def test_nested_parentheses_keep_their_shape() -> None:
    assert parse("((a OR b) -c)").required == (
        And((And((Or((Word("a"), Word("b"))),)), Not(Word("c")))),
    )


@given(st.text(alphabet='()"«»“”-*=:| \tاأوليس OR NOT من:عنوان: 2015', max_size=60))
def test_nothing_typed_raises(typed: str) -> None:
    parsed = parse(typed)
    if any(c.isalnum() for c in typed):
        assert parsed.wanted or parsed.required or parsed.excluded or parsed.restrictions


@given(st.text(max_size=40))
def test_no_text_raises(typed: str) -> None:
    parse(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2018", (date(2018, 1, 1), date(2018, 12, 31))),
        ("٢٠١٨", (date(2018, 1, 1), date(2018, 12, 31))),
        ("2018-02", (date(2018, 2, 1), date(2018, 2, 28))),
        ("2018-12", (date(2018, 12, 1), date(2018, 12, 31))),
        ("2018-03-08", (date(2018, 3, 8), date(2018, 3, 8))),
        ("8/3/2018", (date(2018, 3, 8), date(2018, 3, 8))),  # day first
        ("31-02-2018", None),  # no such day
        ("0000", None),  # no such year
        ("9999-12", None),  # no day after its last
        ("أمس", None),
    ],
)
def test_it_reads_dates(typed: str, expected: tuple[date, date] | None) -> None:
    assert read_date(typed) == expected
