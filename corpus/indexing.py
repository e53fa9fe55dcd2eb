"""The one writer of search rows and document frequencies.

Everything is rebuilt from articles and statements, so the tables can be emptied and
refilled by `manage.py reindex` at any time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from itertools import chain
from typing import Any

from django.db import connection, transaction

from corpus.models import Article, Statement
from corpus.reprints import forget_wordings, link_wordings, note_wordings
from corpus.text.analysis import ANALYSIS_VERSION, Columns, analyse_columns
from corpus.text.pairs import pair_keys

ROW_FORMAT = 4  # raised when what a search row holds changes
INDEX_VERSION = ROW_FORMAT * 100 + ANALYSIS_VERSION

LEAD = 40  # words of the body that count as its lead (RETRIEVAL §1)

# A tsvector is at most 1 MB and positions end at 16,383; what lies beyond is not indexed.
MAX_TOKENS = 16_000
MAX_LEXEME_BYTES = 600_000
MAX_TITLE = 500  # words

# The first character of a key in LexemeFrequency.
STEM, WORD, TITLE, IN_LEAD, STATISTIC = "s", "w", "t", "l", "#"
TIERS = "12345678"

# Tiers of saturated term frequency, tf / (tf + k), with BM25's length normalisation at a
# fixed average: they only choose candidates, so they need not follow the corpus.
TIER_LIMITS = (0.60, 0.70, 0.78, 0.84, 0.90, 0.93, 0.95, 0.965)
TIER_K1, TIER_B, TIER_AVERAGE = 1.2, 0.75, 300.0


@dataclass(frozen=True, slots=True)
class IndexedText:
    """Analysed text, ready for `to_tsvector`: lexemes of both lanes by field."""

    title_stems: list[str]
    title_words: list[str]
    stems: list[str]
    words: list[str]
    numbers: list[int]  # of the words of title and body

    @property
    def length(self) -> int:
        return len(self.title_stems) + len(self.stems)


def analyse_fields(title: str, body: str) -> IndexedText:
    """Both lanes of a title and a body, bounded to what a tsvector can hold."""
    return bounded(analyse_columns(title), analyse_columns(body))


def bounded(title: Columns, body: Columns) -> IndexedText:
    """As much of an analysed title and body as a tsvector can hold."""
    limit = MAX_TOKENS
    if sum(map(len, body.words)) * 2 > MAX_LEXEME_BYTES / 2:
        # Only very long bodies pay for an exact count of what still fits.
        size = 0
        for i, word in enumerate(body.words):
            size += len(word.encode()) + 8
            if size > MAX_LEXEME_BYTES:
                limit = min(limit, i)
                break
    return IndexedText(
        title.stems[:MAX_TITLE],
        title.words[:MAX_TITLE],
        body.stems[:limit],
        body.words[:limit],
        title.numbers[:MAX_TITLE] + body.numbers[:limit],
    )


def impacts(text: IndexedText) -> list[str]:
    """The stems again, marked by the tiers they reach in this text, for title and lead."""
    k = TIER_K1 * (1 - TIER_B + TIER_B * text.length / TIER_AVERAGE)
    found = [TITLE + stem for stem in dict.fromkeys(text.title_stems)]
    found += [IN_LEAD + stem for stem in dict.fromkeys(text.title_stems + text.stems[:LEAD])]
    # Most stems stand in a text once, which reaches no tier of a text of usual length.
    fewest = k * TIER_LIMITS[0] / (1 - TIER_LIMITS[0]) - 1e-9
    for stem, tf in Counter(text.title_stems + text.stems).items():
        if tf >= fewest:
            # The limits rise, so these are the first ones.
            tiers = TIERS[: bisect_right(TIER_LIMITS, tf / (tf + k))]
            found += [tier + stem for tier in tiers]
    return found


def filter_keys(article: Article) -> list[str]:
    """What an article's rows, and its statements', have among their impacts to filter by."""
    found = [f"{SOURCE_KEY}{article.source_id}"]
    if article.published is not None:
        found.append(f"{YEAR_KEY}{article.published.astimezone(UTC).year}")
    return found


VECTOR = """
    setweight(to_tsvector('arabic_news', {0}_title), 'A')
    || setweight(to_tsvector('arabic_news', {0}_lead), 'B')
    || to_tsvector('arabic_news', {0}_rest)
"""

# Nested random samples of the rows: one in so many has the lexeme "#n" among its stems, so
# that a common word is counted by the sample within one index scan, however often it stands.
SAMPLES = (4, 16, 64, 256)
SAMPLE = "#"

# Among its pairs it has the sample's number below zero, where no pair's bucket is.
# The source and the year stand there too, so that a filter by them is met within the same
# scan, and count themselves among the frequencies.
SOURCE_KEY, YEAR_KEY = "#source:", "#year:"

PAIRS = f"""string_to_array(t.pairs, ' ')::int[]
        || ARRAY(SELECT -n FROM unnest(ARRAY{list(SAMPLES)}) AS n
            WHERE hashint8extended(t.id, 0) & (n - 1) = 0)"""

MARKED = f"""
    || array_to_tsvector(ARRAY(SELECT '{SAMPLE}' || n FROM unnest(ARRAY{list(SAMPLES)}) AS n
        WHERE hashint8extended({{0}}, 0) & (n - 1) = 0))
    || array_to_tsvector(array_remove(ARRAY['{SOURCE_KEY}' || a.source_id,
        '{YEAR_KEY}' || date_part('year', a.published AT TIME ZONE 'UTC')], NULL))
"""

# Texts come as one string a column, a line each: the driver quotes arrays string by string,
# which took a quarter of the time. The last line's end makes one row more, without an id.
COLUMNS = (
    *("stems_title", "stems_lead", "stems_rest", "words_title", "words_lead", "words_rest"),
    *("impacts", "pairs"),
)
TEXTS = f"""unnest(%(ids)s::bigint[], %(lengths)s::int[],
        {", ".join(f"string_to_array(%({column})s, chr(10))" for column in COLUMNS)})
    AS t(id, length, {", ".join(COLUMNS)})"""

ARTICLE_ROWS = f"""
INSERT INTO corpus_articlesearchrow
    (article_id, source_id, story, section, published, length, stems, words, impacts, pairs,
     speakers, kinds, index_version)
SELECT t.id, a.source_id, a.story_id, a.section, a.published, t.length,
    {VECTOR.format("stems")} {MARKED.format("t.id")}, {VECTOR.format("words")},
    string_to_array(t.impacts, ' '), {PAIRS},
    coalesce((SELECT array_agg(DISTINCT s.speaker_id) FROM corpus_statement s
        WHERE s.article_id = a.id AND s.curation <> 'rejected'
            AND s.speaker_id IS NOT NULL), '{{}}'),
    coalesce((SELECT array_agg(DISTINCT s.kind) FROM corpus_statement s
        WHERE s.article_id = a.id AND s.curation <> 'rejected'), '{{}}'),
    %(version)s
FROM {TEXTS}
JOIN corpus_article a ON a.id = t.id
ORDER BY t.id
ON CONFLICT (article_id) DO UPDATE SET
    source_id = excluded.source_id, story = excluded.story, section = excluded.section,
    published = excluded.published, length = excluded.length, stems = excluded.stems,
    words = excluded.words, impacts = excluded.impacts, pairs = excluded.pairs,
    speakers = excluded.speakers,
    kinds = excluded.kinds, index_version = excluded.index_version
"""

STATEMENT_ROWS = f"""
INSERT INTO corpus_statementsearchrow
    (statement_id, article_id, source_id, section, speaker, kind, published, length, stems,
     words, impacts, pairs, index_version)
SELECT t.id, a.id, a.source_id, a.section, s.speaker_id, s.kind, a.published, t.length,
    {VECTOR.format("stems")} {MARKED.format("t.id")}, {VECTOR.format("words")},
    string_to_array(t.impacts, ' '), {PAIRS}, %(version)s
FROM {TEXTS}
JOIN corpus_statement s ON s.id = t.id AND s.curation <> 'rejected'
JOIN corpus_article a ON a.id = s.article_id
ORDER BY t.id
ON CONFLICT (statement_id) DO UPDATE SET
    section = excluded.section, speaker = excluded.speaker, kind = excluded.kind,
    published = excluded.published, length = excluded.length, stems = excluded.stems,
    words = excluded.words, impacts = excluded.impacts, pairs = excluded.pairs,
    index_version = excluded.index_version
"""

# What the rows of these articles counted for, taken back before they are replaced.
TAKE_BACK = """
INSERT INTO corpus_frequencydelta (lexeme, articles, statements)
SELECT lexeme, -sum(articles), -sum(statements) FROM (
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
"""

MERGE = """
WITH taken AS (DELETE FROM corpus_frequencydelta RETURNING lexeme, articles, statements)
INSERT INTO corpus_lexemefrequency AS f (lexeme, articles, statements)
SELECT lexeme, sum(articles), sum(statements) FROM taken GROUP BY lexeme ORDER BY lexeme
ON CONFLICT (lexeme) DO UPDATE SET
    articles = f.articles + excluded.articles, statements = f.statements + excluded.statements
"""
# What an index has not sorted in yet is searched row by row, yet sorting in much at once costs
# far less: a lexeme of a thousand new rows is looked up once. Only imports let it grow.
PENDING = "32MB"
FEW = 20  # articles; more at once are an import

MERGE_LOCK = 7_301_001  # an advisory lock's number, our own


def index_articles(
    articles: Sequence[Article],
    statements: Mapping[int, Sequence[Statement]],
    *,
    replacing: bool,
    counted: bool = True,
    texts: Sequence[IndexedText] | None = None,
) -> None:
    """Write the search rows of these articles and their statements, and count their lexemes.

    Runs in the caller's transaction. `statements` gives each article's stored statements
    by its id; rejected ones are not indexed. `replacing` tells that some of the articles
    may have rows already: those are counted back and their statements' rows removed.
    `counted=False` leaves the counting to `rebuild_frequencies` at the end of a bulk load.
    `texts` are the articles' analysed texts, for whom has them already.
    """
    ids = [article.pk for article in articles]
    visible = [
        (statement, article)
        for article in articles
        for statement in statements.get(article.pk, ())
        if statement.curation != "rejected"
    ]
    article_texts = texts or [analyse_fields(a.title, a.body) for a in articles]
    statement_texts = [analyse_fields("", statement.text) for statement, _ in visible]
    article_impacts = [
        impacts(text) + filter_keys(article)
        for text, article in zip(article_texts, articles, strict=True)
    ]
    statement_impacts = [
        impacts(text) + filter_keys(article)
        for text, (_, article) in zip(statement_texts, visible, strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        if len(articles) > FEW:
            cursor.execute("SELECT set_config('gin_pending_list_limit', %s, true)", [PENDING])
        if replacing:
            cursor.execute(TAKE_BACK, {"ids": ids})
            cursor.execute(
                "DELETE FROM corpus_statementsearchrow WHERE article_id = ANY(%s)", [ids]
            )
            forget_wordings(ids)
        cursor.execute(ARTICLE_ROWS, _columns(ids, article_texts, article_impacts))
        if visible:
            statement_ids = [statement.pk for statement, _ in visible]
            cursor.execute(
                STATEMENT_ROWS, _columns(statement_ids, statement_texts, statement_impacts)
            )
            note_wordings(statement_ids, (text.stems for text in statement_texts))
        if not counted:
            return
        counts = _count(article_texts, statement_texts, article_impacts, statement_impacts)
        with cursor.copy(
            "COPY corpus_frequencydelta (lexeme, articles, statements) FROM STDIN"
        ) as copy:
            # Keys are letters, digits, "#" and ":", so COPY's text format needs no escapes.
            copy.write("".join(f"{key}\t{n}\t{m}\n" for key, (n, m) in counts))


def _columns(
    ids: list[int], texts: Sequence[IndexedText], found: list[list[str]]
) -> dict[str, Any]:
    return {
        "version": INDEX_VERSION,
        "ids": ids,
        "lengths": [t.length for t in texts],
        "stems_title": _lines(t.title_stems for t in texts),
        "stems_lead": _lines(t.stems[:LEAD] for t in texts),
        "stems_rest": _lines(t.stems[LEAD:] for t in texts),
        "words_title": _lines(t.title_words for t in texts),
        "words_lead": _lines(t.words[:LEAD] for t in texts),
        "words_rest": _lines(t.words[LEAD:] for t in texts),
        "impacts": _lines(found),
        "pairs": _lines(map(str, pair_keys(t.numbers)) for t in texts),
    }


def _lines(texts: Iterable[Iterable[str]]) -> str:
    """Each text's lexemes with spaces between them, on a line of their own."""
    return "".join([f"{' '.join(lexemes)}\n" for lexemes in texts])


def _count(
    article_texts: Sequence[IndexedText],
    statement_texts: Sequence[IndexedText],
    article_impacts: Sequence[list[str]],
    statement_impacts: Sequence[list[str]],
) -> Iterator[tuple[str, tuple[int, int]]]:
    """(key, (articles, statements)) in the order of the keys."""
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
    for lexeme in sorted(articles.keys() | statements.keys()):
        yield lexeme, (articles.get(lexeme, 0), statements.get(lexeme, 0))


def merge_frequencies() -> None:
    """Add the deltas to the frequencies. One at a time; others go on writing deltas."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MERGE_LOCK])
        cursor.execute(MERGE)


def sort_in() -> None:
    """Let the indexes take in what an import has left waiting."""
    with connection.cursor() as cursor:
        for name in GIN_INDEXES:
            if not _missing(name):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])


def reindex_articles(ids: Iterable[int]) -> None:
    """Bring the search rows of a few articles up to date after an edit."""
    articles = list(Article.objects.filter(pk__in=list(ids)).order_by("pk"))
    by_article: dict[int, list[Statement]] = {}
    for statement in Statement.objects.filter(article__in=articles).order_by("pk"):
        by_article.setdefault(statement.article_id, []).append(statement)
    with transaction.atomic():
        index_articles(articles, by_article, replacing=True)
    merge_frequencies()
    link_wordings()


def refresh_speakers(ids: Iterable[int]) -> None:
    """Copy speakers and kinds of these articles' statements into the search rows."""
    listed = list(ids)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE corpus_articlesearchrow r SET
                speakers = coalesce((SELECT array_agg(DISTINCT s.speaker_id)
                    FROM corpus_statement s WHERE s.article_id = r.article_id
                    AND s.curation <> 'rejected' AND s.speaker_id IS NOT NULL), '{}'),
                kinds = coalesce((SELECT array_agg(DISTINCT s.kind)
                    FROM corpus_statement s WHERE s.article_id = r.article_id
                    AND s.curation <> 'rejected'), '{}')
            WHERE r.article_id = ANY(%s)
            """,
            [listed],
        )
        cursor.execute(
            """
            UPDATE corpus_statementsearchrow r SET speaker = s.speaker_id
            FROM corpus_statement s
            WHERE s.id = r.statement_id AND r.article_id = ANY(%s)
                AND r.speaker IS DISTINCT FROM s.speaker_id
            """,
            [listed],
        )


def refresh_story(ids: Iterable[int], story: int | None) -> None:
    """Copy the story of these articles into their search rows, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE corpus_articlesearchrow r SET story = %s
            FROM (
                SELECT article_id FROM corpus_articlesearchrow
                WHERE article_id = ANY(%s) AND story IS DISTINCT FROM %s
                ORDER BY article_id FOR UPDATE
            ) AS chosen
            WHERE r.article_id = chosen.article_id
            """,
            [story, list(ids), story],
        )


GIN_INDEXES = {
    "search_stems": "corpus_articlesearchrow USING gin (stems)",
    "search_words": "corpus_articlesearchrow USING gin (words)",
    "search_pairs": "corpus_articlesearchrow USING gin (pairs)",
    "search_impacts": "corpus_articlesearchrow USING gin (impacts)",
    "stsearch_stems": "corpus_statementsearchrow USING gin (stems)",
    "stsearch_words": "corpus_statementsearchrow USING gin (words)",
    "stsearch_pairs": "corpus_statementsearchrow USING gin (pairs)",
    "stsearch_impacts": "corpus_statementsearchrow USING gin (impacts)",
    "wording_bands": "corpus_wording USING gin (bands)",
    "search_speakers": "corpus_articlesearchrow USING gin (speakers)",
}
# The smallest is built after all else, so that its absence tells of unfinished work.
LAST_INDEX = "search_speakers"


@contextmanager
def bulk_load() -> Iterator[None]:
    """Without the GIN indexes while a large first load runs; they are built at its end.

    A killed load leaves them missing: `ensure_indexes` at the next run, or `reindex`,
    does what is left.
    """
    with connection.cursor() as cursor:
        for name in GIN_INDEXES:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    finally:
        finish_bulk_load()


def finish_bulk_load() -> None:
    """Build the indexes and count the lexemes of what was loaded, each on its own core."""
    # A thread has a connection of its own. Nothing else is done in it.
    with ThreadPoolExecutor(1) as other:
        counting = other.submit(_count_and_disconnect)
        build_indexes(set(GIN_INDEXES) - {LAST_INDEX})
        counting.result()
    build_indexes({LAST_INDEX})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE corpus_articlesearchrow, corpus_statementsearchrow")


def _count_and_disconnect() -> None:
    try:
        rebuild_frequencies()
    finally:
        connection.close()


def ensure_indexes() -> None:
    """Do what a killed bulk load left undone: its GIN indexes, and the counting."""
    build_indexes(set(GIN_INDEXES) - {LAST_INDEX})
    if _missing(LAST_INDEX):
        rebuild_frequencies()
        build_indexes({LAST_INDEX})


def build_indexes(names: Collection[str]) -> None:
    """Build those of these GIN indexes that are not there."""
    with connection.cursor() as cursor:
        for name, definition in GIN_INDEXES.items():
            # IF NOT EXISTS alone would first wait for every import that is writing.
            if name in names and _missing(name):
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {definition}")


def _missing(index: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NULL", [index])
        return bool(cursor.fetchone()[0])


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
