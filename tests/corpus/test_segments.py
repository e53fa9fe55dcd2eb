"""Nested pieces of an article: nothing lost, nothing crossing, whatever overlaps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.segments import Said, Words, plain, segmented


def shape(parts: Any) -> list[Any]:
    """Pieces as nested lists: (statement, pieces) or words, matches in brackets."""
    return [
        (p.statement, shape(p.parts))
        if isinstance(p, Said)
        else f"[{p.text}]"
        if p.match
        else p.text
        for p in parts
    ]


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
    assert (first[1].first, first[1].last) == (True, False)
    assert (second[0].first, second[0].last) == (False, True)


def test_it_numbers_matches_and_marks_only_their_first_piece() -> None:
    (parts,) = segmented("abcd", [(0, 2, "s")], [(1, 3)])
    assert isinstance(parts[0], Said)
    assert parts[0].parts[1] == Words("b", 1, True)
    assert parts[1] == Words("c", 1, False)


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
                ended.extend([part.statement] if part.last else [])

    for parts in found:
        walk(parts)
    assert sorted(began) == sorted(set(began)) == sorted(ended)
