"""Versions of a text are found, other texts are not; and the fingerprint never changes."""

from __future__ import annotations

import random

import pytest

from corpus.neardup import FEWEST, alike, bands, groups, shingles
from tests.corpus.ingest.corpora import sentence
from tests.corpus.neardup_pairs import EDITS, evaluate, found

CHANCE = random.Random(3)


def text(seed: int, sentences: int = 36) -> str:
    """Sentences with a number in every sixth, which is about what news has."""
    chance = random.Random(seed)
    parts = [sentence(chance) for _ in range(sentences)]
    parts[::6] = [f"{part} {chance.randrange(10_000)}" for part in parts[::6]]
    return " ".join(parts)


def test_on_constructed_pairs_it_is_as_good_as_promised() -> None:
    figures = evaluate([text(seed) for seed in range(120)])
    assert figures["recall"] >= 0.90
    assert figures["precision"] >= 0.95


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_it_finds_each_sort_of_version(edit: object) -> None:
    own, other = text(1, 60), text(2, 60)
    changed = " ".join(edit(own.split(), other.split(), random.Random(1)))  # type: ignore[operator]
    assert found(own, changed)
    assert found(changed, own)


def test_texts_too_short_to_compare_are_alike_to_nothing() -> None:
    short = [str(n) for n in range(FEWEST)]
    assert shingles(short) == set()
    assert bands(set()) == []
    assert not alike(set(), set())


def test_a_text_within_one_four_times_as_long_is_no_version_of_it() -> None:
    long = text(1, 80)
    assert not found(" ".join(long.split()[:60]), long)


def test_fingerprints_are_the_same_in_every_process_and_on_every_machine() -> None:
    runs = shingles(str(n) for n in range(40))
    assert len(bands(runs)) == 21
    assert all(-(1 << 31) <= band < 1 << 31 for band in bands(runs))
    assert bands(runs)[:2] == [-2140691355, -1578667342]


def test_groups_are_the_connected_pairs() -> None:
    assert groups([(5, 6), (1, 2), (2, 3), (6, 7)]) == [[1, 2, 3], [5, 6, 7]]
    pairs = [(n, n + 1) for n in range(50)]
    CHANCE.shuffle(pairs)
    assert groups(pairs) == [list(range(51))]
