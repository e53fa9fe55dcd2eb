"""The database in a server that runs: waited for, created, and seen to know Arabic."""

from __future__ import annotations

import time

import psycopg
from psycopg import sql

from config.embedded_postgres.cluster import START_SECONDS, alive
from config.embedded_postgres.errors import ServerError
from config.embedded_postgres.place import DATABASE, PORT, SUPERUSER, Place


def wait_until_it_answers(place: Place) -> None:
    """Wait for a server that somebody else is still starting or that is recovering."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _connect(place, "postgres").close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline or not alive(place):
                raise ServerError(f"The running database does not answer: {error}") from error
            time.sleep(0.1)


def prepare(place: Place) -> None:
    """Create the database where it is missing, and see that Arabic search can work in it."""
    try:
        _create(place)
    except psycopg.Error as error:
        raise ServerError(f"The new server does not answer as it should: {error}") from error


def _create(place: Place) -> None:
    with _connect(place, "postgres") as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    if known:
        return
    with _connect(place, DATABASE) as connection:
        connection.execute("BEGIN")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute(
            "SELECT cardinality(show_trgm('محمد')), to_tsvector('simple', 'الحكومة،')::text"
        ).fetchone()
        connection.execute("ROLLBACK")
    if row is None or not row[0] or "،" in str(row[1]):
        raise ServerError("The new database does not know Arabic letters, so search cannot work.")


def _connect(place: Place, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        port=PORT,
        dbname=name,
        user=SUPERUSER,
        autocommit=True,
        connect_timeout=10,
    )
