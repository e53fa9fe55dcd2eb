"""Which command lines start the database."""

from __future__ import annotations

import pytest

from manage import needs_database


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("migrate", True),
        ("search سوريا", True),
        ("import_corpus --dry-run x.txt", True),
        ("makemigrations --check", True),
        ("check", False),
        ("check --database default", True),
        ("help migrate", False),
        ("migrate --help", False),
        ("--version", False),
        ("", False),
        # Read from a file, statements need none; extracted from stored articles they do.
        ("extract_statements --input articles.json", False),
        ("extract_statements --input=articles.json", False),
        ("extract_statements", True),
    ],
)
def test_it_starts_the_database_for_commands_that_want_it(line: str, needed: bool) -> None:
    assert needs_database(line.split()) is needed
