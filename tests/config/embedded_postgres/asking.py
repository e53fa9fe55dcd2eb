"""One question to a private server."""

from __future__ import annotations

from pathlib import Path

import psycopg

from config import embedded_postgres


def ask(data_dir: Path, query: str) -> str:
    """The first column of the first row, as text."""
    with psycopg.connect(embedded_postgres.url(data_dir), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return "" if row is None else str(row[0])
