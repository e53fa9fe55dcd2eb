"""`make run`'s program, started and interrupted for real."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import embedded_postgres

Serve = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty data folder that any account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="aqwal serve "))
    folder.chmod(0o755)
    yield folder
    embedded_postgres.destroy(folder)
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    """A port nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve(repository: Path, data_dir: Path, port: int) -> Iterator[Serve]:
    """Start the site; its output is in `.stdout`."""
    running: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        # No language, no settings: what a bare account has.
        environment = {
            "PATH": os.environ["PATH"],
            "AQWAL_DATA_DIR": str(data_dir),
            "PORT": str(port),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "config.serve"],
            cwd=repository,
            env=environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Everything the process prints up to and including the line with this text."""
    assert process.stdout is not None
    read = ""
    for line in process.stdout:
        read += line
        if text in line:
            return read
    pytest.fail(f"it ended without saying {text!r}:\n{read}")


def test_it_serves_until_interrupted_and_again(serve: Serve, data_dir: Path, port: int) -> None:
    process = serve()
    said = read_until(process, "Ctrl-C")
    assert f"http://127.0.0.1:{port}/\n" in said
    assert "make admin" in said
    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/").read().decode()
    assert 'dir="rtl"' in page
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/no/such/page")
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert rest.count("aqwal: stopped") == 1
    assert not embedded_postgres.status(data_dir).running

    # What the first time did is not done again.
    process = serve()
    assert "sample" not in read_until(process, "Ctrl-C")
    process.terminate()
    process.communicate(timeout=60)
    assert not embedded_postgres.status(data_dir).running


def test_it_names_another_port_where_this_one_is_taken(
    serve: Serve, data_dir: Path, port: int
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        process = serve()
        process.communicate(timeout=60)
    assert process.returncode == 1
    assert not (data_dir / "postgres").exists()
