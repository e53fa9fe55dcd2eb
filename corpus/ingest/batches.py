"""One batch of documents: decided, extracted, and written in one transaction.

The unit of resuming: a killed run has lost at most the batches that were under way.
Batches may run in several processes and several imports at once. What two of them both
want to write is noticed in the transaction, which is then taken back and decided anew
against what the other one wrote.
"""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import psycopg.errors
from django.db import DataError, IntegrityError, OperationalError, connection

from corpus.documents import ParsedDocument
from corpus.ingest.decisions import Candidate, Decision, StoredArticle, decide
from corpus.ingest.writing import Prepared, StaleDecisionError, prepare, write_batch
from corpus.models import Source
from corpus.models.imports import ImportRecord, Outcome
from corpus.resolution.evidence import RememberedEvidence
from corpus.text.script import ScriptProfile

logger = logging.getLogger(__name__)

TRIES = 6
TRIES_OF_A_HALF = 2  # a batch that was refused so often is refused for what is in it
LONGEST_WAIT = 2.0  # seconds between two tries


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettings:
    """What every batch of a run shares; plain data, sent to worker processes.

    `run` is the ImportRun's id, or None in a dry run, which writes nothing. `counted` is
    false in a bulk load, which counts lexemes once at its end.
    """

    run: int | None
    update: bool = True
    counted: bool = True


@dataclass(slots=True)
class BatchResult:
    """What became of a batch. `put_off` has to be tried again after all earlier ones."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    put_off: list[Candidate] = field(default_factory=list)
    statements: int = 0
    script: Counter[str] = field(default_factory=Counter)

    def add(self, other: BatchResult) -> None:
        """Take another batch's figures in."""
        self.counts += other.counts
        self.reasons += other.reasons
        self.put_off += other.put_off
        self.statements += other.statements
        self.script += other.script


def process_batch(
    settings: BatchSettings,
    candidates: Sequence[Candidate],
    final: bool = False,
    tries: int = TRIES,
) -> BatchResult:
    """Decide and write a batch; see `decide` for `final`.

    A batch that the database refuses is halved until the one record is found that it
    cannot hold, and that one is rejected. Raises OperationalError where the database
    itself is gone.
    """
    if settings.run is None:
        return _rehearse(settings, candidates)
    prepared: dict[bytes, Prepared] = {}
    problem: Exception | None = None
    for attempt in range(tries):
        try:
            return _attempt(settings, candidates, final, prepared)
        except (IntegrityError, StaleDecisionError) as error:
            problem = error
        except OperationalError as error:
            if not isinstance(
                error.__cause__,
                psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure,
            ):
                raise
            problem = error
        except (DataError, ValueError) as error:
            problem = error
            break
        time.sleep(random.uniform(0, min(LONGEST_WAIT, 0.05 * 2**attempt)))
    if len(candidates) > 1:
        logger.warning("a batch of %d is halved: %r", len(candidates), problem)
        middle = len(candidates) // 2
        result = process_batch(settings, candidates[:middle], final, TRIES_OF_A_HALF)
        result.add(process_batch(settings, candidates[middle:], final, TRIES_OF_A_HALF))
        return result
    return _refused(settings.run, candidates[0].document, problem)


def _refused(run: int, document: ParsedDocument, problem: Exception | None) -> BatchResult:
    """Reject the one record that the database cannot hold."""
    detail = str(problem).replace("\0", "")[:500]
    ImportRecord.objects.create(
        run_id=run,
        outcome=Outcome.REJECTED,
        reason="not-storable",
        detail=detail,
        file=document.file,
        position=document.position[:200],
        external_id=document.external_id[:500].replace("\0", ""),
    )
    return BatchResult(
        counts=Counter({Outcome.REJECTED.value: 1}), reasons=Counter({"not-storable": 1})
    )


def _rehearse(settings: BatchSettings, candidates: Sequence[Candidate]) -> BatchResult:
    """The decisions of a dry run. What an earlier batch would have written is not there
    to be compared with, so a repeated text is a duplicate on the run's own word."""
    result = BatchResult()
    for decision in decide(candidates, find_stored(candidates), update=settings.update):
        outcome, reason = decision.outcome, decision.reason
        if outcome is None:
            outcome, reason = Outcome.DUPLICATE, f"{decision.candidate.repeat.value}-repeated"
            reason = "same-text" if reason == "text-repeated" else reason
        _count(result, outcome, reason)
    return result


def _attempt(
    settings: BatchSettings,
    candidates: Sequence[Candidate],
    final: bool,
    prepared: dict[bytes, Prepared],
) -> BatchResult:
    """One try. `prepared` keeps what was extracted for the next one."""
    decisions = decide(candidates, find_stored(candidates), update=settings.update, final=final)
    result = BatchResult()
    work: list[tuple[Decision, Prepared]] = []
    for decision in decisions:
        if decision.outcome is None:
            result.put_off.append(decision.candidate)
            continue
        _count(result, decision.outcome, decision.reason)
        if decision.outcome in (Outcome.IMPORTED, Outcome.UPDATED):
            candidate = decision.candidate
            ready = prepared.get(candidate.record_hash)
            if ready is None:
                ready = prepared[candidate.record_hash] = prepare(candidate.document)
            work.append((decision, ready))
            _add_script(result.script, ready.script)
    duplicates = [d for d in decisions if d.outcome is Outcome.DUPLICATE]
    if work or duplicates:
        assert settings.run is not None
        sources = source_ids({c.document.source for c in candidates})
        result.statements = write_batch(
            settings.run,
            sources,
            work,
            duplicates,
            counted=settings.counted,
            evidence_of=_evidence_of(settings.run),
        )
    return result


@lru_cache(maxsize=1)
def _evidence_of(run: int) -> RememberedEvidence:
    """One for all batches that this process does of a run."""
    return RememberedEvidence()


def _count(result: BatchResult, outcome: Outcome, reason: str) -> None:
    result.counts[outcome.value] += 1
    if reason:
        result.reasons[reason] += 1


def _add_script(total: Counter[str], script: ScriptProfile) -> None:
    total["arabic"] += script.arabic
    total["persian"] += script.persian
    total["harakat"] += script.harakat
    total["latin"] += script.latin
    total["articles"] += 1
    total["articles_persian"] += script.persian > 0
    total["articles_harakat"] += script.harakat > 0


def find_stored(candidates: Sequence[Candidate]) -> list[StoredArticle]:
    """The articles that share an id or a text with a candidate of their source."""
    known = dict(
        Source.objects.filter(name__in={c.document.source for c in candidates}).values_list(
            "name", "pk"
        )
    )
    names = {pk: name for name, pk in known.items()}
    wanted = [c for c in candidates if c.document.source in known]
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH wanted AS MATERIALIZED (
                SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bytea[]) AS w(source, id, text)
            )
            SELECT a.id, a.source_id, a.external_id, a.content_hash, a.record_hash
            FROM wanted w JOIN corpus_article a
                ON a.source_id = w.source AND a.external_id = w.id
            UNION
            SELECT a.id, a.source_id, a.external_id, a.content_hash, a.record_hash
            FROM wanted w JOIN corpus_article a
                ON a.source_id = w.source AND a.content_hash = w.text
            """,
            [
                [known[c.document.source] for c in wanted],
                [c.document.external_id for c in wanted],
                [c.content_hash for c in wanted],
            ],
        )
        return [
            StoredArticle(pk, names[source], external_id, bytes(content), bytes(record))
            for pk, source, external_id, content, record in cursor.fetchall()
        ]


def source_ids(names: set[str]) -> dict[str, int]:
    """Ids of sources, made where they are missing, outside any batch's transaction:
    inside, every batch of a new source would wait for the first one to end."""
    known = dict(Source.objects.filter(name__in=names).values_list("name", "pk"))
    if missing := sorted(names - known.keys()):
        Source.objects.bulk_create([Source(name=n) for n in missing], ignore_conflicts=True)
        known |= dict(Source.objects.filter(name__in=missing).values_list("name", "pk"))
    return known
