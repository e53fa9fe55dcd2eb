"""TREC files: queries, runs and judgements, read and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from search.engine import search
from search.request import Scope, SearchRequest, clean_query
from search.results import ArticleHit

TAG = "aqwal"


class BadLine(ValueError):
    """A line that cannot be read; the message names file and line."""


def read_queries(path: Path) -> list[tuple[str, str]]:
    """(query id, query) pairs of a TSV file. Raises BadLine, OSError."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        identifier, tab, query = line.partition("\t")
        if not tab or not identifier.strip():
            raise BadLine(f"{path}:{number}: expected a query id, a tab and a query")
        found.append((identifier.strip(), query.strip()))
    return found


def read_run(path: Path) -> dict[str, list[str]]:
    """Documents by query, best first. Raises BadLine, OSError."""
    run: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        fields = line.split()
        if len(fields) != 6 or not fields[3].isdigit():
            raise BadLine(f"{path}:{number}: expected six fields of a TREC run")
        run.setdefault(fields[0], []).append((int(fields[3]), fields[2]))
    return {query: [doc for _rank, doc in sorted(docs)] for query, docs in run.items()}


def read_judgements(path: Path) -> dict[str, set[str]]:
    """Relevant documents by query. Raises BadLine, OSError."""
    found: dict[str, set[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        fields = line.split()
        if len(fields) != 4:
            raise BadLine(f"{path}:{number}: expected four fields of TREC judgements")
        if fields[3] != "0":
            found.setdefault(fields[0], set()).add(fields[2])
    return found


def ranked_documents(query: str, limit: int) -> list[tuple[str, float]]:
    """External ids and scores of the best articles, through the one search entry point."""
    request = SearchRequest(
        query=clean_query(query),
        scope=Scope.ARTICLES,
        page_size=limit,
        fold_similar=False,
        outline=True,
    )
    return [
        # A TREC run's fields are separated by spaces.
        ("_".join(hit.article.external_id.split()), hit.score)
        for hit in search(request).hits
        if isinstance(hit, ArticleHit)
    ]


def write_run(queries: Sequence[tuple[str, str]], limit: int, out: TextIO) -> None:
    """Run every query and write the lines of a TREC run."""
    for identifier, query in queries:
        for rank, (doc, score) in enumerate(ranked_documents(query, limit), 1):
            out.write(f"{identifier} Q0 {doc} {rank} {score:.6f} {TAG}\n")
