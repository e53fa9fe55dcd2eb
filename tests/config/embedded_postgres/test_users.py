"""Who starts the server and who stops it, in one process and in several."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.embedded_postgres import ServerError, ensure_running, release, status, stop


def test_it_starts_keeps_and_stops(data_dir: Path) -> None:
    assert not status(data_dir).running
    assert ensure_running(data_dir, durable=False).started
    assert not ensure_running(data_dir, durable=False).started
    assert status(data_dir).running
    assert release(data_dir)
    assert not status(data_dir).running
    # Whoever holds nothing lets go of nothing.
    assert not release(data_dir)
    assert not stop(data_dir)


def test_the_last_one_out_stops_it(
    data_dir: Path, hold: Callable[[], subprocess.Popen[str]]
) -> None:
    ensure_running(data_dir, durable=False)
    other = hold()
    assert other.first_word == "found"  # type: ignore[attr-defined]
    assert not release(data_dir)
    assert status(data_dir).running
    with pytest.raises(ServerError, match="in use"):
        stop(data_dir)
    other.communicate()  # It ends in peace, as the last one.
    assert not status(data_dir).running


def test_a_killed_user_is_not_counted(
    data_dir: Path, hold: Callable[[], subprocess.Popen[str]]
) -> None:
    first, second = hold(), hold()
    assert first.first_word == "started"  # type: ignore[attr-defined]
    first.kill()
    first.wait()
    assert status(data_dir).running
    second.communicate()
    assert not status(data_dir).running


def test_only_one_of_many_starts_it(
    data_dir: Path, hold: Callable[[], subprocess.Popen[str]]
) -> None:
    with ThreadPoolExecutor() as pool:
        words = sorted(
            process.first_word  # type: ignore[attr-defined]
            for process in pool.map(lambda _: hold(), range(4))
        )
    assert words == ["found", "found", "found", "started"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_manage_py_stops_the_server_too(
    data_dir: Path, repository: Path, number: int
) -> None:
    environment = {**os.environ, "AQWAL_DATA_DIR": str(data_dir)}
    environment.pop("DATABASE_URL")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-c", "print('ready', flush=True)\ninput()"],
        cwd=repository,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while "ready" not in (line := process.stdout.readline()):
        assert line, "manage.py ended before it was ready"
    assert status(data_dir).running
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert not status(data_dir).running
