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


def sleeping() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE query LIKE '%/* beside */' AND pid <> pg_backend_pid())"
        )
        return bool(cursor.fetchone()[0])


def wait_until(asleep: bool) -> None:
    for _ in range(1200):
        if sleeping() is asleep:
            return
        time.sleep(0.05)
    raise AssertionError(f"not {'asleep' if asleep else 'gone'} after a minute")


def test_it_can_be_stopped_in_the_middle() -> None:
    beside = Beside(sleep_in_the_database)
    wait_until(asleep=True)
    beside.stop()
    wait_until(asleep=False)
    with pytest.raises(WorkerLostError):
        beside.wait()
