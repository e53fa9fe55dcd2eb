"""WARC files of crawls: the article of every HTML page fetched with success, by warcio."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from corpus.importers import html
from corpus.importers.base import Importer, Leaf, ReadOptions, Record

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{2,20})", re.I)


def detect(head: bytes, name: str) -> bool:
    """Whether a WARC record begins it."""
    return head.startswith(b"WARC/")


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each HTML response; other records are no pages and are passed over."""
    number = 0
    try:
        records = ArchiveIterator(leaf.stream)
        # Its warning on standard error becomes an error of ours.
        records.INC_RECORD = ""
        faults = 0
        for record in records:
            number += 1
            if records.err_count > faults:
                faults = records.err_count
                yield leaf.error("damaged-record", "its length is wrong", f"record {number - 1}")
            if record.rec_type == "response" and is_page(record):
                yield article(record, leaf, options, number)
    except ArchiveLoadFailed as error:
        yield leaf.error("damaged-file", str(error)[:200], f"record {number + 1}")


def is_page(record: ArcWarcRecord) -> bool:
    """Whether the response is a page that was there: status 200 and HTML."""
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return False
    return "html" in (headers.get_header("Content-Type") or "text/html").lower()


def article(record: ArcWarcRecord, leaf: Leaf, options: ReadOptions, number: int) -> Record:
    """The article of one response; its id is the address it was fetched from."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip("<>")
    position = f"record {number} {url}".strip()
    declared = CHARSET.search(record.http_headers.get_header("Content-Type") or "")
    try:
        data = record.content_stream().read(html.PAGE_BYTES + 1)
        return html.page(
            data,
            leaf,
            options,
            position=position,
            fallback_id=url or f"{leaf.stem}-{number - 1}",
            url=url,
            declared=declared[1] if declared else "",
        )
    except Exception as error:  # noqa: BLE001
        # One page of a crawl of thousands; warcio goes on at the next record's start.
        return leaf.error("unreadable-page", f"{type(error).__name__}: {error}"[:200], position)


IMPORTER = Importer("warc", "WARC web archives (.warc, .warc.gz)", detect, read)
