"""The same page by SQLite's FTS5, in a file of its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.db import connection

from search.benchmark.drawing import DrawnQuery
from search.request import Sort

BATCH = 5000
YEAR = "CAST(strftime('%Y', a.published, 'unixepoch') AS INTEGER)"


class Fts5:
    """An FTS5 table of the benchmark's articles, with a plain table to filter and count by."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        # Set when loading is done: a file without it is new or was left half-written.
        self.loaded = bool(self.connection.execute("PRAGMA user_version").fetchone()[0])
        if not self.loaded:
            self.connection.close()
            path.unlink()
            self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA cache_size = -1000000")  # 1 GB, as the others have more
        self.connection.execute("PRAGMA mmap_size = 17179869184")

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def load(self) -> None:
        """Copy the articles from the benchmark's database."""
        execute = self.connection.execute
        execute("PRAGMA journal_mode = OFF")
        execute("PRAGMA synchronous = OFF")
        execute("CREATE TABLE article (id INTEGER PRIMARY KEY, source INTEGER, published INTEGER)")
        execute(
            "CREATE VIRTUAL TABLE text USING fts5(title, body,"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                "SELECT id, source_id, extract(epoch FROM published)::bigint, title, body"
                " FROM corpus_article ORDER BY id"
            )
            while rows := cursor.fetchmany(BATCH):
                self.connection.executemany(
                    "INSERT INTO article VALUES (?, ?, ?)", [row[:3] for row in rows]
                )
                self.connection.executemany(
                    "INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)",
                    [(row[0], row[3], row[4]) for row in rows],
                )
        execute("CREATE INDEX article_source ON article (source)")
        execute("CREATE INDEX article_published ON article (published)")
        execute("INSERT INTO text (text) VALUES ('optimize')")
        execute("PRAGMA user_version = 1")
        self.connection.commit()

    def page(self, query: DrawnQuery, *, any_word: bool) -> int:
        """Top ten with snippets, count, and facets by source and year; the number of matches."""
        quoted = [f'"{word}"' for word in query.words]
        if query.kind == "phrase":
            match = f'"{" ".join(query.words)}"'
        else:
            match = (" OR " if any_word else " ").join(quoted)
        where, parameters = "text MATCH ?", [match]
        if query.request.sources:
            where += f" AND a.source IN ({', '.join(map(str, query.request.sources))})"
        if query.request.years:
            where += f" AND {YEAR} IN ({', '.join(map(str, query.request.years))})"
        joined = f"FROM text JOIN article a ON a.id = text.rowid WHERE {where}"
        newest = query.request.sort == Sort.NEWEST
        order = "a.published DESC" if newest else "rank"
        run = self.connection.execute
        run(
            f"SELECT text.rowid, title, snippet(text, 1, '[', ']', '…', 36) {joined}"
            f" ORDER BY {order} LIMIT 10",
            parameters,
        ).fetchall()
        run(
            f"SELECT a.source, count(*) {joined} GROUP BY 1 ORDER BY 2 DESC LIMIT 12", parameters
        ).fetchall()
        run(f"SELECT {YEAR}, count(*) {joined} GROUP BY 1 ORDER BY 1 DESC", parameters).fetchall()
        return int(run(f"SELECT count(*) {joined}", parameters).fetchone()[0])
