"""Resolution of the whole corpus, in batches of articles, and what is tidied after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db import connection, transaction

from corpus.indexing.rows import refresh_speakers
from corpus.models import Article, Statement
from corpus.quotes.types import SpeakerType
from corpus.resolution.resolver import Resolver
from corpus.speakers.names import shown_body, shown_name, shown_surname

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
        hold(ids)
        statements = list(Statement.objects.filter(article_id__in=ids).order_by("pk"))
        before = {s.pk: (s.speaker_id, s.resolution) for s in statements}
        resolver.resolve(statements)
        return save(
            [(s, *before[s.pk]) for s in statements if before[s.pk] != (s.speaker_id, s.resolution)]
        )


def hold(articles: Iterable[int]) -> None:
    """Lock articles, as imports and re-extraction do first."""
    held = Article.objects.filter(pk__in=articles).order_by("pk").select_for_update()
    list(held.values_list("pk", flat=True))


def save(changed: Sequence[tuple[Statement, int | None, str]]) -> int:
    """Save speakers and reasons, and tell search; how many were saved.

    Each comes with what it had: one that somebody else has changed since is left alone.
    In the caller's transaction, which holds the articles.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE corpus_statement s SET speaker_id = t.speaker, resolution = t.resolution
            FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[])
                AS t(id, speaker, resolution, old_speaker, old_resolution)
            WHERE s.id = t.id AND s.curation = 'auto' AND s.resolution = t.old_resolution
                AND s.speaker_id IS NOT DISTINCT FROM t.old_speaker
            """,
            [
                [s.pk for s, _, _ in changed],
                [s.speaker_id for s, _, _ in changed],
                [s.resolution for s, _, _ in changed],
                [speaker for _, speaker, _ in changed],
                [resolution for _, _, resolution in changed],
            ],
        )
        saved = cursor.rowcount
    moved = {s.article_id for s, speaker, _ in changed if speaker != s.speaker_id}
    if moved:
        refresh_speakers(sorted(moved))
    return saved


def clean_up(speakers: Collection[int] | None = None) -> int:
    """Name the program's speakers by their commonest spelling, remove those without
    statements; how many were removed. Of these speakers, or of all.

    Neither may depend on which article happened to come first. A speaker that a merge, a
    decided proposal or a curator's alias speaks of is kept, with its surname.
    """
    chosen = None if speakers is None else sorted(speakers)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.id FROM corpus_speaker s
            WHERE (%(chosen)s::bigint[] IS NULL OR s.id = ANY(%(chosen)s))
                AND s.origin = 'program' AND s.merged_into_id IS NULL AND s.description = ''
                AND NOT EXISTS (SELECT FROM corpus_statement t WHERE t.speaker_id = s.id)
                AND NOT EXISTS (SELECT FROM corpus_speaker m WHERE m.merged_into_id = s.id)
                AND NOT EXISTS (SELECT FROM corpus_speakeralias a
                    WHERE a.speaker_id = s.id AND a.origin = 'curator')
                AND s.id NOT IN (
                    SELECT unnest(ARRAY[m.speaker_id, m.into_id]) FROM corpus_speakermerge m
                    UNION ALL SELECT unnest(ARRAY[p.one_id, p.other_id])
                        FROM corpus_mergeproposal p WHERE p.state <> 'open')
            ORDER BY s.id FOR UPDATE
            """,
            {"chosen": chosen},
        )
        gone = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("DELETE FROM corpus_speakeralias WHERE speaker_id = ANY(%s)", [gone])
        cursor.execute(
            "DELETE FROM corpus_mergeproposal WHERE one_id = ANY(%s) OR other_id = ANY(%s)",
            [gone, gone],
        )
        cursor.execute("DELETE FROM corpus_speaker WHERE id = ANY(%s)", [gone])
        _rename(chosen)
        _rename_aliases(chosen)
    return len(gone)


def _rename(chosen: list[int] | None) -> None:
    spellings: dict[int, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.id, s.type, s.name, t.mention_name, count(*) FROM corpus_statement t
            JOIN corpus_speaker s ON s.id = t.speaker_id AND s.origin = 'program'
            WHERE t.resolution ~ '^(name|organisation|role|surname-own|surname-ambiguous):'
                AND t.mention_name <> ''
                AND (%(chosen)s::bigint[] IS NULL OR s.id = ANY(%(chosen)s))
            GROUP BY s.id, t.mention_name
            """,
            {"chosen": chosen},
        )
        for pk, kind, shown, written, count in cursor.fetchall():
            if written == shown:
                name = shown
            elif kind == SpeakerType.PERSON.value:
                name = shown_name(written)
            else:
                name = shown_body(written)
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


def _rename_aliases(chosen: list[int] | None) -> None:
    """Spell the surnames as the names of their speakers do."""
    with connection.cursor() as cursor:
        # Passed over where the alias is the name's last word, and the whole of the surname.
        cursor.execute(
            """
            SELECT a.id, a.name, s.name FROM corpus_speakeralias a
            JOIN corpus_speaker s ON s.id = a.speaker_id
            WHERE a.origin = 'program' AND s.origin = 'program' AND s.type = 'person'
                AND (%(chosen)s::bigint[] IS NULL OR s.id = ANY(%(chosen)s))
                AND (right(s.name, length(a.name) + 1) <> ' ' || a.name
                    OR length(a.key) > length(a.name))
            """,
            {"chosen": chosen},
        )
        wanted = [
            (pk, surname)
            for pk, alias, name in cursor.fetchall()
            if (surname := shown_surname(name)) and surname != alias
        ]
        cursor.execute(
            """
            UPDATE corpus_speakeralias a SET name = t.name
            FROM unnest(%s::bigint[], %s::text[]) AS t(id, name) WHERE a.id = t.id
            """,
            [[pk for pk, _ in wanted], [name for _, name in wanted]],
        )
