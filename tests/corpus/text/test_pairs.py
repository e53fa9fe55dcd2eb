"""Neighbouring words as buckets: whoever holds the phrase holds its pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.text import pairs
from corpus.text.analysis import analyse_columns
from corpus.text.pairs import BITS
from corpus.text.remembered import checksum

WORDS = st.lists(st.text(alphabet="ابتثجحسشمنوي0aé\ud800", min_size=1, max_size=4), max_size=30)


def pair_keys(words: list[str]) -> list[int]:
    return pairs.pair_keys([checksum(word) for word in words])


@given(WORDS, st.data())
def test_a_run_of_words_has_a_part_of_the_texts_pairs(
    words: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    assert set(pair_keys(words[start:end])) <= set(pair_keys(words))


@given(WORDS)
def test_each_bucket_comes_once_and_fits(words: list[str]) -> None:
    keys = pair_keys(words)
    assert len(keys) == len(set(keys)) <= max(0, len(words) - 1)
    assert all(0 <= key < 1 << BITS for key in keys)


def test_the_order_counts() -> None:
    assert pair_keys(["وقف", "نار"]) != pair_keys(["نار", "وقف"])
    assert pair_keys(["نار"]) == pair_keys([]) == []


def test_pairs_are_spread_over_the_buckets() -> None:
    """A quarter of a million pairs over as many buckets: no bucket has more than a few."""
    words = [f"كلمة{n}" for n in range(500)]
    count: dict[int, int] = {}
    for a in words:
        for b in words:
            (key,) = pair_keys([a, b])
            count[key] = count.get(key, 0) + 1
    assert max(count.values()) < 12


def test_a_text_and_a_phrase_have_the_same_numbers() -> None:
    columns = analyse_columns("«وقفُ إطلاق النار» في سوریا")
    assert columns.numbers == [checksum(word) for word in columns.words]
