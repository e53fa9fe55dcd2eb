from __future__ import annotations

from corpus.text.remembered import Remembered, checksum


def test_each_word_is_computed_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length, most=10)
    assert [lengths[w] for w in ("قال", "أكد", "قال")] == [3, 3, 3]
    assert asked == ["قال", "أكد"]


def test_memory_is_bounded_and_answers_stay_right() -> None:
    lengths = Remembered(len, most=4)
    for n in range(50):
        assert lengths["س" * n] == n
        assert len(lengths) + len(lengths._older) <= 8


def test_what_is_asked_again_and_again_is_never_forgotten() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    lengths = Remembered(length, most=4)
    for n in range(50):
        assert lengths["قال"] == 3
        assert lengths[f"كلمة{n}"] >= 5
    assert asked.count("قال") == 1


def test_what_is_too_long_for_a_word_is_answered_and_not_kept() -> None:
    lengths = Remembered(len, most=4, longest=5)
    assert lengths["حكومة طويلة"] == 11
    assert not lengths


def test_a_checksum_is_the_same_in_every_process_and_takes_any_string() -> None:
    assert checksum("123456789") == 0xCBF43926  # CRC-32's published check value
    assert checksum("\ud800") == checksum("\ud800")
