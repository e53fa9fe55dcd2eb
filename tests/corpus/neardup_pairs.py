"""Labelled pairs for near-duplicates: versions of real articles, and pairs that are none.

    python -m tests.corpus.neardup_pairs PATH...      figures on the articles of PATH

A version is what newspapers do to a text: they reprint it with another headline, cut its
end, put new paragraphs before or after, change words and numbers, or spell it otherwise.
The pairs that are none are an article and the most similar other one by single words
among those of its section, so that subject and vocabulary are alike.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from corpus.documents import ParsedDocument
from corpus.importers import ReadOptions, read
from corpus.neardup import alike, bands, shingles
from corpus.text.analysis import words

Edit = Callable[[list[str], list[str], random.Random], list[str]]
SHORTEST = 60  # words: what is shorter has no versions worth the name


def reprinted(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    return [*other[:8], *own]


def cut(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    return own[: int(len(own) * chance.uniform(0.55, 0.9))]


def continued(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    return [*own, *other[: int(len(own) * chance.uniform(0.1, 0.4))]]


def led(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    return [*other[: int(len(own) * chance.uniform(0.1, 0.3))], *own]


def reworded(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    share = chance.uniform(0.02, 0.08)
    return [chance.choice(other) if chance.random() < share else word for word in own]


def renumbered(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    return [str(int(w) + chance.randrange(1, 9)) if w.isdecimal() else w for w in own]


def respelt(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    letters = str.maketrans("أإيةك", "ااىهک")
    return [word.translate(letters) for word in own]


def rearranged(own: list[str], other: list[str], chance: random.Random) -> list[str]:
    middle = len(own) // 2
    return [*own[middle:], *own[:middle]]


EDITS: tuple[Edit, ...] = (
    *(reprinted, cut, continued, led, reworded, renumbered, respelt, rearranged),
)


def version(own: str, other: str, chance: random.Random) -> tuple[str, str]:
    """(what was done, a version of the text); one time in three two things are done."""
    text, foreign = own.split(), other.split()
    edits = chance.sample(EDITS, 2 if chance.random() < 1 / 3 else 1)
    for edit in edits:
        text = edit(text, foreign, chance)
    return "+".join(edit.__name__ for edit in edits), " ".join(text)


def found(one: str, other: str) -> bool:
    """Whether the pair would be linked: they share a band, and are judged alike."""
    a, b = shingles(words(one)), shingles(words(other))
    return bool(set(bands(a)) & set(bands(b))) and alike(a, b)


def evaluate(texts: Sequence[str], seed: int = 1) -> dict[str, float]:
    """Precision and recall on a version of each text and on its nearest other text."""
    chance = random.Random(seed)
    vocabularies = [set(words(text)) for text in texts]
    hits = false = 0
    for number, text in enumerate(texts):
        other = texts[(number * 7 + 3) % len(texts)]
        hits += found(text, version(text, other, chance)[1])
        nearby = [
            i for i in range(max(0, number - 60), min(len(texts), number + 60)) if i != number
        ]
        nearest = max(
            nearby,
            key=lambda i: (
                len(vocabularies[i] & vocabularies[number])
                / len(vocabularies[i] | vocabularies[number])
            ),
        )
        false += found(text, texts[nearest])
    return {
        "pairs": len(texts),
        "recall": hits / len(texts),
        "precision": hits / (hits + false) if hits + false else 0.0,
        "linked of the nearest others": false,
    }


def long_enough(records: Iterable[object]) -> Iterable[str]:
    seen: set[str] = set()
    for record in records:
        if not isinstance(record, ParsedDocument) or record.body in seen:
            continue
        if len(record.body.split()) >= SHORTEST:
            seen.add(record.body)
            yield record.body


def main(paths: list[str]) -> None:
    for path in paths:
        texts = list(islice(long_enough(read([Path(path)], ReadOptions())), 3000))
        print(path, {k: round(v, 4) for k, v in evaluate(texts).items()})


if __name__ == "__main__":
    main(sys.argv[1:])
