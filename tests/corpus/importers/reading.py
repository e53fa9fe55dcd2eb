"""Read bytes through the one entry point, and sort what comes."""

from __future__ import annotations

from pathlib import Path

from corpus.documents import ParsedDocument, RecordError
from corpus.importers import ReadOptions, read


def read_all(
    paths: list[Path], options: ReadOptions | None = None
) -> tuple[list[ParsedDocument], list[RecordError]]:
    """(documents, errors) of the paths."""
    documents: list[ParsedDocument] = []
    errors: list[RecordError] = []
    for record in read(paths, options or ReadOptions()):
        if isinstance(record, RecordError):
            errors.append(record)
        else:
            documents.append(record)
    return documents, errors


def read_bytes(
    folder: Path, name: str, data: bytes, options: ReadOptions | None = None
) -> tuple[list[ParsedDocument], list[RecordError]]:
    """(documents, errors) of one file of this name and content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return read_all([path], options)
