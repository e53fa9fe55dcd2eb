"""CSV and TSV with a row of column names; the separator is found, quotes as usual."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import cast

from corpus.cleaning import UndecodableError
from corpus.cleaning.decoding import UNSTORABLE, decode
from corpus.importers.base import HEAD_BYTES, Importer, Leaf, ReadOptions, Record
from corpus.importers.json_arrays import charset
from corpus.importers.records import ALIASES, from_mapping

SEPARATORS = (",", "\t", ";", "|")

KNOWN = {name for names in ALIASES.values() for name in names}
TEXTS = set(ALIASES["text"])


def detect(head: bytes, name: str) -> bool:
    """Whether the first row names at least two columns, one of them a text.

    In a .csv or .tsv any two columns will do: their names may be mapped.
    """
    try:
        first = decode(head).text.lstrip().partition("\n")[0]
    except UndecodableError:
        return False
    names = [n.strip().lower() for n in _row(first, separator(first))]
    if len(names) < 2 or first.startswith(("{", "[", "<")):
        return False
    if name.endswith((".csv", ".tsv")):
        return True
    return len(KNOWN.intersection(names)) >= 2 and bool(TEXTS.intersection(names))


def separator(first: str) -> str:
    """The separator that divides the first row most often; a comma if none does."""
    return max(SEPARATORS, key=lambda s: len(_row(first, s)))


def _row(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each row; the position is the line its row ends on."""
    csv.field_size_limit(options.limits.member_bytes)
    lines = _lines(leaf, charset(leaf.head), options.limits.member_bytes)
    first = next(lines, "")
    names = [n.strip() for n in _row(first.rstrip("\r\n"), separator(first))]
    reader = csv.reader(lines, delimiter=separator(first))
    number = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield leaf.error("malformed-row", str(error), f"line {reader.line_num + 1}")
            continue
        if not any(row):
            continue
        number += 1
        position = f"line {reader.line_num + 1}"
        if len(row) > len(names):
            yield leaf.error(
                "malformed-row", f"{len(row)} fields under {len(names)} names", position
            )
            continue
        record: dict[str, object] = dict(zip(names, row, strict=False))
        fallback = f"{leaf.stem}-{number - 1}"
        yield from_mapping(record, leaf, options, position=position, fallback_id=fallback)


def _lines(leaf: Leaf, name: str, limit: int) -> Iterator[str]:
    """Storable lines; one above the bound comes in pieces, and the csv module's own
    field limit refuses what they would join to."""
    text = io.TextIOWrapper(
        cast(io.BufferedReader, leaf.stream), encoding=name, errors="replace", newline=""
    )
    try:
        while line := text.readline(min(limit, HEAD_BYTES * 16)):
            # csv refuses a NUL anywhere in the file.
            yield UNSTORABLE.sub("", line)
    finally:
        # Closing the wrapper would close the archive member under it.
        text.detach()


IMPORTER = Importer("csv", "CSV or TSV with a row of column names (.csv, .tsv)", detect, read)
