"""Writing search rows: those of a batch of articles, and what changes in them later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from corpus.indexing.frequencies import TAKE_BACK, add_counts, merge_frequencies
from corpus.indexing.texts import (
    LEAD,
    NAME,
    SAMPLE,
    SAMPLES,
    SOURCE_KEY,
    YEAR_KEY,
    IndexedText,
    analyse_fields,
    filter_keys,
    impacts,
)
from corpus.models import Article, Curation, Statement
from corpus.quotes.types import SpeakerType
from corpus.speakers.mentions import read_mention
from corpus.text.analysis import ANALYSIS_VERSION
from corpus.text.pairs import pair_keys
from corpus.wording_kin import forget_wordings, link_wordings, note_wordings

ROW_FORMAT = 6  # raised when what a search row holds changes
INDEX_VERSION = ROW_FORMAT * 100 + ANALYSIS_VERSION

VECTOR = """
    setweight(to_tsvector('arabic_news', {0}_title), {1})
    || setweight(to_tsvector('arabic_news', {0}_lead), 'B')
    || to_tsvector('arabic_news', {0}_rest)
"""
TITLE_LABEL = "'A'"
# A person's name says who speaks; a body's says what it is for as well. «لجنة تنظيم كأس العالم»
# must not stand before all that is said of the World Cup.
NAME_LABEL = """(CASE WHEN s.mention_type IN ('person', '') OR s.curation = 'corrected'
    THEN 'A' ELSE 'C' END)::"char\""""

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
    (article_id, source_id, section, published, length, stems, words, impacts, pairs,
     speakers, kinds, index_version)
SELECT t.id, a.source_id, a.section, a.published, t.length,
    {VECTOR.format("stems", TITLE_LABEL)} {MARKED.format("t.id")},
    {VECTOR.format("words", TITLE_LABEL)}, string_to_array(t.impacts, ' '), {PAIRS},
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
    source_id = excluded.source_id, section = excluded.section,
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
    {VECTOR.format("stems", NAME_LABEL)} {MARKED.format("t.id")},
    {VECTOR.format("words", NAME_LABEL)}, string_to_array(t.impacts, ' '), {PAIRS}, %(version)s
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

# What an index has not sorted in yet is searched row by row, yet sorting in much at once costs
# far less: a lexeme of a thousand new rows is looked up once. Only imports let it grow.
PENDING = "32MB"
LET_WAIT = "SELECT set_config('gin_pending_list_limit', %s, true)"
FEW = 20  # articles; more at once are an import


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
    statement_texts = [analyse_fields(speaker_words(s), s.text) for s, _ in visible]
    article_impacts = [
        impacts(text) + filter_keys(article)
        for text, article in zip(article_texts, articles, strict=True)
    ]
    statement_impacts = [
        impacts(text, NAME) + filter_keys(article)
        for text, (_, article) in zip(statement_texts, visible, strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        if len(articles) > FEW:
            cursor.execute(LET_WAIT, [PENDING])
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
        add_counts(article_texts, statement_texts, article_impacts, statement_impacts)


def speaker_words(statement: Statement) -> str:
    """By what words a statement's speaker is found: the fullest name its article has.

    Not the speaker's own name, which later articles change: rows would have to follow. Where
    a curator has chosen the speaker, the article's name may be another's. A description that
    stands for nobody («الاتفاق النووي», «الشركة») is no name: statements would come first for
    a subject that they are not about.
    """
    if statement.curation == Curation.CORRECTED and statement.speaker is not None:
        return statement.speaker.name
    name = statement.mention_name or statement.mention
    read = read_mention(name, SpeakerType(statement.mention_type))
    return name if read.key or read.type is SpeakerType.UNNAMED else ""


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
        if len(listed) > FEW:
            cursor.execute(LET_WAIT, [PENDING])
        # Only what changes: a row that is written anew is sorted anew into every index.
        cursor.execute(
            """
            UPDATE corpus_articlesearchrow r SET speakers = new.speakers, kinds = new.kinds
            FROM (
                SELECT asked.id,
                    coalesce(array_agg(DISTINCT s.speaker_id)
                        FILTER (WHERE s.speaker_id IS NOT NULL), '{}') AS speakers,
                    coalesce(array_agg(DISTINCT s.kind)
                        FILTER (WHERE s.kind IS NOT NULL), '{}') AS kinds
                FROM unnest(%s::bigint[]) AS asked(id)
                LEFT JOIN corpus_statement s
                    ON s.article_id = asked.id AND s.curation <> 'rejected'
                GROUP BY asked.id
            ) AS new
            WHERE r.article_id = new.id
                AND (r.speakers, r.kinds) IS DISTINCT FROM (new.speakers, new.kinds)
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
