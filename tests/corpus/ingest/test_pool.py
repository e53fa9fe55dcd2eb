"""One call in a process of its own: what it raises, and its end from outside."""

from __future__ import annotations

import os
import signal
import time

import pytest
from django.db import connection

from corpus.ingest.pool import Beside, WorkerLostError
from corpus.models import Source

pytestmark = pytest.mark.django_db(transaction=True)


def write() -> None:
    Source.objects.create(name="سبق")


def fail() -> None:
    raise ValueError("القرص ممتلئ")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_in_the_database() -> None:
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_sleep(0.2) /* beside */")


def test_it_works_in_the_same_database() -> None:
    Beside(write).wait()
    assert Source.objects.filter(name="سبق").exists()


def test_what_it_raises_is_raised_by_waiting() -> None:
    with pytest.raises(ValueError, match="القرص ممتلئ"):
        Beside(fail).wait()


def test_a_killed_process_is_told_of() -> None:
    with pytest.raises(WorkerLostError):
        Beside(die).wait()


def test_it_can_be_stopped_in_the_middle() -> None:
    beside = Beside(sleep_in_the_database)
    asleep = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%/* beside */' AND pid <> %s"

    def sleepers() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            cursor.execute(asleep, [cursor.fetchone()[0]])
            return int(cursor.fetchone()[0])

    while not sleepers():
        time.sleep(0.05)
    beside.stop()
    while sleepers():
        time.sleep(0.05)
    with pytest.raises((EOFError, WorkerLostError)):
        beside.wait()
