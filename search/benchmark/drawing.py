"""The benchmark's queries: drawn from the corpus itself, by class, seeded. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.text.analysis import Term, analyse
from search.request import SearchRequest, Sort

CLASSES = (
    *("rare 1-4", "common 1", "common 2-4", "mixed 2-4", "words 5-12"),
    *("phrase", "by date", "one source", "one year"),
)
COMMON = 4  # one in so many of an article's words, the most frequent ones, counts as common
FEWEST = 40  # words of an article that queries are drawn from


@dataclass(frozen=True, slots=True)
class DrawnQuery:
    """One query: its class, the words as the article has them, and the request for them."""

    kind: str
    words: tuple[str, ...]
    request: SearchRequest


def draw_queries(
    bodies: Sequence[str],
    frequency: Mapping[str, int],
    sources: Sequence[int],
    years: Sequence[int],
    *,
    seed: int,
    count: int = 100,
) -> list[DrawnQuery]:
    """`count` queries, the classes in turn, from words and runs of words of the bodies.

    `frequency` gives the number of articles of a folded word; `sources` and `years` are the
    values to filter by. ValueError where no body is long enough.
    """
    usable = [(body, terms) for body in bodies if len(terms := analyse(body)) >= FEWEST]
    if not usable:
        raise ValueError(f"no article has {FEWEST} words to draw queries from")
    draw = random.Random(seed)
    found = []
    for number in range(count):
        kind = CLASSES[number % len(CLASSES)]
        body, terms = draw.choice(usable)
        words = _words(kind, terms, frequency, draw)
        typed = tuple(body[t.start : t.end] for t in words)
        text = " ".join(typed)
        found.append(
            DrawnQuery(
                kind,
                typed,
                SearchRequest(
                    query=f'"{text}"' if kind == "phrase" else text,
                    sort=Sort.NEWEST if kind == "by date" else Sort.RELEVANCE,
                    sources=(draw.choice(sources),) if kind == "one source" else (),
                    years=(draw.choice(years),) if kind == "one year" else (),
                ),
            )
        )
    return found


def _words(
    kind: str, terms: Sequence[Term], frequency: Mapping[str, int], draw: random.Random
) -> Sequence[Term]:
    """Words of an article for a query of this class."""
    at = draw.randrange(len(terms) - 12)
    if kind == "words 5-12":
        return terms[at : at + draw.randint(5, 12)]
    if kind == "phrase":
        return terms[at : at + draw.randint(2, 3)]
    distinct = list({t.word: t for t in terms}.values())
    distinct.sort(key=lambda t: (-frequency.get(t.word, 0), t.word))
    cut = len(distinct) // COMMON
    common, rare = distinct[:cut], distinct[cut:]
    if kind == "rare 1-4":
        return draw.sample(rare, draw.randint(1, 4))
    if kind == "common 1":
        return draw.sample(common, 1)
    if kind == "common 2-4":
        return draw.sample(common, draw.randint(2, 4))
    if kind == "mixed 2-4":
        return [*draw.sample(common, 1), *draw.sample(rare, draw.randint(1, 3))]
    return draw.sample(distinct, draw.randint(1, 3))
