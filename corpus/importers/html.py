"""HTML pages: the article's text by trafilatura, what the page says of itself by our own.

trafilatura's own dates are guesses (htmldate falls back to any year in the page), so
they are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import trafilatura
from lxml import etree

from corpus.cleaning import decode
from corpus.dates import ParsedDate
from corpus.importers.base import MEBIBYTE, Importer, Leaf, ReadOptions, Record
from corpus.importers.page_metadata import metadata
from corpus.importers.records import date_of, document, host, line, passage
from corpus.importers.sections import place_of

# Larger pages are no articles, and their tree would take fifty times their size.
PAGE_BYTES = 8 * MEBIBYTE

# A page's text shorter than this is a menu or an error message.
SHORTEST = 40

DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]", re.I)
# Feeds and XML files may quote HTML, but say first what they are.
OTHER = re.compile(rb"\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|DOC)\b", re.S)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def detect(head: bytes, name: str) -> bool:
    """Whether an HTML element opens the file, or its name says HTML."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<") or OTHER.match(start):
        return False
    return PAGE.search(start[:4096]) is not None or name.endswith((".html", ".htm", ".xhtml"))


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The one article of a page."""
    data = leaf.read_whole(options.limits)
    yield page(data, leaf, options, position="", fallback_id=leaf.stem)


def page(
    data: bytes,
    leaf: Leaf,
    options: ReadOptions,
    *,
    position: str,
    fallback_id: str,
    url: str = "",
    declared: str = "",
) -> Record:
    """The article of a page's bytes.

    `url` is where it was fetched and `declared` the charset its server named, if known.
    The id is `fallback_id` always: a canonical address is shared by a page's versions.
    """
    if len(data) > PAGE_BYTES:
        return leaf.error("too-large", f"a page of {len(data)} bytes", position)
    if match := DECLARED.search(data[:4096]):
        declared = declared or match[1].decode("ascii", "replace")
    text = XML_DECLARATION.sub("", decode(data, declared).text)
    parser = lxml.html.HTMLParser(huge_tree=False, recover=True, no_network=True)
    try:
        tree = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        return leaf.error("malformed-html", str(error)[:200], position)
    found = metadata(tree)
    # Metadata first: trafilatura changes the tree it is given.
    body = trafilatura.extract(
        tree, include_comments=False, include_tables=False, output_format="txt"
    )
    linked = max((passage(t) for t in found.get("text", [])), key=len, default="")
    if len(linked) > len(body or ""):
        body = linked
    if not body or len(body) < SHORTEST:
        return leaf.error("no-article-text", line(_first(found, "title"))[:100], position)
    address = _address(found, url)
    folder, section = place_of(leaf, options)
    source = line(_first(found, "source")) or options.source or host(address) or folder
    fields = {
        "id": fallback_id,
        "title": _first(found, "title"),
        "text": body,
        "source": source,
        "url": address,
        "author": _author(found),
        "section": _first(found, "section") or section,
        "abstract": _first(found, "abstract"),
    }
    return document(
        fields,
        leaf,
        options,
        position=position,
        fallback_id=fallback_id,
        clean_already=False,
        published=_published(found, leaf, options, source),
    )


def _first(found: dict[str, list[object]], field: str) -> object:
    return found.get(field, [""])[0]


def _author(found: dict[str, list[object]]) -> str:
    """The first author that is a name: OpenGraph often has a profile's address."""
    names = (line(value) for value in found.get("author", []))
    return next((name for name in names if name and "://" not in name), "")


def _address(found: dict[str, list[object]], url: str) -> str:
    """The page's own address if it is a full one, else the fetched one."""
    full = (line(value) for value in found.get("url", []))
    return next((u for u in full if u.startswith(("http://", "https://"))), url)


def _published(
    found: dict[str, list[object]], leaf: Leaf, options: ReadOptions, source: str
) -> ParsedDate:
    """The first date that can be read; else the first as found, with its reason."""
    tried = [date_of(value, leaf, options, source) for value in found.get("published_at", [])]
    read_ones = [date for date in tried if date.published]
    return (read_ones or tried or [ParsedDate("")])[0]


IMPORTER = Importer("html", "HTML pages, the article found in each (.html)", detect, read)
