"""SANAD-like folders: plain text files whose folder is their section.

Folders with a well-known section name are taken so anyway; this format says it of all.
"""

from __future__ import annotations

from corpus.importers import text
from corpus.importers.base import Importer


def detect(head: bytes, name: str) -> bool:
    """Never: nothing in a file shows what its folder means."""
    return False


IMPORTER = Importer(
    "sanad", "folders of plain text, each folder a section (only by name)", detect, text.read
)
