"""What every importer shares: options, limits, the opened file, the Importer record.

Pure: no Django import. An importer turns one opened file (`Leaf`) into a stream of
`ParsedDocument`s and `RecordError`s; it opens nothing itself and knows of no archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Literal

from corpus.documents import ParsedDocument, RecordError

Record = ParsedDocument | RecordError
DateOrder = Literal["dmy", "mdy"]

MEBIBYTE = 1024 * 1024

# Bytes looked at to recognise a file: enough for an HTML page's head or a CSV's first rows.
HEAD_BYTES = 64 * 1024

# Only endings that say nothing about the article are cut from an id: a file called
# "خبر 12.5" must keep its number.
_SUFFIXES = """
txt text html htm xhtml json jsonl ndjson csv tsv xml rss atom trec sgml sgm warc
gz bz2 zst zip tar tgz tbz2 xz utf8
"""
KNOWN_SUFFIXES = frozenset(_SUFFIXES.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that keep any input within about 1 GB of memory.

    `member_bytes` bounds what is held at once: a file of a format read whole, or one
    record (line, `<DOC>`, array element) of a format that is streamed; a streamed file
    itself may be larger. `ratio` is unpacked to packed size, looked at once more than a
    mebibyte has come out. `archive_bytes` and `members` bound one archive, all levels
    together. `nesting` is how many archives may stand inside an archive: 1 allows a zip
    in a tar. Compression (.gz, .bz2, .zst) around a file or a tar is no nesting.
    """

    member_bytes: int = 50 * MEBIBYTE
    ratio: int = 100
    archive_bytes: int = 10 * 1024 * MEBIBYTE
    members: int = 1_000_000
    nesting: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read: all plain data, so that it can be sent to a worker process.

    `format` is a name of FORMATS or "auto". `source` is the source of records that name
    none. `field_map` maps our field to the file's own ("title" → "headline"; dots reach
    into nested objects). `date_orders` maps a source name to the order of its numeric
    dates, with "" for all others (default "dmy"). `now` bounds the years believed;
    None is the current time.
    """

    format: str = "auto"
    source: str = ""
    field_map: Mapping[str, str] = field(default_factory=dict)
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    now: datetime | None = None

    def date_order(self, source: str) -> DateOrder:
        """The order of day and month in numeric dates of this source."""
        return self.date_orders.get(source) or self.date_orders.get("") or "dmy"


class LimitExceededError(Exception):
    """Reading would pass a limit; `reason` is a RecordError slug."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(slots=True, kw_only=True)
class Leaf:
    """One opened file that is no container, wherever it stood.

    `file` names it for people ("BBC.zip!BBC/culture/1.txt"). `parts` is its path below
    the folder given, with an archive's stem as a folder: ids are made of it. `root` is
    the name of the folder or archive given. `head` is its first bytes, still to come
    from `stream` again. `modified` is the file's own time, where known. `first_line` is
    the number of lines before this part of a file split among workers.
    """

    file: str
    parts: tuple[str, ...]
    root: str
    stream: BinaryIO
    head: bytes
    modified: datetime | None = None
    first_line: int = 0

    @property
    def stem(self) -> str:
        """The path without its endings: the id of a file that is one article."""
        *folders, name = self.parts
        while "." in name:
            before, _, suffix = name.rpartition(".")
            if not before or suffix.lower() not in KNOWN_SUFFIXES:
                break
            name = before
        return "/".join((*folders, name))

    @property
    def folder(self) -> str:
        """The containing folder's name: the source where nothing better is known."""
        return self.parts[-2] if len(self.parts) > 1 else self.root

    def read_whole(self, limits: Limits) -> bytes:
        """The content, refused with LimitExceededError above `member_bytes`."""
        data = self.stream.read(limits.member_bytes + 1)
        if len(data) > limits.member_bytes:
            raise LimitExceededError(
                "too-large", f"more than {limits.member_bytes} bytes for one record"
            )
        return data

    def error(self, reason: str, detail: str = "", position: str = "") -> RecordError:
        """An error in this file."""
        return RecordError(file=self.file, position=position, reason=reason, detail=detail)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: how it is called, recognised and read.

    `detect(head, name)` looks at the first bytes and the lower-case file name and must
    not raise. `read(leaf, options)` yields records; what it raises ends that file only.
    """

    name: str
    description: str
    detect: Callable[[bytes, str], bool]
    read: Callable[[Leaf, ReadOptions], Iterator[Record]]
