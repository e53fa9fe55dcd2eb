"""Nested pieces of an article: nothing lost, nothing crossing, whatever overlaps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.segments import Note, Said, Words, plain, segmented


def shape(parts: Any) -> list[Any]:
    """Pieces as nested lists: (statement, pieces) or words, matches in brackets; no notes."""
    return [
        (p.statement, shape(p.parts))
        if isinstance(p, Said)
        else f"[{p.text}]"
        if p.match
        else p.text
        for p in parts
        if not isinstance(p, Note)
    ]


def noted(parts: Any) -> str:
    """The words with the numbers of notes in brackets where they stand."""
    return "".join(
        "".join(f"[{n}]" for n in p.statements)
        if isinstance(p, Note)
        else noted(p.parts)
        if isinstance(p, Said)
        else p.text
        for p in parts
    )


@pytest.mark.parametrize(
    ("text", "statements", "matches", "expected"),
    [
        # Nothing to mark.
        ("abc", [], [], [["abc"]]),
        # A statement in the middle.
        ("abcdef", [(1, 3, 1)], [], [["a", (1, ["bc"]), "def"]]),
        # A match inside a statement, and one across its end.
        ("abcdef", [(1, 4, 1)], [(2, 3)], [["a", (1, ["b", "[c]", "d"]), "ef"]]),
        ("abcdef", [(1, 4, 1)], [(3, 5)], [["a", (1, ["bc", "[d]"]), "[e]", "f"]]),
        # Direct words inside reported speech.
        ("abcdef", [(0, 6, 1), (2, 4, 2)], [], [[(1, ["ab", (2, ["cd"]), "ef"])]]),
        # Two statements that cross: the second is cut at the first one's end.
        ("abcdef", [(0, 4, 1), (2, 6, 2)], [], [[(1, ["ab", (2, ["cd"])]), (2, ["ef"])]]),
        # The same span twice.
        ("abc", [(0, 3, 1), (0, 3, 2)], [], [[(1, [(2, ["abc"])])]]),
        # Over a paragraph's end; spaces around paragraphs are not shown.
        ("ab \n\n cd", [(1, 7, 1)], [], [["a", (1, ["b"])], [(1, ["c"]), "d"]]),
        # Offsets that make no sense are left out.
        ("abc", [(2, 9, 1), (-1, 2, 2), (1, 1, 3)], [(5, 9)], [["abc"]]),
        ("", [], [], []),
    ],
)
def test_it_nests(text: str, statements: Any, matches: Any, expected: Any) -> None:
    assert [shape(parts) for parts in segmented(text, statements, matches)] == expected


def test_it_says_where_a_statement_begins_and_ends() -> None:
    first, second = segmented("ab\ncd", [(1, 5, "s")])
    assert isinstance(first[1], Said) and isinstance(second[0], Said)
    assert (first[1].first, second[0].first) == (True, False)
    assert second[1:] == (Note(("s",)),)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("قال: «نعم» ثم سكت", ["نعم"], "قال: «نعم»[1] ثم سكت"),
        ("قال: «نعم.»", ["نعم"], "قال: «نعم.»[1]"),
        ('قال: "نعم"، وذهب', ["نعم"], 'قال: "نعم"[1]، وذهب'),
        ("قال: « نعم ».", ["نعم"], "قال: « نعم »[1]."),
        ("أكد أنه نعم. ثم سكت", ["أنه نعم"], "أكد أنه نعم[1]. ثم سكت"),
        ('أكد أنه نعم "ثم"', ["أنه نعم"], 'أكد أنه نعم[1] "ثم"'),  # that mark opens
        # Two that end together, of which the inner one alone is marked.
        ("أكد أنه «نعم»، وقال", ["أنه «نعم", "نعم"], "أكد أنه «نعم»[1][2]، وقال"),
        ("أكد أنه «نعم»، وقال", ["أنه «نعم»", "نعم"], "أكد أنه «نعم»[1][2]، وقال"),
        ("أكد أنه «نعم» هنا", ["أنه «نعم» هنا", "نعم"], "أكد أنه «نعم»[2] هنا[1]"),
        # The mark behind one is the first sign of the next.
        ("أن «لا» «نعم»", ["لا", "» «نعم"], "أن «لا»[1] «نعم»[2]"),
    ],
)
def test_a_note_stands_behind_the_mark_that_closes(
    text: str, words: list[str], expected: str
) -> None:
    spans = [(text.index(w), text.index(w) + len(w), n) for n, w in enumerate(words, 1)]
    ((*parts,),) = segmented(text, spans)
    assert noted(parts) == expected


def test_it_numbers_matches_and_marks_only_their_first_piece() -> None:
    (parts,) = segmented("abcd", [(0, 2, "s")], [(1, 3)])
    assert isinstance(parts[0], Said)
    assert parts[0].parts[1] == Words("b", 1, True)
    assert parts[2] == Words("c", 1, False)


@given(
    st.text("ab \n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
)
def test_it_loses_no_character_and_begins_and_ends_each_statement_once(
    text: str, spans: list[tuple[int, int]]
) -> None:
    found = segmented(text, [(s, e, i) for i, (s, e) in enumerate(spans)])
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert [plain(parts) for parts in found] == lines
    began: list[int] = []
    ended: list[int] = []

    def walk(parts: Any) -> None:
        for part in parts:
            if isinstance(part, Said):
                began.extend([part.statement] if part.first else [])
                walk(part.parts)
            elif isinstance(part, Note):
                ended.extend(part.statements)

    for parts in found:
        walk(parts)
    assert sorted(began) == sorted(set(began)) == sorted(ended)
