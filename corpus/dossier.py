"""What the speaker page shows, asked of the database: counts by year, company, statements."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, QuerySet

from corpus.models import Source, Speaker, Statement, StatementSearchRow

COMPANY = 10
SOURCES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A speaker in numbers."""

    total: int
    years: tuple[tuple[int, int], ...]
    kinds: dict[str, int]
    sources: tuple[tuple[Source, int], ...]
    company: tuple[tuple[Speaker, int], ...]


def dossier(speaker: Speaker) -> Dossier:
    """Numbers over the visible statements of a speaker."""
    rows = StatementSearchRow.objects.filter(speaker=speaker.pk)
    by_source = rows.values("source").annotate(n=Count("pk")).order_by("-n", "source")[:SOURCES]
    counts = {r["source"]: r["n"] for r in by_source}
    sources = Source.objects.in_bulk(counts)
    kinds = {r["kind"]: r["n"] for r in rows.values("kind").annotate(n=Count("pk"))}
    return Dossier(
        total=sum(kinds.values()),
        years=_years(speaker),
        kinds=kinds,
        sources=tuple((sources[pk], n) for pk, n in counts.items() if pk in sources),
        company=_company(speaker),
    )


def _years(speaker: Speaker) -> tuple[tuple[int, int], ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT date_part('year', published AT TIME ZONE 'UTC')::int AS year, count(*)
            FROM corpus_statementsearchrow
            WHERE speaker = %s AND published IS NOT NULL GROUP BY 1 ORDER BY 1
            """,
            [speaker.pk],
        )
        found = dict(cursor.fetchall())
    if not found:
        return ()
    # Silent years in between are part of the picture.
    return tuple((y, found.get(y, 0)) for y in range(min(found), max(found) + 1))


def _company(speaker: Speaker) -> tuple[tuple[Speaker, int], ...]:
    """Speakers quoted in the same articles, most often first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT other.speaker, count(DISTINCT other.article_id)
            FROM (SELECT DISTINCT article_id FROM corpus_statementsearchrow
                  WHERE speaker = %(speaker)s LIMIT 5000) AS own
            JOIN corpus_statementsearchrow other ON other.article_id = own.article_id
            WHERE other.speaker <> %(speaker)s
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(limit)s
            """,
            {"speaker": speaker.pk, "limit": COMPANY},
        )
        counts = dict(cursor.fetchall())
    speakers = Speaker.objects.in_bulk(counts)
    return tuple((speakers[pk], n) for pk, n in counts.items() if pk in speakers)


def statements(
    speaker: Speaker, *, kind: str = "", year: int | None = None, oldest: bool = False
) -> QuerySet[StatementSearchRow]:
    """Search rows of the speaker's statements in date order, undated ones last."""
    rows = StatementSearchRow.objects.filter(speaker=speaker.pk)
    if kind:
        rows = rows.filter(kind=kind)
    if year is not None:
        rows = rows.filter(published__year=year)
    order = F("published").asc(nulls_last=True) if oldest else F("published").desc(nulls_last=True)
    return rows.order_by(order, "statement_id" if oldest else "-statement_id")


def loaded(ids: list[int]) -> list[Statement]:
    """Statements with what a page shows of them, in the order given."""
    found = (
        Statement.objects.select_related("speaker", "article__source")
        .defer("article__body", "article__raw_text")
        .in_bulk(ids)
    )
    return [found[pk] for pk in ids if pk in found]
