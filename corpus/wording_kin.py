"""The same statement in several articles: wordings linked, and groups read from the links.

What is stored says only which words are the same, nothing of speakers, so that neither
resolution nor a curator's merge of speakers has to touch it. Who said them is looked at
when a group is read. Links follow from the words alone: they do not depend on the order
or the number of imports, and what is still to do stands in `WordingDue`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from corpus.copying import number_array
from corpus.indexing.gin import WORDING_INDEX
from corpus.neardup import Joined
from corpus.text.analysis import stems
from corpus.wordings import Said, alike, fingerprint

BATCHES = 100  # of articles, linked in one transaction: some 250,000 wordings
PAIRS = 10_000  # judged at a time
# From so many wordings on, all bands are joined at once instead of looked up one by one, where
# these are a third of all: each batch of a large corpus would else read and sort the whole of it.
MANY = 20_000
SHARE = 1 / 3
LINK_LOCK = 7_301_003  # an advisory lock's number: one linker at a time


def note_wordings(ids: Sequence[int], texts: Iterable[Sequence[str]]) -> None:
    """Keep the wordings of these statements (the stems of each), in the caller's transaction."""
    found = [
        (pk, print_) for pk, text in zip(ids, texts, strict=True) if (print_ := fingerprint(text))
    ]
    if not found:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO corpus_wording (statement_id, article_id, wording, bands)
            SELECT s.id, s.article_id, t.wording, string_to_array(t.bands, ' ')::int[]
            FROM unnest(%s::bigint[], %s::bigint[], string_to_array(%s, chr(10)))
                AS t(id, wording, bands)
            JOIN corpus_statement s ON s.id = t.id ORDER BY s.id
            ON CONFLICT (statement_id) DO UPDATE
                SET wording = excluded.wording, bands = excluded.bands
            """,
            [
                number_array(pk for pk, _ in found),
                number_array(one.wording for _, one in found),
                "\n".join(" ".join(map(str, one.bands)) for _, one in found),
            ],
        )
        cursor.execute(
            "INSERT INTO corpus_wordingdue (wordings) VALUES (%s::bigint[])",
            [number_array(sorted({one.wording for _, one in found}))],
        )


def forget_wordings(articles: Sequence[int]) -> None:
    """Take the wordings of these articles' statements away, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (
                DELETE FROM corpus_wording WHERE article_id = ANY(%s) RETURNING wording
            ) INSERT INTO corpus_wordingdue (wordings)
            SELECT array_agg(DISTINCT wording) FROM gone HAVING count(*) > 0
            """,
            [list(articles)],
        )


def link_wordings() -> None:
    """Empty the queue: find for each wording that came or went its kin anew."""
    while _link_batch():
        pass


def _link_batch() -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINK_LOCK])
        cursor.execute(
            """
            DELETE FROM corpus_wordingdue
            WHERE id IN (SELECT id FROM corpus_wordingdue ORDER BY id LIMIT %s)
            RETURNING wordings
            """,
            [BATCHES],
        )
        due = list({wording for (wordings,) in cursor.fetchall() for wording in wordings})
        if not due:
            return False
        due = _without_the_gone(due)
        pairs = _candidates(due)
        if pairs:
            _write(*_judge(pairs))
        return True


def _without_the_gone(due: list[int]) -> list[int]:
    """Those of these that statements have, and the former kin of those that none has.

    What hung together by a wording that is gone may do so no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.wording FROM unnest(%s::bigint[]) AS t(wording)
            WHERE NOT EXISTS (SELECT FROM corpus_wording w WHERE w.wording = t.wording)
            """,
            [number_array(due)],
        )
        gone = [row[0] for row in cursor.fetchall()]
        if not gone:
            return due
        cursor.execute(
            """
            DELETE FROM corpus_wordingkin WHERE kin IN (
                SELECT kin FROM corpus_wordingkin WHERE wording = ANY(%s)
            ) RETURNING wording
            """,
            [gone],
        )
        return list({*due, *(row[0] for row in cursor.fetchall())} - set(gone))


def _candidates(due: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs (lesser, greater) of wordings that share a band, one of each being in `due`."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        if _worth_a_join(cursor, len(due)):
            cursor.execute(
                """
                WITH banded AS MATERIALIZED (
                    SELECT wording, unnest(bands) AS band FROM (
                        SELECT DISTINCT ON (wording) wording, bands
                        FROM corpus_wording ORDER BY wording
                    ) AS each
                ) SELECT DISTINCT a.wording, b.wording FROM banded a
                JOIN banded b ON b.band = a.band AND b.wording > a.wording
                WHERE a.wording = ANY(%(due)s::bigint[]) OR b.wording = ANY(%(due)s::bigint[])
                """,
                {"due": number_array(due)},
            )
        else:
            # New entries wait in a list that every single look-up would read from end to end.
            cursor.execute("SELECT gin_clean_pending_list(%s)", [WORDING_INDEX])
            # A small table's statistics talk the planner out of the index.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                """
                SELECT DISTINCT least(d.wording, o.wording), greatest(d.wording, o.wording)
                FROM (
                    SELECT DISTINCT ON (wording) wording, bands FROM corpus_wording
                    WHERE wording = ANY(%s::bigint[]) ORDER BY wording
                ) AS d
                JOIN corpus_wording o ON o.bands && d.bands AND o.wording <> d.wording
                """,
                [number_array(due)],
            )
        found = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan = on")
        cursor.execute("SET LOCAL work_mem TO DEFAULT")
        return found


def _worth_a_join(cursor: CursorWrapper, due: int) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NULL", [WORDING_INDEX])
    if cursor.fetchone()[0]:
        return True
    if due < MANY:
        return False
    cursor.execute("SELECT count(*) FROM corpus_wording")
    return due >= SHARE * int(cursor.fetchone()[0])


def _judge(pairs: Sequence[tuple[int, int]]) -> tuple[Joined, set[int]]:
    """What hangs together, and the wordings of which that is news.

    What belongs together already, by the pairs before, is not judged.
    """
    together, near = Joined(), Joined()
    for one, other in pairs:
        near.join(one, other)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wording, kin FROM corpus_wordingkin WHERE wording = ANY(%s::bigint[])",
            [number_array({wording for pair in pairs for wording in pair})],
        )
        for wording, kin in cursor.fetchall():
            together.join(wording, kin)
    news: set[int] = set()
    # Neighbours come one after the other, so that each text is fetched about once.
    ordered = sorted(pairs, key=lambda pair: (near.top(pair[0]), pair))
    for start in range(0, len(ordered), PAIRS):
        part = [pair for pair in ordered[start : start + PAIRS] if not together.are(*pair)]
        texts = _texts({wording for pair in part for wording in pair})
        for one, other in part:
            # A statement deleted while its wording waited has no text any more.
            if not {one, other} <= texts.keys():
                continue
            if not together.are(one, other) and alike(texts[one], texts[other]):
                news |= {one, other, together.top(one), together.top(other)}
                together.join(one, other)
    return together, news


def _texts(wordings: Collection[int]) -> Mapping[int, Said]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT ON (w.wording) w.wording, s.text
            FROM corpus_wording w JOIN corpus_statement s ON s.id = w.statement_id
            WHERE w.wording = ANY(%s::bigint[]) ORDER BY w.wording, w.statement_id
            """,
            [number_array(wordings)],
        )
        return {wording: Said.of(stems(text)) for wording, text in cursor.fetchall()}


def _write(together: Joined, news: Collection[int]) -> None:
    rows = sorted((wording, together.top(wording)) for wording in news)
    columns = [number_array(wording for wording, _ in rows), number_array(kin for _, kin in rows)]
    with connection.cursor() as cursor:
        # Kin that is not among the candidates comes along with the one it was named after.
        cursor.execute(
            """
            UPDATE corpus_wordingkin k SET kin = t.kin
            FROM unnest(%s::bigint[], %s::bigint[]) AS t(wording, kin)
            WHERE k.kin = t.wording AND k.kin <> t.kin
            """,
            columns,
        )
        cursor.execute(
            """
            INSERT INTO corpus_wordingkin (wording, kin)
            SELECT * FROM unnest(%s::bigint[], %s::bigint[])
            ON CONFLICT (wording) DO UPDATE SET kin = excluded.kin
            """,
            columns,
        )


@dataclass(frozen=True, slots=True)
class Group:
    """One statement as several articles have it: ids, each tuple in ascending order."""

    statements: tuple[int, ...]
    articles: tuple[int, ...]

    @property
    def others(self) -> int:
        """In how many more articles than one the statement stands."""
        return len(self.articles) - 1


def groups_of(ids: Collection[int]) -> dict[int, Group]:
    """For each of these statements its group, where it has one.

    Same words of one speaker, or of nobody named: where a single speaker is named for
    them, what is attributed to nobody is that speaker's; where several are, each has a
    group, and so has what is attributed to nobody.
    """
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH asked AS (
                SELECT DISTINCT coalesce(k.kin, w.wording) AS kin
                FROM corpus_wording w LEFT JOIN corpus_wordingkin k USING (wording)
                WHERE w.statement_id = ANY(%s)
            ), wordings AS (
                SELECT kin, wording FROM corpus_wordingkin WHERE kin IN (SELECT kin FROM asked)
                UNION SELECT kin, kin FROM asked
            )
            SELECT n.kin, w.statement_id, w.article_id, s.speaker_id FROM wordings n
            JOIN corpus_wording w ON w.wording = n.wording
            JOIN corpus_statement s ON s.id = w.statement_id AND s.curation <> 'rejected'
            """,
            [list(ids)],
        )
        rows = cursor.fetchall()
    named: dict[int, set[int]] = {}
    for kin, _, _, speaker in rows:
        if speaker is not None:
            named.setdefault(kin, set()).add(speaker)
    members: dict[tuple[int, int | None], list[tuple[int, int]]] = {}
    for kin, statement, article, speaker in rows:
        speakers = named.get(kin, set())
        who = next(iter(speakers)) if len(speakers) == 1 else speaker
        members.setdefault((kin, who), []).append((statement, article))
    found: dict[int, Group] = {}
    for group in members.values():
        articles = tuple(sorted({article for _, article in group}))
        if len(articles) > 1:
            made = Group(tuple(sorted(statement for statement, _ in group)), articles)
            found |= dict.fromkeys(made.statements, made)
    return {pk: found[pk] for pk in ids if pk in found}


def folded(ids: Sequence[int]) -> tuple[list[int], dict[int, int]]:
    """The first of each group in the order given, and what has none; for each that has a
    group, in how many more articles it stands."""
    groups = groups_of(ids)
    shown: list[int] = []
    others: dict[int, int] = {}
    seen: set[tuple[int, ...]] = set()
    for pk in ids:
        group = groups.get(pk)
        if group is not None:
            if group.statements in seen:
                continue
            seen.add(group.statements)
            others[pk] = group.others
        shown.append(pk)
    return shown, others
