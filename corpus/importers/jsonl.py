"""JSON lines: one object a line, with our field names, known aliases or a mapping.

Lines of our own export (see exported.py) are taken to the letter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from corpus.cleaning import UndecodableError, decode
from corpus.importers import exported
from corpus.importers.base import Importer, Leaf, LimitExceededError, ReadOptions, Record
from corpus.importers.records import from_mapping

# A line longer than the bound is skipped in pieces of this size.
SKIP_BYTES = 1 << 20


def detect(head: bytes, name: str) -> bool:
    """Whether the first line is a JSON object of its own, or begins one in a .jsonl."""
    first, newline, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not first.startswith(b"{"):
        return False
    if name.endswith((".jsonl", ".ndjson")):
        return True
    try:
        return isinstance(json.loads(decode(first).text), dict) and bool(newline)
    except (ValueError, RecursionError):
        return False


def lines(leaf: Leaf, options: ReadOptions) -> Iterator[tuple[int, bytes | LimitExceededError]]:
    """(number from 1, line) of each line; an error in place of one above the bound."""
    limit = options.limits.member_bytes
    number = leaf.first_line
    while data := leaf.stream.readline(limit + 1):
        number += 1
        if len(data) <= limit:
            yield number, data
            continue
        while data and not data.endswith(b"\n"):
            data = leaf.stream.readline(SKIP_BYTES)
        yield number, LimitExceededError("too-large", f"a line of more than {limit} bytes")


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each line; blank lines are no records."""
    for number, data in lines(leaf, options):
        position = f"line {number}"
        if isinstance(data, LimitExceededError):
            yield leaf.error(data.reason, data.detail, position)
            continue
        if not data.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            record = json.loads(decode(data).text.strip(), strict=False)
        except (ValueError, RecursionError) as error:
            reason = "unknown-charset" if isinstance(error, UndecodableError) else "malformed-json"
            yield leaf.error(reason, str(error)[:200], position)
            continue
        if not isinstance(record, dict):
            yield leaf.error("not-an-object", f"a {type(record).__name__}", position)
            continue
        if exported.is_exported(record):
            yield exported.document(record, leaf, options, position=position)
            continue
        fallback = f"{leaf.stem}-{number - 1}"
        yield from_mapping(record, leaf, options, position=position, fallback_id=fallback)


IMPORTER = Importer("jsonl", "JSON lines, one article a line (.jsonl, .ndjson)", detect, read)
