"""A large corpus for measuring speed: sentences of imported articles, recombined. Pure.

Sentences are drawn within their source, so word frequencies, lengths and the company that
words keep stay close to real news; the articles mean nothing.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpus.text.sentences import sentences

FIRST_DAY = datetime(2010, 1, 1, tzinfo=UTC)
MINUTES = 16 * 365 * 24 * 60
SHORTEST = 4  # words of a sentence that says something
LONGEST = 60  # sentences of an article
TITLE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Pool:
    """One source: its sentences, how many its articles have, and its share of the corpus."""

    source: str
    sentences: tuple[str, ...]
    lengths: tuple[int, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """One made-up article: its number, source, title, body and publication time."""

    number: int
    source: str
    title: str
    body: str
    published: datetime


def pools_of(bodies: Mapping[str, Sequence[str]]) -> list[Pool]:
    """What to draw from, by source. ValueError where no source has any sentence."""
    found = []
    for source, texts in sorted(bodies.items()):
        pieces: list[str] = []
        lengths: list[int] = []
        for text in texts:
            own = [text[s.start : s.end].strip() for s in sentences(text)]
            own = [s for s in own if s.count(" ") >= SHORTEST - 1]
            pieces += own
            if own:
                lengths.append(min(LONGEST, len(own)))
        if pieces:
            found.append(Pool(source, tuple(pieces), tuple(lengths), len(texts)))
    if not found:
        raise ValueError("there are no sentences to recombine: import articles first")
    return found


def make_article(pools: Sequence[Pool], seed: int, number: int) -> MadeArticle:
    """Article `number` of the corpus of this seed, whatever else has been made."""
    draw = random.Random(seed * 1_000_003 + number)
    pool = draw.choices(pools, [p.weight for p in pools])[0]
    body = draw.choices(pool.sentences, k=draw.choice(pool.lengths))
    return MadeArticle(
        number=number,
        source=pool.source,
        title=" ".join(draw.choice(pool.sentences).split()[:TITLE_WORDS]),
        body="\n".join(body),
        published=FIRST_DAY + timedelta(minutes=draw.randrange(MINUTES)),
    )
