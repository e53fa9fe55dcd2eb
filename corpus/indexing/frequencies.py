"""In how many articles and statements each lexeme stands.

Batches append what they add as deltas, in their own transaction, which are merged at the end of a
run: parallel imports never write the same row (docs/decisions/0003-search-rows.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from django.db import connection, transaction

from corpus.copying import number_array
from corpus.indexing.texts import STEM, WORD, IndexedText

MERGE_LOCK = 7_301_001  # an advisory lock's number, our own

# What the rows of these articles counted for, taken back before they are replaced.
TAKE_BACK = """
INSERT INTO corpus_frequencydelta (lexemes, articles, statements)
SELECT array_agg(lexeme), array_agg(articles), array_agg(statements) FROM (
SELECT lexeme, -sum(articles) AS articles, -sum(statements) AS statements FROM (
    SELECT 's' || unnest(tsvector_to_array(stems)) AS lexeme, 1 AS articles, 0 AS statements
        FROM corpus_articlesearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT 'w' || unnest(tsvector_to_array(words)), 1, 0
        FROM corpus_articlesearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT unnest(impacts), 1, 0
        FROM corpus_articlesearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT '#documents', 1, 0
        FROM corpus_articlesearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT '#tokens', length, 0
        FROM corpus_articlesearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT 's' || unnest(tsvector_to_array(stems)), 0, 1
        FROM corpus_statementsearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT 'w' || unnest(tsvector_to_array(words)), 0, 1
        FROM corpus_statementsearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT unnest(impacts), 0, 1
        FROM corpus_statementsearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT '#documents', 0, 1
        FROM corpus_statementsearchrow WHERE article_id = ANY(%(ids)s)
    UNION ALL SELECT '#tokens', 0, length
        FROM corpus_statementsearchrow WHERE article_id = ANY(%(ids)s)
) AS counted WHERE lexeme NOT LIKE 's#%%' GROUP BY lexeme
) AS summed HAVING count(*) > 0
"""

# The lexemes come as one string: the driver quotes arrays string by string.
ADD = """
INSERT INTO corpus_frequencydelta (lexemes, articles, statements)
VALUES (string_to_array(%s, ' '), %s::int[], %s::int[])
"""

MERGE = """
WITH taken AS (DELETE FROM corpus_frequencydelta RETURNING lexemes, articles, statements)
INSERT INTO corpus_lexemefrequency AS f (lexeme, articles, statements)
SELECT one.lexeme COLLATE "C", sum(one.articles), sum(one.statements)
FROM taken, unnest(taken.lexemes, taken.articles, taken.statements)
    AS one(lexeme, articles, statements)
GROUP BY 1 ORDER BY 1
ON CONFLICT (lexeme) DO UPDATE SET
    articles = f.articles + excluded.articles, statements = f.statements + excluded.statements
"""
REBUILD = """
INSERT INTO corpus_lexemefrequency (lexeme, articles, statements)
SELECT lexeme, sum(articles), sum(statements) FROM (
    SELECT 's' || word AS lexeme, ndoc AS articles, 0 AS statements
        FROM ts_stat('SELECT stems FROM corpus_articlesearchrow')
    UNION ALL SELECT 'w' || word, ndoc, 0
        FROM ts_stat('SELECT words FROM corpus_articlesearchrow')
    UNION ALL SELECT impact, count(*), 0
        FROM corpus_articlesearchrow, unnest(impacts) AS impact GROUP BY impact
    UNION ALL SELECT '#documents', count(*), 0 FROM corpus_articlesearchrow
    UNION ALL SELECT '#tokens', coalesce(sum(length), 0), 0 FROM corpus_articlesearchrow
    UNION ALL SELECT 's' || word, 0, ndoc
        FROM ts_stat('SELECT stems FROM corpus_statementsearchrow')
    UNION ALL SELECT 'w' || word, 0, ndoc
        FROM ts_stat('SELECT words FROM corpus_statementsearchrow')
    UNION ALL SELECT impact, 0, count(*)
        FROM corpus_statementsearchrow, unnest(impacts) AS impact GROUP BY impact
    UNION ALL SELECT '#documents', 0, count(*) FROM corpus_statementsearchrow
    UNION ALL SELECT '#tokens', 0, coalesce(sum(length), 0) FROM corpus_statementsearchrow
) AS counted WHERE lexeme NOT LIKE 's#%' GROUP BY lexeme ORDER BY lexeme
"""


def add_counts(
    article_texts: Sequence[IndexedText],
    statement_texts: Sequence[IndexedText],
    article_impacts: Sequence[list[str]],
    statement_impacts: Sequence[list[str]],
) -> None:
    """Leave what a batch's rows count for to be merged, in the caller's transaction."""
    counters = []
    for texts, found in ((article_texts, article_impacts), (statement_texts, statement_impacts)):
        stems: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for text in texts:
            stems.update({*text.title_stems, *text.stems})
            words.update({*text.title_words, *text.words})
        # The lane goes before a lexeme once a batch, not once a document.
        counter = {
            **Counter(chain.from_iterable(found)),
            **{STEM + lexeme: n for lexeme, n in stems.items()},
            **{WORD + lexeme: n for lexeme, n in words.items()},
        }
        counter["#tokens"] = sum(text.length for text in texts)
        counter["#documents"] = len(texts)
        counters.append(counter)
    articles, statements = counters
    keys = list(articles | statements)
    numbers = [number_array(counter.get(key, 0) for key in keys) for counter in counters]
    with connection.cursor() as cursor:
        # Keys are letters, digits, "#" and ":", so that a space parts them.
        cursor.execute(ADD, [" ".join(keys), *numbers])


def merge_frequencies() -> None:
    """Add the deltas to the frequencies. One at a time; others go on writing deltas."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGE_LOCK])
        cursor.execute(MERGE)


def rebuild_frequencies() -> None:
    """Count every lexeme again from the search rows, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGE_LOCK])
        # Batches write their rows and their deltas in one transaction. Those under way are
        # waited for and new ones wait, so that none is counted in both or in neither.
        cursor.execute("LOCK TABLE corpus_frequencydelta IN SHARE MODE")
        cursor.execute("DELETE FROM corpus_frequencydelta")
        cursor.execute("DELETE FROM corpus_lexemefrequency")
        cursor.execute(REBUILD)
