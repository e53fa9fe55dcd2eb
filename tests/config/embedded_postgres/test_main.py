"""The command line, which is how a server is started that stays."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import ensure_running, release, status, stop
from config.embedded_postgres.__main__ import main
from tests.config.embedded_postgres.asking import ask


def test_it_knows_arabic_under_any_locale_and_is_closed_to_others(
    data_dir: Path, repository: Path
) -> None:
    bare = {"AQWAL_DATA_DIR": str(data_dir), "LC_ALL": "C", "PGPORT": "1", "PGDATA": "/nowhere"}
    command = [sys.executable, "-m", "config.embedded_postgres", "start"]
    subprocess.run(command, cwd=repository, env=bare, check=True, capture_output=True)
    ask(data_dir, "CREATE EXTENSION pg_trgm")
    assert ask(data_dir, "SELECT cardinality(show_trgm('محمد'))") == "5"
    assert ask(data_dir, "SELECT to_tsvector('simple', 'الحكومة،')") == "'الحكومة':1"
    assert ask(data_dir, "SELECT to_tsvector('simple', 'لـه ٢٠١٤؟')") != ""
    assert ask(data_dir, "SHOW server_encoding") == "UTF8"
    assert ask(data_dir, "SHOW fsync") == "on"
    assert ask(data_dir, "SHOW jit") == "off"

    assert ask(data_dir, "SHOW listen_addresses") == ""
    socket_folder = Path(ask(data_dir, "SHOW unix_socket_directories"))
    assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
    assert len(str(socket_folder)) < 90
    assert ask(data_dir, "SHOW is_superuser") == "on"
    # The system account decides who may log in, not what the client calls itself.
    with pytest.raises(psycopg.OperationalError, match=r"Peer authentication failed|exist"):
        psycopg.connect(host=str(socket_folder), dbname="aqwal", user="postgres")

    # Started by hand, it stays until it is stopped by hand.
    ensure_running(data_dir)
    assert not release(data_dir)
    assert status(data_dir).running
    assert stop(data_dir)


def test_it_says_that_nothing_runs(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AQWAL_DATA_DIR", str(data_dir))
    assert main(["status"]) == 3
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "not running"
    assert said[1].startswith("address: postgresql://aqwal@/aqwal?host=")
    assert said[2].startswith("log: /")
    assert main(["stop"]) == 0
    assert capsys.readouterr().out == "was not running\n"
