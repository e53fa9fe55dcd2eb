"""Resolution of the whole corpus, in batches of articles, and what is tidied after it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from corpus.indexing import refresh_speakers
from corpus.models import Article, Statement
from corpus.quotes.types import SpeakerType
from corpus.resolution import Resolver
from corpus.speakers.names import shown_body, shown_name

BATCH = 500  # articles in one transaction


def resolve_batches(*, surnames: bool) -> Iterator[tuple[int, int]]:
    """Resolve every article's statements; yields (articles, statements changed) by batch.

    Without `surnames` only what has its full name; with them, all, on the evidence that
    the first pass left in the database.
    """
    resolver = Resolver(settled=surnames, surnames=surnames)
    last = 0
    while True:
        ids = list(
            Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        )
        if not ids:
            return
        yield len(ids), resolve_articles(ids, resolver)
        last = ids[-1]


def resolve_articles(ids: list[int], resolver: Resolver | None = None) -> int:
    """Resolve these articles' statements again and tell search; how many changed."""
    resolver = resolver or Resolver(settled=False)
    with transaction.atomic():
        # The articles are what imports and re-extraction lock first as well.
        held = Article.objects.filter(pk__in=ids).order_by("pk").select_for_update()
        list(held.values_list("pk", flat=True))
        statements = list(Statement.objects.filter(article_id__in=ids).order_by("pk"))
        before = {s.pk: (s.speaker_id, s.resolution) for s in statements}
        resolver.resolve(statements)
        changed = [s for s in statements if before[s.pk] != (s.speaker_id, s.resolution)]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE corpus_statement s SET speaker_id = t.speaker, resolution = t.resolution
                FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS t(id, speaker, resolution)
                WHERE s.id = t.id
                """,
                [
                    [s.pk for s in changed],
                    [s.speaker_id for s in changed],
                    [s.resolution for s in changed],
                ],
            )
        moved = {s.article_id for s in changed if before[s.pk][0] != s.speaker_id}
        if moved:
            refresh_speakers(sorted(moved))
    return len(changed)


def clean_up() -> int:
    """Name the program's speakers by their commonest spelling, remove those without
    statements; how many were removed.

    Neither may depend on which article happened to come first. A speaker that a merge, a
    decided proposal or a curator's alias speaks of is kept, with its surname.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.id FROM corpus_speaker s
            WHERE s.origin = 'program' AND s.merged_into_id IS NULL AND s.description = ''
                AND NOT EXISTS (SELECT FROM corpus_statement t WHERE t.speaker_id = s.id)
                AND NOT EXISTS (SELECT FROM corpus_speaker m WHERE m.merged_into_id = s.id)
                AND NOT EXISTS (SELECT FROM corpus_speakeralias a
                    WHERE a.speaker_id = s.id AND a.origin = 'curator')
                AND s.id NOT IN (
                    SELECT unnest(ARRAY[m.speaker_id, m.into_id]) FROM corpus_speakermerge m
                    UNION ALL SELECT unnest(ARRAY[p.one_id, p.other_id])
                        FROM corpus_mergeproposal p WHERE p.state <> 'open')
            ORDER BY s.id FOR UPDATE
            """
        )
        gone = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("DELETE FROM corpus_speakeralias WHERE speaker_id = ANY(%s)", [gone])
        cursor.execute(
            "DELETE FROM corpus_mergeproposal WHERE one_id = ANY(%s) OR other_id = ANY(%s)",
            [gone, gone],
        )
        cursor.execute("DELETE FROM corpus_speaker WHERE id = ANY(%s)", [gone])
        _rename()
    return len(gone)


def _rename() -> None:
    spellings: dict[int, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.id, s.type, t.mention_name, count(*) FROM corpus_statement t
            JOIN corpus_speaker s ON s.id = t.speaker_id AND s.origin = 'program'
            WHERE t.resolution ~ '^(name|organisation|role|surname-own|surname-ambiguous):'
                AND t.mention_name <> ''
            GROUP BY s.id, s.type, t.mention_name
            """
        )
        for pk, kind, written, count in cursor.fetchall():
            person = kind == SpeakerType.PERSON.value
            name = shown_name(written) if person else shown_body(written)
            best = spellings.get(pk)
            if best is None or (-count, name) < (-best[0], best[1]):
                spellings[pk] = count, name
        cursor.execute(
            """
            UPDATE corpus_speaker s SET name = t.name
            FROM unnest(%s::bigint[], %s::text[]) AS t(id, name)
            WHERE s.id = t.id AND s.name <> t.name
            """,
            [list(spellings), [name for _, name in spellings.values()]],
        )
