"""ANT and TREC files: <DOC> blocks with <DOCNO>, <TITLE>, <TEXT>… inside.

SGML in name only (bare & and < stand in the text), so no XML parser is used: blocks and
fields are found by their tags, streamed, one block in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning import UndecodableError, decode
from corpus.importers.base import MEBIBYTE, Importer, Leaf, ReadOptions, Record
from corpus.importers.records import document

# Our field → the tags that carry it, the likeliest first.
TAGS: dict[str, tuple[str, ...]] = {
    "id": ("DOCNO", "DOCID", "ID"),
    "url": ("URL", "DOCSRC"),
    "source": ("SRC", "SOURCE"),
    "section": ("CAT", "CATEGORY", "SECTION"),
    "title": ("TITLE", "HEADLINE", "HL", "HEAD"),
    "published_at": ("TIME", "DATE", "DATE_TIME"),
    "author": ("AUTHOR", "BYLINE"),
    "abstract": ("ABSTRACT", "LEAD"),
    "text": ("TEXT", "BODY", "CONTENT"),
}
FIELD = re.compile(
    rf"<({'|'.join(tag for tags in TAGS.values() for tag in tags)})\b[^>]*>(.*?)</\1\s*>",
    re.S | re.I,
)
OPEN = re.compile(rb"<DOC(?:\s[^<>]{0,500})?>", re.I)
CLOSE = re.compile(rb"</DOC\s*>", re.I)
# The longest tag that a piece's edge may cut in two.
TAG_BYTES = 512


def detect(head: bytes, name: str) -> bool:
    """Whether a <DOC> comes first, after at most an XML declaration or a root element."""
    match = OPEN.search(head)
    return match is not None and b"{" not in head[: match.start()] and match.start() < 500


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each <DOC>, in order."""
    for number, data in enumerate(blocks(leaf, options), 1):
        position = f"document {number}"
        if isinstance(data, str):
            yield leaf.error(data, "a <DOC> without its </DOC>, or too long", position)
            continue
        try:
            text = decode(data).text
        except UndecodableError as error:
            yield leaf.error("unknown-charset", str(error), position)
            continue
        fields = fields_of(text)
        if not fields:
            yield leaf.error("malformed-document", "no known tag inside <DOC>", position)
            continue
        fallback = leaf.stem if number == 1 else f"{leaf.stem}-{number - 1}"
        yield document(fields, leaf, options, position=position, fallback_id=fallback)


def fields_of(text: str) -> dict[str, object]:
    """The fields of one block; several <TEXT>s are joined as TREC files have them."""
    found: dict[str, list[str]] = {}
    for match in FIELD.finditer(text):
        if value := match[2].strip():
            found.setdefault(match[1].upper(), []).append(value)
    fields: dict[str, object] = {}
    for field, tags in TAGS.items():
        for tag in tags:
            if tag in found:
                fields[field] = "\n\n".join(found[tag]) if field == "text" else found[tag][0]
                break
    return fields


def blocks(leaf: Leaf, options: ReadOptions) -> Iterator[bytes | str]:
    """The inside of each <DOC>…</DOC>; an error slug in place of one cut off or too long."""
    limit = options.limits.member_bytes
    buffer, inside, skipping, searched = b"", False, False, 0
    for piece in iter(lambda: leaf.stream.read(MEBIBYTE), b""):
        buffer += piece
        while True:
            match = (CLOSE if inside else OPEN).search(buffer, searched)
            if match is None:
                searched = max(0, len(buffer) - TAG_BYTES)
                break
            if inside and skipping:
                yield "too-large"
            elif inside:
                yield buffer[: match.start()]
            buffer, searched = buffer[match.end() :], 0
            inside, skipping = not inside, False
        if not inside or len(buffer) > limit:
            skipping = skipping or inside
            buffer, searched = buffer[-TAG_BYTES:], 0
    if inside:
        yield "too-large" if skipping else "truncated-document"


IMPORTER = Importer("antcorpus", "ANT corpus and TREC files of <DOC> blocks", detect, read)
