"""Slips of rare words: what hands and eyes do, and nothing that general Arabic has."""

from __future__ import annotations

import pytest

from search.slips import doubtful, meant, undone


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("الرئس", "الرئيس"),  # a letter left out
        ("الحوثييين", "الحوثيين"),  # written twice
        ("وانشطن", "واشنطن"),  # two swapped
        ("الخارحيه", "الخارجيه"),  # one of the same shape
        ("اايضا", "ايضا"),
    ],
)
def test_slips_are_undone(typed: str, right: str) -> None:
    assert doubtful(typed)
    assert right in undone(typed)
    assert meant(typed, 2, {right: 500}) == [right]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("روسيا", "روسي"),  # an ending
        ("وقال", "قال"),  # a prefix
        ("ورئيس", "رئيس"),
        ("صحافيي", "صحافي"),
        ("تتوفي", "توفي"),
        ("القانو", "القانون"),
        ("السولار", "الدولار"),  # letters of other shapes
        ("مخجله", "مجله"),  # a letter too many, which is no neighbour's double
    ],
)
def test_other_words_are_not_slips(word: str, other: str) -> None:
    assert other not in undone(word)


@pytest.mark.parametrize("word", ["الحبر", "الصوم", "الايتام", "مسحت", "covid", "بان", "كوفيد19"])
def test_words_of_general_arabic_are_not_doubted(word: str) -> None:
    assert not doubtful(word)


def test_the_other_spelling_is_far_commoner_here_and_in_general() -> None:
    assert meant("الرئس", 2, {"الرئيس": 99, "الرئسي": 5000}) == []
    assert meant("الرئس", 2, {"الرئيس": 100}) == ["الرئيس"]
    assert meant("الرئس", 0, {"الرئيس": 49}) == []
