"""A private PostgreSQL of the tests' own; with DATABASE_URL set, that server instead.

A pytest plugin rather than a part of conftest.py, because pytest-django reads the settings,
and with them the database's address, before any conftest.py: `-p tests.database` in
pyproject.toml brings it in first. Under xdist the first process starts the server and the
workers inherit its address.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from config import embedded_postgres

_here = Path(__file__).resolve().parent.parent


def _begin() -> Path | None:
    """Start the tests' server and point Django at it. None when it is not ours to stop."""
    # No setting of the person running the tests may change what they see.
    for name in [name for name in os.environ if name.startswith("AQWAL_")]:
        if name not in {"AQWAL_NO_BROWSER"}:
            del os.environ[name]
    for name in ("DEBUG", "SECRET_KEY", "TIME_ZONE"):
        os.environ.pop(name, None)
    os.environ["SECRET_KEY"] = "only for tests, where there is nothing to protect"
    if os.environ.get("DATABASE_URL"):
        return None
    # Under the data folder, not the system's temporary one, which may be small memory.
    (_here / "var").mkdir(exist_ok=True)
    _sweep(_here / "var")
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=_here / "var"))
    # The server's account must be able to pass through; what matters inside is closed.
    folder.chmod(0o755)
    try:
        server = embedded_postgres.ensure_running(folder, durable=False)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    os.environ["DATABASE_URL"] = server.url
    return folder


def _sweep(folder: Path) -> None:
    """Remove what killed test runs have left: servers nobody holds, and their folders."""
    for old in folder.glob("test-*"):
        # A young one may belong to a run that is just beginning.
        if time.time() - old.stat().st_mtime > 3600:
            with contextlib.suppress(embedded_postgres.ServerError):
                embedded_postgres.stop(old)
                embedded_postgres.destroy(old)
                shutil.rmtree(old, ignore_errors=True)


_folder = _begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and leave no folder behind."""
    global _folder
    if _folder is not None:
        embedded_postgres.destroy(_folder)
        shutil.rmtree(_folder, ignore_errors=True)
        os.environ.pop("DATABASE_URL", None)
        _folder = None
