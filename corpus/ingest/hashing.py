"""What makes a record the same record and a text the same text. Pure.

A hash is 32 bytes: a version byte, then the first 31 bytes of SHA-256 over the fields,
each with its length in front so that no two lists of fields run together. The version
is raised when the recipe changes: every stored record then reads as changed, never as
something it is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from corpus.documents import ParsedDocument

RECIPE = 1


def record_hash(document: ParsedDocument) -> bytes:
    """Over everything a record says; where it stood (file, position) does not count.

    UnicodeEncodeError for a lone surrogate, which no database can hold.
    """
    removals = ";".join(f"{r.rule},{r.start},{r.end}" for r in document.removals)
    published = document.published.isoformat() if document.published else ""
    return _hash(
        (
            document.source,
            document.external_id,
            document.title,
            document.body,
            document.raw_text,
            removals,
            document.abstract,
            document.url,
            document.author,
            document.section,
            document.language,
            published,
            document.precision.value,
            document.published_raw,
        )
    )


def content_hash(document: ParsedDocument) -> bytes:
    """Over source, title and body: two records with this in common are one article."""
    return _hash((document.source, document.title, document.body))


def _hash(fields: Iterable[str]) -> bytes:
    digest = hashlib.sha256()
    for field in fields:
        data = field.encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return bytes((RECIPE,)) + digest.digest()[:31]
