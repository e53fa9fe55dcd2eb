"""How the corpus writes a word that is stored folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from corpus.text.analysis import analyse
from corpus.text.folding import drop_marks

LOOKED_AT = 5  # articles with the word; the commonest spelling in them is taken
FIRST = 20_000  # characters of an article


def as_written(words: Iterable[str]) -> dict[str, str]:
    """For each folded word its commonest spelling in a few articles, without vowel marks.

    A word that no article has keeps its folded form.
    """
    return {word: _spelling(word) for word in words}


def _spelling(word: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.title, left(a.body, %s) FROM corpus_articlesearchrow r"
            " JOIN corpus_article a ON a.id = r.article_id"
            " WHERE r.words @@ to_tsquery('arabic_news', %s) LIMIT %s",
            [FIRST, word, LOOKED_AT],
        )
        texts = [text for row in cursor.fetchall() for text in row]
    found = Counter(
        drop_marks(text[term.start : term.end])
        for text in texts
        for term in analyse(text)
        if term.word == word
    )
    return max(found, key=lambda spelling: (found[spelling], spelling), default=word)
