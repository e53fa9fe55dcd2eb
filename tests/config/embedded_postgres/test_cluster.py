"""Servers that start, that were killed, and that cannot start."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from config.embedded_postgres import ServerError, account, ensure_running, release, status, tuning
from config.embedded_postgres.place import Place, make_socket_folder, place_of
from tests.config.embedded_postgres.asking import ask


def test_it_recovers_from_a_killed_server(data_dir: Path) -> None:
    ensure_running(data_dir)
    ask(data_dir, "CREATE TABLE kept AS SELECT 42 AS answer")
    pid = status(data_dir).pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    while status(data_dir).running:
        time.sleep(0.01)
    assert ensure_running(data_dir).started
    assert ask(data_dir, "SELECT answer FROM kept") == "42"


def test_it_is_not_misled_by_a_stale_process_number(data_dir: Path) -> None:
    """After a reboot the number in postmaster.pid belongs to somebody else."""
    ensure_running(data_dir, durable=False)
    release(data_dir)
    place = place_of(data_dir)
    make_socket_folder(place)
    for file in (place.pid_file, place.socket / ".s.PGSQL.5432.lock"):
        file.write_text(f"{os.getpid()}\n{place.cluster}\n1\n5432\n\n\n\n")
    assert not status(data_dir).running
    assert ensure_running(data_dir, durable=False).started


def test_it_starts_over_after_an_interrupted_creation(data_dir: Path) -> None:
    draft = place_of(data_dir).home / "cluster.new"
    (draft / "base").mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    assert ensure_running(data_dir, durable=False).started
    assert not draft.exists()


def test_it_makes_do_with_less_memory(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may refuse what the machine's size promised."""
    asked = []
    write = tuning.write_settings
    run = account.run

    def note(place: Place, settings: dict[str, str]) -> None:
        asked.append(settings["shared_buffers"])
        write(place, settings)

    def refuse(owner: account.Owner, command: list[str], *, given: str = "") -> object:
        if "start" in command and len(asked) < 3:
            said = "FATAL:  could not map anonymous shared memory\n"
            account.write(owner, place_of(data_dir).log, said, append=True)
            return subprocess.CompletedProcess(command, 1, "could not start server", "")
        return run(owner, command, given=given)

    monkeypatch.setattr(tuning, "memory_available", lambda: 64 * 1024**3)
    monkeypatch.setattr(tuning, "write_settings", note)
    monkeypatch.setattr(account, "run", refuse)
    ensure_running(data_dir)
    assert asked == ["4096MB", "128MB", "32MB"]
    assert ask(data_dir, "SHOW shared_buffers") == "32MB"


def test_it_says_why_it_cannot_start(data_dir: Path) -> None:
    ensure_running(data_dir, durable=False)
    release(data_dir)
    place = place_of(data_dir)
    with open(place.cluster / "postgresql.conf", "a") as file:
        file.write("work_mem = 'plenty'\n")
    with pytest.raises(ServerError, match="work_mem"):
        ensure_running(data_dir, durable=False)


def test_it_refuses_data_of_another_version(data_dir: Path) -> None:
    place = place_of(data_dir)
    place.cluster.mkdir(parents=True)
    (place.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServerError, match="is PostgreSQL 15's"):
        ensure_running(data_dir)
