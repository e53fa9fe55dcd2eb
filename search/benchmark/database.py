"""A database for the benchmark alone, in the server that the corpus is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from psycopg import sql

PREFIX = "aqwal_benchmark"


@contextmanager
def benchmark_database(name: str) -> Iterator[None]:
    """Make the connection lead to this database, created and migrated where it is missing.

    The connection leads back to the corpus afterwards, whatever happens. Raises
    django.db.ProgrammingError where the role may not create databases.
    """
    known = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
    _lead_to(name)
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        _lead_to(known)


def drop(name: str) -> None:
    """Delete a benchmark's database."""
    if not name.startswith(PREFIX):
        raise ValueError(f"{name} is no database of the benchmark")
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
