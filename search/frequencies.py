"""Document frequencies and corpus statistics, read from the tables `corpus.indexing` keeps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from corpus.indexing.texts import IN_LEAD, STEM, TIERS, WORD
from search.request import Scope


@dataclass(frozen=True, slots=True)
class Statistics:
    """What ranking and planning need to know of the corpus and of one query's lexemes.

    `frequency` maps keys of LexemeFrequency (lane character + lexeme) to the number of
    documents they stand in; absent keys stand in none.
    """

    documents: int
    average_length: float
    frequency: Mapping[str, int]

    def idf(self, key: str) -> float:
        """BM25's inverse document frequency, never negative (as Lucene has it)."""
        df = min(self.frequency.get(key, 0), self.documents)
        return math.log(1 + (self.documents - df + 0.5) / (df + 0.5))


def statistics(scope: Scope, keys: Iterable[str]) -> Statistics:
    """Statistics of the corpus and of these keys, in one look-up."""
    column = "articles" if scope == Scope.ARTICLES else "statements"
    wanted = sorted({*keys, "#documents", "#tokens"})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT lexeme, {column} FROM corpus_lexemefrequency WHERE lexeme = ANY(%s)",
            [wanted],
        )
        found = {lexeme: max(0, n) for lexeme, n in cursor.fetchall()}
    documents = found.pop("#documents", 0)
    tokens = found.pop("#tokens", 0)
    return Statistics(documents, max(1.0, tokens / documents) if documents else 1.0, found)


def keys_of(stem: str, words: Iterable[str]) -> list[str]:
    """All keys that planning a term needs: both lanes, its tiers, its leads."""
    return [
        STEM + stem,
        IN_LEAD + stem,
        *(tier + stem for tier in TIERS),
        *(WORD + word for word in words),
    ]
