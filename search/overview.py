"""What is in the corpus, for the home page: read from the index's own counts, kept a while."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from corpus.models import LexemeFrequency, Source, Speaker, Statement, StatementSearchRow
from corpus.quotes.types import SpeakerType
from search.display import UNSURE_BELOW

KEPT_SECONDS = 300
KEPT_AS = "overview-2"  # another number whenever the class changes: it is kept pickled
RECENT = 5
LOOKED_AT = 40  # newest statements read for each one shown
SENTENCE = (40, 260)  # characters: shorter ones say little alone, longer ones fill the page
SPEAKERS = 10
SOURCES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A speaker and how often quoted in the latest year and the one before."""

    speaker: Speaker
    latest: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The corpus in numbers."""

    articles: int
    statements: int
    speakers: int
    years: tuple[tuple[int, int], ...]  # (year, articles), oldest first
    sources: tuple[tuple[Source, int], ...]  # the largest
    source_count: int
    quoted: tuple[Quoted, ...]
    latest_year: int | None


def overview() -> Overview:
    """The numbers, at most a few minutes old."""
    found = cache.get(KEPT_AS)
    if isinstance(found, Overview):
        return found
    found = _counted()
    if found.articles:
        cache.set(KEPT_AS, found, KEPT_SECONDS)
    return found


def _counted() -> Overview:
    totals = LexemeFrequency.objects.filter(lexeme="#documents").first()
    years, by_source = [], {}
    for lexeme, n in LexemeFrequency.objects.filter(
        lexeme__gte="#", lexeme__lt="$", articles__gt=0
    ).values_list("lexeme", "articles"):
        name, _colon, value = lexeme.partition(":")
        if name == "#year" and value.isdigit():
            years.append((int(value), n))
        elif name == "#source" and value.isdigit():
            by_source[int(value)] = n
    most = sorted(by_source, key=lambda pk: -by_source[pk])[:SOURCES]
    sources = Source.objects.in_bulk(most)
    latest = max(years)[0] if years else None
    return Overview(
        articles=totals.articles if totals else 0,
        statements=totals.statements if totals else 0,
        speakers=Speaker.objects.filter(merged_into=None).count(),
        years=tuple(sorted(years)),
        sources=tuple((sources[pk], by_source[pk]) for pk in most if pk in sources),
        source_count=len(by_source),
        quoted=_quoted(latest),
        latest_year=latest,
    )


def _quoted(year: int | None) -> tuple[Quoted, ...]:
    """The most quoted of the latest year; of all time where no date is known."""
    if year is None:
        rows = StatementSearchRow.objects.exclude(speaker=None)
        counts = {
            r["speaker"]: (r["n"], 0)
            for r in rows.values("speaker").annotate(n=Count("pk")).order_by("-n")[:SPEAKERS]
        }
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT speaker, count(*) FILTER (WHERE y = %(year)s),
                    count(*) FILTER (WHERE y < %(year)s)
                FROM (
                    SELECT speaker, date_part('year', published AT TIME ZONE 'UTC') AS y
                    FROM corpus_statementsearchrow
                    WHERE speaker IS NOT NULL
                        AND published >= make_timestamptz(%(year)s - 1, 1, 1, 0, 0, 0, 'UTC')
                ) AS recent
                GROUP BY speaker ORDER BY 2 DESC, 3 DESC, speaker LIMIT %(limit)s
                """,
                {"year": year, "limit": SPEAKERS},
            )
            counts = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
    speakers = Speaker.objects.in_bulk(counts)
    return tuple(
        Quoted(speaker=speakers[pk], latest=latest, before=before)
        for pk, (latest, before) in counts.items()
        if latest and pk in speakers
    )


def recent_statements() -> list[Statement]:
    """The newest words of known speakers, one of an article and one of a speaker.

    Whole sentences of people come first; what is left of the newest fills the list.
    """
    newest = list(
        StatementSearchRow.objects.filter(speaker__isnull=False, published__isnull=False)
        .exclude(kind="indirect")
        .order_by("-published", "-statement")
        .values_list("statement_id", flat=True)[: RECENT * LOOKED_AT]
    )
    found = (
        Statement.objects.select_related("speaker", "article__source")
        .defer("article__body", "article__raw_text")
        .in_bulk(newest)
    )
    chosen: list[Statement] = []
    for wanted in (_tells_something, _is_sure, lambda _statement: True):
        articles, speakers = {s.article_id for s in chosen}, {s.speaker_id for s in chosen}
        for statement in (found[pk] for pk in newest if pk in found):
            if len(chosen) == RECENT:
                break
            if (
                statement.article_id not in articles
                and statement.speaker_id not in speakers
                and wanted(statement)
            ):
                chosen.append(statement)
                articles.add(statement.article_id)
                speakers.add(statement.speaker_id)
    return sorted(chosen, key=lambda s: newest.index(s.pk))


def _is_sure(statement: Statement) -> bool:
    return statement.curation != "auto" or statement.confidence >= UNSURE_BELOW


def _tells_something(statement: Statement) -> bool:
    return (
        _is_sure(statement)
        and SENTENCE[0] <= len(statement.text) <= SENTENCE[1]
        and statement.speaker is not None
        and statement.speaker.type in (SpeakerType.PERSON, SpeakerType.ORGANISATION)
    )


def example_queries(shown: Overview) -> list[str]:
    """Searches that find something here: names of the most quoted."""
    names = [
        q.speaker.name
        for q in shown.quoted
        if q.speaker.type == SpeakerType.PERSON and len(q.speaker.name) <= 40
    ]
    examples = names[:2]
    if len(names) > 2:
        examples.append(f"«{names[2]}»")
    return examples
