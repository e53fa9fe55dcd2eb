"""Other queries for one that found little: the other keyboard layout, and the corpus's spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db import connection

from corpus.indexing.texts import WORD
from corpus.text.analysis import words
from corpus.text.rescue import other_layout
from search.request import SearchRequest, clean_query
from search.results import Suggestion
from search.spelling import as_written
from search.transliteration import in_arabic

FEW = 3  # results; with more, the reader has something to go on
MOST = 3  # suggestions shown
SHORTEST = 4  # letters of a word worth correcting: shorter ones are like everything
ALIKE = 0.35  # trigram likeness below which a word is another word

LIKE = """
SELECT lexeme FROM corpus_lexemefrequency
WHERE lexeme >= 'w' AND lexeme < 'x' AND lexeme %% %(word)s AND articles > 0
    AND similarity(lexeme, %(word)s) >= %(alike)s AND lexeme <> %(word)s
ORDER BY similarity(lexeme, %(word)s) * ln(articles + 1.7) DESC, lexeme LIMIT 1
"""


def suggestions(request: SearchRequest) -> tuple[Suggestion, ...]:
    """Queries that find something where this one found little; none for an empty query.

    Every word suggested stands in the corpus.
    """
    found: dict[str, Suggestion] = {}
    for query, reason in (
        *_typed_on_the_other_layout(request.query),
        *_in_arabic(request.query),
        *_spelled(request.query),
    ):
        if query != request.query:
            made = replace(request, query=query, page=1)
            found.setdefault(query, Suggestion(query=query, reason=reason, request=made))
    return tuple(found.values())[:MOST]


def _typed_on_the_other_layout(query: str) -> Iterator[tuple[str, str]]:
    """f,jdk is بوتين on the wrong layout."""
    for reading in other_layout(query):
        typed = words(reading)
        if typed and _known(typed) == set(typed):
            yield clean_query(reading), "keyboard"


def _in_arabic(query: str) -> Iterator[tuple[str, str]]:
    """Putin is بوتين."""
    if arabic := in_arabic(query):
        yield arabic, "transliteration"


def _spelled(query: str) -> Iterator[tuple[str, str]]:
    """The query with each word that the corpus lacks replaced by the likest one it has."""
    typed = words(query)
    unknown = {w for w in typed if len(w) >= SHORTEST} - _known(typed)
    better = {word: like for word in sorted(unknown) if (like := _like(word))}
    if better:
        spelled = as_written(better.values())
        corrected = {word: spelled[like] for word, like in better.items()}
        yield " ".join(corrected.get(word, word) for word in typed), "spelling"


def _known(typed: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme FROM corpus_lexemefrequency WHERE lexeme = ANY(%s) AND articles > 0",
            [[WORD + word for word in typed]],
        )
        return {row[0].removeprefix(WORD) for row in cursor.fetchall()}


def _like(word: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(LIKE, {"word": WORD + word, "alike": ALIKE})
        row = cursor.fetchone()
    return row[0].removeprefix(WORD) if row else None
