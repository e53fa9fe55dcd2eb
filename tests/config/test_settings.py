"""The settings as processes of their own read them: public, private, and wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

Manage = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def manage(repository: Path, tmp_path: Path) -> Manage:
    """Run manage.py with these variables and no others: `manage("check", DEBUG="1")`."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "AQWAL_DATA_DIR": str(tmp_path / "var"),
            "DATABASE_URL": os.environ["DATABASE_URL"],
            **variables,
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=repository,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


PUBLIC = {"AQWAL_HOSTS": "news.example", "SECRET_KEY": "0123456789abcdefghij" * 4}


def test_a_public_site_passes_the_deployment_check(manage: Manage) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_public_site_collects_its_static_files(manage: Manage, tmp_path: Path) -> None:
    done = manage("collectstatic", "--no-input", **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var" / "static" / "staticfiles.json").exists()


def test_a_private_site_needs_nothing(manage: Manage, tmp_path: Path) -> None:
    done = manage("check", "--database", "default", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var" / "secret_key").exists()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DEBUG": "flase"}, "DEBUG must be 1 or 0"),
        ({"AQWAL_SEARCH_TIMEOUT_MS": "soon"}, "AQWAL_SEARCH_TIMEOUT_MS must be a whole number"),
        ({"DATABASE_URL": "sqlite:///news.db"}, "DATABASE_URL must begin with postgresql://"),
        ({"AQWAL_HOSTS": "news.example"}, "SECRET_KEY must be set"),
        ({**PUBLIC, "DEBUG": "1"}, "DEBUG shows secrets"),
    ],
)
def test_a_wrong_setting_stops_the_program_with_one_sentence(
    manage: Manage, variables: dict[str, str], sentence: str
) -> None:
    done = manage("check", **variables)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "error"),
    [
        # What a server created by a careless initdb looks like.
        ("ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'", "aqwal.E004"),
        (
            "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            " LC_CTYPE 'C' LC_COLLATE 'C'",
            "aqwal.E004",
        ),
        ("ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'", "aqwal.E003"),
    ],
)
def test_a_database_that_cannot_hold_arabic_is_refused(
    manage: Manage, options: str, error: str
) -> None:
    name = f"unfit_{os.getpid()}"
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {options}".encode())
    try:
        done = manage("migrate", DATABASE_URL=urlsplit(url)._replace(path=f"/{name}").geturl())
        assert done.returncode == 1
        assert error in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_a_server_that_does_not_answer_is_one_sentence(manage: Manage) -> None:
    done = manage("migrate", DATABASE_URL="postgresql://nobody@/nothing?host=%2Fnowhere")
    assert done.returncode == 1
    assert "aqwal.E001" in done.stderr
    assert "Traceback" not in done.stderr
