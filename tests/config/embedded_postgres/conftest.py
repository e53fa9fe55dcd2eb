"""The private server for real: every test has a data folder, and so a server, of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded_postgres import destroy

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
def hold(data_dir: Path, repository: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start another process that uses the server; returns when the server answers it."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(data_dir)],
            cwd=repository,
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
