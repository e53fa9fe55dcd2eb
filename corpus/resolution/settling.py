"""What bare surnames stand for, settled at the end of an import from all that is known.

A batch resolves with what is known by then; the surnames in it may belong to somebody whom
only a later one names in full. So every batch notes whose statements came or went
(`SpeakerDue`), and here the surnames of those are resolved again: all that an import may
have changed, and no more, so that a feed's ten articles cost what ten articles cost. What
comes out is what `resolve_speakers` would say. A killed run's rest is done by the next.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from corpus.models import SpeakerDue, Statement
from corpus.resolution.evidence import stored_evidence
from corpus.resolution.rerun import BATCH, clean_up, hold, save
from corpus.resolution.resolver import Known, load, read, settle_surnames

logger = logging.getLogger(__name__)

KEYS = 4000  # surnames looked at together
STATEMENTS = 20_000  # of theirs in memory at once: a million articles have a million of them
TRIES = 3
SETTLE_LOCK = 7_301_004  # an advisory lock's number: one at a time

# The statements that a surname alone decided about, by the reason they carry.
BY_SURNAME = "curation = 'auto' AND resolution ~ '^(surname|curator-(alias|merge): [^ ]+$)'"


@dataclass(slots=True)
class Settled:
    """What was done: statements given to another speaker or for another reason, and
    speakers removed because none of their statements was left."""

    statements: int = 0
    speakers: int = 0

    def as_json(self) -> dict[str, int]:
        return {"statements": self.statements, "removed": self.speakers}


def settle() -> Settled:
    """Empty the queue. No transaction may be open: other imports would wait for its end."""
    done = Settled()
    with one_at_a_time():
        last = SpeakerDue.objects.aggregate(last=Max("pk"))["last"]
        if last is None:
            return done
        queue = SpeakerDue.objects.filter(pk__lte=last)
        due = set(queue.values_list("speaker", flat=True).distinct())
        touched = set(due)
        by_key = _keys(due)
        keys = sorted(by_key)
        for start in range(0, len(keys), KEYS):
            changed = _settle_keys({key: by_key[key] for key in keys[start : start + KEYS]})
            done.statements += _save(changed)
            touched |= {pk for s, old, _ in changed for pk in (s.speaker_id, old) if pk}
        tidied = _clean_up(touched)
        if tidied is not None:
            done.speakers = tidied
            queue.delete()
    return done


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock of settling: two at once would do the same work twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SETTLE_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SETTLE_LOCK])


def _keys(due: Collection[int]) -> dict[str, set[int]]:
    """The surnames that these speakers bear, are, or were taken for; by each the speakers
    that statements of it may stand with though nothing else leads to them any more."""
    found: dict[str, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT key FROM corpus_speakeralias WHERE speaker_id = ANY(%(due)s)
            UNION SELECT key FROM corpus_speaker WHERE id = ANY(%(due)s)
            """,
            {"due": list(due)},
        )
        for (key,) in cursor.fetchall():
            found[key]
        cursor.execute(
            f"""
            SELECT DISTINCT mention, mention_name, mention_type, speaker_id
            FROM corpus_statement WHERE speaker_id = ANY(%s) AND {BY_SURNAME}
            """,
            [list(due)],
        )
        for mention, name, kind, speaker in cursor.fetchall():
            reading = read(Statement(mention=mention, mention_name=name, mention_type=kind))
            if reading.is_surname:
                found[reading.key].add(speaker)
    return {key: ids for key, ids in found.items() if key and " " not in key}


def _settle_keys(by_key: dict[str, set[int]]) -> list[tuple[Statement, int | None, str]]:
    """Statements of these surnames that come out otherwise, with what they had."""
    known: Known = load(by_key.keys())
    speakers = {*known.curated.values(), *known.program.values()}.union(
        *known.bearers.values(), *by_key.values()
    )
    fields = ("article", "mention", "mention_name", "mention_type", "mention_role")
    statements = (
        Statement.objects.extra(where=["speaker_id = ANY(%s)", BY_SURNAME], params=[list(speakers)])
        .only(*fields, "speaker", "resolution", "curation")
        .order_by("pk")
    )
    # Read once: what is settled here changes no evidence, which surnames are not.
    evidence = stored_evidence(set().union(*(known.bearers.get(key, set()) for key in by_key)))
    chosen = (s for s in statements.iterator() if (r := read(s)).is_surname and r.key in by_key)
    changed: list[tuple[Statement, int | None, str]] = []
    while part := list(islice(chosen, STATEMENTS)):
        changed += settle_surnames(part, known, evidence)
    return changed


def _save(changed: Sequence[tuple[Statement, int | None, str]]) -> int:
    """Save by batches of articles, each in its own transaction."""
    by_article: dict[int, list[Any]] = defaultdict(list)
    for one in changed:
        by_article[one[0].article_id].append(one)
    articles = sorted(by_article)
    saved = 0
    for start in range(0, len(articles), BATCH):
        chosen = articles[start : start + BATCH]
        with transaction.atomic():
            hold(chosen)
            saved += save([one for article in chosen for one in by_article[article]])
    return saved


def _clean_up(speakers: Collection[int]) -> int | None:
    """`clean_up`; None where other imports gave statements to what it wanted to remove.

    The constraint that says so is checked at the commit.
    """
    for _ in range(TRIES):
        try:
            return clean_up(speakers)
        except IntegrityError as error:
            logger.info("speakers were given statements while being removed: %s", error)
    return None
