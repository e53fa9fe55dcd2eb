"""Files to documents: what is known, and the one way in.

    for record in read([Path("news.zip")], ReadOptions(source="الأهرام")): …

For parallel or resumable runs take `list_inputs` and give each unit to `read_unit`;
`read` is the two in a row. Pure: no Django, no model.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from corpus.cleaning import UndecodableError
from corpus.cleaning.decoding import wide_charset
from corpus.documents import ParsedDocument, RecordError
from corpus.importers import (
    antcorpus,
    feeds,
    html,
    json_files,
    jsonl,
    sanad,
    saudinewsnet,
    tables,
    text,
    warc,
    wordpress,
)
from corpus.importers.base import (
    Importer,
    Leaf,
    LimitExceededError,
    Limits,
    ReadOptions,
    Record,
)
from corpus.importers.containers import Place, describe, leaves, legible, zip_members
from corpus.importers.plan import InputUnit, list_inputs
from corpus.importers.sniff import looks_like
from corpus.importers.streams import DAMAGE, SliceStream, Utf8Stream, with_head

# In the order they are tried: what says clearly what it is comes before what could be
# anything.
FORMATS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        warc.IMPORTER,
        antcorpus.IMPORTER,
        wordpress.IMPORTER,
        feeds.IMPORTER,
        html.IMPORTER,
        saudinewsnet.IMPORTER,
        jsonl.IMPORTER,
        json_files.IMPORTER,
        tables.IMPORTER,
        text.IMPORTER,
        sanad.IMPORTER,
    )
}


def read(paths: Sequence[Path], options: ReadOptions) -> Iterator[Record]:
    """Every record of every path; never raises for what it finds there.

    ValueError for a format that is not in FORMATS.
    """
    check_format(options)
    for unit in list_inputs(paths, options):
        yield from read_unit(unit, options)


def check_format(options: ReadOptions) -> None:
    """ValueError where `options.format` is neither "auto" nor known."""
    if options.format != "auto" and options.format not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise ValueError(f"unknown format {options.format!r}; known: auto, {known}")


def read_unit(
    unit: InputUnit, options: ReadOptions, tell: Callable[[int], None] | None = None
) -> Iterator[Record]:
    """The records of one unit, always in the same order.

    `tell` hears after each record how many packed bytes of the unit are read, where that can
    be known: of one large file that is read from its beginning to its end.
    """
    if unit.error is not None:
        yield unit.error
    for name in unit.files:
        path = Path(unit.base) / name
        place = Place(legible(str(path)), tuple(legible(name).split("/")), legible(unit.root), None)
        try:
            with open(path, "rb") as opened:
                place.modified = datetime.fromtimestamp(os.fstat(opened.fileno()).st_mtime, UTC)
                straight = tell and len(unit.files) == 1 and not (unit.span or _is_zip(opened))
                for leaf in _leaves(cast(BinaryIO, opened), place, unit, options):
                    records = [leaf] if isinstance(leaf, RecordError) else read_leaf(leaf, options)
                    for record in records:
                        yield record
                        if tell and straight:
                            tell(opened.tell())
        except LimitExceededError as error:
            yield place.error(error.reason, error.detail)
        except DAMAGE as error:
            yield place.error("damaged-file", describe(error))


def read_stream(
    stream: BinaryIO, name: str, options: ReadOptions, modified: datetime | None = None
) -> Iterator[Record]:
    """The records of one opened file: an upload, a fetched feed.

    `name` is what to call it in ids and errors. It is read as a file on disk would be,
    archives included, but for its size: a zip is kept aside on disk while it is read.
    """
    check_format(options)
    name = legible(name)
    parts = tuple(part for part in name.split("/") if part not in ("", ".", ".."))
    place = Place(name, parts or ("unnamed",), "", modified)
    for leaf in leaves(stream, place, options.limits):
        if isinstance(leaf, RecordError):
            yield leaf
        else:
            yield from read_leaf(leaf, options)


def _leaves(
    stream: BinaryIO, place: Place, unit: InputUnit, options: ReadOptions
) -> Iterator[Leaf | RecordError]:
    if _is_zip(stream):
        yield from zip_members(stream, place, options.limits, span=unit.span)
    elif unit.span:
        head, part = with_head(cast(BinaryIO, SliceStream(stream, *unit.span)))
        yield Leaf(
            file=place.file,
            parts=place.parts,
            root=place.root,
            stream=part,
            head=head,
            modified=place.modified,
            first_line=unit.first_line,
        )
    else:
        yield from leaves(stream, place, options.limits)


def _is_zip(stream: BinaryIO) -> bool:
    head = stream.read(4)
    stream.seek(0)
    return head in (b"PK\x03\x04", b"PK\x05\x06")


def read_leaf(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The records of one opened file; whatever goes wrong ends this file only."""
    if charset := wide_charset(leaf.head):
        # Importers look for bytes: every wide charset becomes UTF-8 before they do.
        leaf.head, leaf.stream = with_head(cast(BinaryIO, Utf8Stream(leaf.stream, charset)))
    importer = recognise(leaf, options)
    if importer is None:
        yield leaf.error("unknown-format", looks_like(leaf.head))
        return
    found = False
    try:
        for record in importer.read(leaf, options):
            found = True
            yield record
        if not found:
            yield leaf.error("no-records", f"an empty {importer.name} file")
    except LimitExceededError as error:
        yield leaf.error(error.reason, error.detail)
    except UndecodableError as error:
        yield leaf.error("unknown-charset", str(error))
    except (EOFError, zlib.error) as error:
        yield leaf.error("damaged-file", describe(error))
    except Exception as error:  # noqa: BLE001
        # Parsers of the wild raise what they like (feedparser, lxml, zipfile in the
        # stream below), and one file must not end a run of a million.
        yield leaf.error("unreadable-file", describe(error))


def recognise(leaf: Leaf, options: ReadOptions) -> Importer | None:
    """The importer for a file: the one asked for, else the first that knows it."""
    if options.format != "auto":
        return FORMATS[options.format]
    name = leaf.parts[-1].lower() if leaf.parts else ""
    for importer in FORMATS.values():
        if importer.detect(leaf.head, name):
            return importer
    return None


__all__ = [
    "FORMATS",
    "Importer",
    "InputUnit",
    "Limits",
    "ParsedDocument",
    "ReadOptions",
    "Record",
    "RecordError",
    "check_format",
    "list_inputs",
    "read",
    "read_stream",
    "read_unit",
]
