"""The private server, started and killed for real. Every test has a data folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from config.embedded_postgres import ServerError, destroy, ensure_running, release, status, stop

ROOT = Path(__file__).resolve().parent.parent.parent

# Holds the server in another process until its standard input ends.
HOLD = """
import sys
from pathlib import Path
from config import embedded_postgres
with embedded_postgres.running(Path(sys.argv[1]), durable=False) as server:
    print("started" if server.started else "found", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty data folder whose path is long and holds spaces and Arabic."""
    top = Path(tempfile.mkdtemp(prefix="aqwal test "))
    top.chmod(0o755)
    folder = top / "أرشيف الأخبار" / ("deep " * 20).strip() / ("deeper " * 15).strip()
    yield folder
    destroy(folder)
    shutil.rmtree(top)


@pytest.fixture
def hold(data_dir: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another process that uses the server; returns when the server answers it."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        process.first_word = process.stdout.readline().strip()  # type: ignore[attr-defined]
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ask(data_dir: Path, query: str) -> str:
    """The first column of the first row, as text."""
    with psycopg.connect(embedded_postgres.url(data_dir), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return "" if row is None else str(row[0])


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


def test_it_knows_arabic_under_any_locale_and_is_closed_to_others(data_dir: Path) -> None:
    bare = {"AQWAL_DATA_DIR": str(data_dir), "LC_ALL": "C", "PGPORT": "1", "PGDATA": "/nowhere"}
    command = [sys.executable, "-m", "config.embedded_postgres", "start"]
    subprocess.run(command, cwd=ROOT, env=bare, check=True, capture_output=True)
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
    place = embedded_postgres._place(data_dir)
    embedded_postgres._make_socket_folder(place)
    for file in (place.pid_file, place.socket / ".s.PGSQL.5432.lock"):
        file.write_text(f"{os.getpid()}\n{place.cluster}\n1\n5432\n\n\n\n")
    assert not status(data_dir).running
    assert ensure_running(data_dir, durable=False).started


def test_it_starts_over_after_an_interrupted_creation(data_dir: Path) -> None:
    draft = embedded_postgres._place(data_dir).home / "cluster.new"
    (draft / "base").mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    assert ensure_running(data_dir, durable=False).started
    assert not draft.exists()


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
def test_a_signal_to_manage_py_stops_the_server_too(data_dir: Path, number: int) -> None:
    environment = {**os.environ, "AQWAL_DATA_DIR": str(data_dir)}
    environment.pop("DATABASE_URL")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-c", "print('ready', flush=True)\ninput()"],
        cwd=ROOT,
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


def test_it_makes_do_with_less_memory(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may refuse what the machine's size promised."""
    asked = []
    write = embedded_postgres._write_settings
    run = embedded_postgres._run

    def note(place: embedded_postgres._Place, settings: dict[str, str]) -> None:
        asked.append(settings["shared_buffers"])
        write(place, settings)

    def refuse(place: embedded_postgres._Place, command: list[str], *, given: str = "") -> object:
        if "start" in command and len(asked) < 3:
            embedded_postgres._write(
                place, place.log, "FATAL:  could not map anonymous shared memory\n", append=True
            )
            return subprocess.CompletedProcess(command, 1, "could not start server", "")
        return run(place, command, given=given)

    monkeypatch.setattr(embedded_postgres, "_memory", lambda: 64 * 1024**3)
    monkeypatch.setattr(embedded_postgres, "_write_settings", note)
    monkeypatch.setattr(embedded_postgres, "_run", refuse)
    ensure_running(data_dir)
    assert asked == ["4096MB", "128MB", "32MB"]
    assert ask(data_dir, "SHOW shared_buffers") == "32MB"


def test_it_says_why_it_cannot_start(data_dir: Path) -> None:
    ensure_running(data_dir, durable=False)
    release(data_dir)
    place = embedded_postgres._place(data_dir)
    with open(place.cluster / "postgresql.conf", "a") as file:
        file.write("work_mem = 'plenty'\n")
    with pytest.raises(ServerError, match="work_mem"):
        ensure_running(data_dir, durable=False)


def test_it_refuses_data_of_another_version(data_dir: Path) -> None:
    place = embedded_postgres._place(data_dir)
    place.cluster.mkdir(parents=True)
    (place.cluster / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServerError, match="is PostgreSQL 15's"):
        ensure_running(data_dir)


def test_it_refuses_a_path_the_shell_would_read(data_dir: Path) -> None:
    with pytest.raises(ServerError, match="may not hold"):
        ensure_running(data_dir / "$HOME")
    assert not data_dir.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders can be out of reach")
def test_root_may_keep_the_folder_to_itself() -> None:
    """A clone under /root: the server's account can reach neither data nor programs."""
    top = Path(tempfile.mkdtemp(prefix="aqwal-root-"))
    try:
        top.chmod(0o700)
        assert ensure_running(top, durable=False).started
        assert stat.S_IMODE(top.stat().st_mode) == 0o700
        home = embedded_postgres._place(top).home
        assert home.parent == embedded_postgres.SYSTEM_HOME
        assert ask(top, "SELECT current_user") == "aqwal"
        assert release(top)
        destroy(top)
        assert not home.exists()
    finally:
        shutil.rmtree(top)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the programs on")
def test_root_copies_programs_that_are_out_of_reach(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = embedded_postgres._can_enter
    monkeypatch.setattr(
        embedded_postgres,
        "_can_enter",
        lambda owner, folder: "pginstall" not in folder.parts and real(owner, folder),
    )
    tmp_path.chmod(0o755)
    reachable = Path(tempfile.mkdtemp(prefix="aqwal-programs-"))
    monkeypatch.setattr(embedded_postgres, "SYSTEM_HOME", reachable)
    try:
        assert ensure_running(data_dir, durable=False).started
        assert list(reachable.glob("programs-*/embedded_postgres/pginstall/bin/postgres"))
        assert release(data_dir)
    finally:
        shutil.rmtree(reachable)
