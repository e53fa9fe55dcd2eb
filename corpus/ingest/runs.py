"""ImportRun rows: begun, counted, ended; and those whose process died."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from corpus.documents import RecordError
from corpus.models.imports import ImportRecord, ImportRun, Outcome

# The first half of an advisory lock's key, our own; the second is the run's id.
RUN_LOCKS = 7_301

# A run that the admin recorded and whose process has not taken it up by then never will.
LONGEST_WAIT = timedelta(minutes=5)

Counts = Mapping[str, int]


class NotWaitingError(Exception):
    """The run that was to be taken up is not there, or not waiting any more."""


@contextmanager
def recorded_run(
    inputs: list[str], options: dict[str, Any], waiting: int | None = None
) -> Iterator[ImportRun]:
    """A run in the database for as long as the block lasts.

    `waiting` is the id of one recorded already, which is taken up; NotWaitingError where
    it cannot be.
    The caller counts (`save_counts`) and says how it ended (`end`); an exception ends
    it as failed, and Ctrl-C as interrupted. A session's advisory lock shows others that
    it is alive.
    """
    mark_interrupted()
    # Locked before others can see it, lest one of them take it for a dead process's.
    with transaction.atomic():
        if waiting is None:
            run = ImportRun.objects.create(inputs=inputs, options=options)
        else:
            run = _taken_up(waiting, options)
        _lock(run.pk)
    try:
        yield run
    except (KeyboardInterrupt, SystemExit):
        end(run, ImportRun.State.INTERRUPTED)
        raise
    except Exception as error:
        end(run, ImportRun.State.FAILED, f"{type(error).__name__}: {error}")
        raise
    else:
        end(run, ImportRun.State.FINISHED)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUN_LOCKS, _half(run.pk)])


def _taken_up(pk: int, options: dict[str, Any]) -> ImportRun:
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .filter(pk=pk, state=ImportRun.State.WAITING)
        .first()
    )
    if run is None:
        raise NotWaitingError(f"import run {pk} is not waiting")
    run.state, run.options = ImportRun.State.RUNNING, options
    run.save(update_fields=["state", "options"])
    return run


def mark_interrupted() -> int:
    """Mark runs whose process is gone as interrupted; how many there were."""
    gone = ImportRun.objects.filter(
        state=ImportRun.State.WAITING, started__lt=timezone.now() - LONGEST_WAIT
    ).update(state=ImportRun.State.INTERRUPTED, finished=timezone.now())
    for pk in ImportRun.objects.filter(state=ImportRun.State.RUNNING).values_list("pk", flat=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUN_LOCKS, _half(pk)])
            if not cursor.fetchone()[0]:
                continue  # alive
            gone += ImportRun.objects.filter(pk=pk, state=ImportRun.State.RUNNING).update(
                state=ImportRun.State.INTERRUPTED, finished=timezone.now()
            )
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUN_LOCKS, _half(pk)])
    return gone


def _lock(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [RUN_LOCKS, _half(pk)])


def _half(pk: int) -> int:
    """A run's id in the 32 bits that half a lock's key has."""
    return pk % (1 << 31)


def save_counts(run: ImportRun, read: int, counts: Counts, size: int = 0, done: int = 0) -> None:
    """Bring the row up to what has been counted, for whoever watches it."""
    run.read, run.size, run.done = read, size, done
    for outcome in Outcome:
        setattr(run, outcome.value, counts.get(outcome.value, 0))
    run.save(update_fields=["read", "size", "done", *(outcome.value for outcome in Outcome)])


def save_report(run: ImportRun, report: dict[str, Any]) -> None:
    """Keep what the run would print for machines."""
    run.report = report
    run.save(update_fields=["report"])


def end(run: ImportRun, state: ImportRun.State, message: str = "") -> None:
    """Write how a run ended."""
    run.state = state
    run.finished = timezone.now()
    run.message = message[:2000]
    run.save(update_fields=["state", "finished", "message"])


def write_rejected(run: ImportRun, errors: Iterable[RecordError]) -> None:
    """One row for each record that was not taken."""
    ImportRecord.objects.bulk_create(
        ImportRecord(
            run=run,
            outcome=Outcome.REJECTED,
            reason=error.reason[:60],
            detail=_storable(error.detail)[:2000],
            file=_storable(error.file),
            position=_storable(error.position)[:200],
        )
        for error in errors
    )


def _storable(text: str) -> str:
    """File names are bytes and may be anything; a report must not stop at one."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
