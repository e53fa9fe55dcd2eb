"""Where quotations open and close."""

from __future__ import annotations

import pytest

from corpus.quotes.marks import find_marks

# reason, text, [inner text of each outermost quotation]
ROWS = [
    ("straight", 'قال "نعم" ثم "لا"', ["نعم", "لا"]),
    ("guillemets", "قال «نعم» ثم «لا»", ["نعم", "لا"]),
    ("curly", "قال “نعم” ثم “لا”", ["نعم", "لا"]),
    ("curly, closing shape first", "قال ”نعم“ ثم ”لا“", ["نعم", "لا"]),
    ("curly opened, straight closed", 'قال “نعم" ثم', ["نعم"]),
    ("two apostrophes", "قال ''نعم'' ثم", ["نعم"]),
    ("single guillemets", "قال ‹نعم› ثم", ["نعم"]),
    ("blanks inside the marks", 'قال " نعم " ثم', ["نعم"]),
    ("another family nested", 'قال «قرأت "الأيام" أمس» ثم', ['قرأت "الأيام" أمس']),
    ("the same family nested", "قال «قرأت «الأيام» أمس» ثم", ["قرأت «الأيام» أمس"]),
    ("a stray mark inside", 'قال: "نحن "نريد أن نعمل".', ['نحن "نريد أن نعمل']),
    ("never closed: to the end of the line", 'قال: "نريد أن نعمل.\nوذهب', ["نريد أن نعمل"]),
    (
        "several paragraphs, the opening mark repeated",
        'قال: "نريد أن نعمل.\n"ونريد أن ننجح".\nوذهب',
        ['نريد أن نعمل.\n"ونريد أن ننجح'],
    ),
    ("nothing between the marks", 'قال "" ثم', []),
    ("a closing mark alone", "قال نعم» ثم", []),
    ("no marks", "قال نعم", []),
]


@pytest.mark.parametrize(("reason", "text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_it_finds_marks(reason: str, text: str, expected: list[str]) -> None:
    found = [text[mark.start : mark.end] for mark in find_marks(text) if not mark.nested]
    assert found == expected, reason


def test_it_reports_the_nested_one_as_nested() -> None:
    outer, inner = find_marks('قال «قرأت "الأيام" أمس» ثم')
    assert (outer.nested, inner.nested) == (False, True)


def test_it_says_when_the_closing_mark_is_missing() -> None:
    [mark] = find_marks('قال: "نريد أن نعمل.')
    assert not mark.closed
