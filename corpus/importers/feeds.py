"""RSS and Atom files and saved feeds, by feedparser; dates read by our own parser.

The bytes are handed over as a stream: given a string, feedparser would take it for an
address and fetch it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import feedparser

from corpus.importers.base import MEBIBYTE, Importer, Leaf, LimitExceededError, ReadOptions, Record
from corpus.importers.records import document, flat, host, line

# feedparser holds a feed whole and many times over.
FEED_BYTES = 20 * MEBIBYTE

ROOT = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>)*<(?:\w+:)?(?:rss|feed|RDF)\b",
    re.S | re.I,
)


def detect(head: bytes, name: str) -> bool:
    """Whether the root element is that of RSS, Atom or RDF."""
    return ROOT.match(head.lstrip(b"\xef\xbb\xbf")[:16384]) is not None


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each entry that has a text or a summary."""
    data = leaf.read_whole(options.limits)
    if len(data) > FEED_BYTES:
        raise LimitExceededError("too-large", f"a feed of {len(data)} bytes")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    if feed.bozo and not feed.entries:
        yield leaf.error("malformed-xml", str(feed.get("bozo_exception", ""))[:200])
        return
    title = line(feed.feed.get("title"))
    site = host(line(feed.feed.get("link")))
    for number, entry in enumerate(feed.entries, 1):
        position = f"entry {number}"
        contents = [c.get("value", "") for c in entry.get("content", [])]
        summary = entry.get("summary", "")
        text = max([*contents, summary], key=len)
        origin = entry.get("source", {}).get("title", "")
        yield document(
            {
                "id": entry.get("id") or entry.get("link"),
                "title": entry.get("title"),
                "text": text,
                "source": line(origin) or options.source or title or site,
                "url": entry.get("link"),
                "author": entry.get("author"),
                "section": flat([t.get("term") for t in entry.get("tags", [])][:1]),
                "abstract": summary if summary != text else "",
                "published_at": entry.get("published") or entry.get("updated"),
            },
            leaf,
            options,
            position=position,
            fallback_id=f"{leaf.stem}-{number - 1}",
            clean_already=False,
        )


IMPORTER = Importer("feed", "RSS and Atom files and saved feeds (.rss, .atom, .xml)", detect, read)
