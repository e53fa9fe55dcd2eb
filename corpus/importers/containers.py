"""Folders' files and archives' members, opened one after the other as Leaf objects.

Nothing is ever written under a member's name: a path that would escape is refused all
the same, because whoever packed it is not to be trusted with ids either.
"""

from __future__ import annotations

import io
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from corpus.cleaning import storable
from corpus.documents import RecordError
from corpus.importers.base import MEBIBYTE, Leaf, LimitExceededError, Limits
from corpus.importers.streams import (
    DAMAGE,
    CountedStream,
    compression,
    decompressed,
    ratio_check,
    with_head,
)
from corpus.importers.zip_directory import measure, pieces

# Kept in memory while an inner zip is read; larger ones go to a temporary file.
SPOOL_BYTES = 8 * MEBIBYTE

# What an operating system leaves beside people's files: no record, and no error either.
DROPPINGS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})


@dataclass(slots=True)
class Budget:
    """What one outermost archive may still give, all its levels together."""

    bytes_left: int
    members_left: int

    def take_member(self, limits: Limits) -> None:
        """Count one member; LimitExceededError when there are too many."""
        self.members_left -= 1
        if self.members_left < 0:
            raise LimitExceededError("too-many-members", f"more than {limits.members} members")


@dataclass(slots=True)
class Place:
    """Where an opened stream stands; see Leaf for the fields."""

    file: str
    parts: tuple[str, ...]
    root: str
    modified: datetime | None
    depth: int = 0

    def error(self, reason: str, detail: str = "", count: int = 1) -> RecordError:
        """An error about this file as a whole."""
        return RecordError(file=self.file, position="", reason=reason, detail=detail, count=count)

    def inside(self, name: str, modified: datetime | None) -> Place:
        """The place of the member `name` of this archive."""
        name = legible(name)
        inner = tuple(p for p in PurePosixPath(name).parts if p not in ("/", "."))
        return Place(
            file=f"{self.file}!{name}",
            parts=(*_archive_parts(self.parts), *inner),
            root=self.root,
            modified=modified,
            depth=self.depth + 1,
        )


def legible(name: str) -> str:
    """A path as it can be shown and stored: one not in UTF-8 is read as cp1256."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        name = name.encode("utf-8", "surrogateescape").decode("cp1256", "replace")
    return storable(name).replace("\n", " ")


def is_dropping(parts: tuple[str, ...]) -> bool:
    """Whether a path is a leftover of an operating system (.DS_Store, __MACOSX/…, ._x)."""
    return any(p.lower() in DROPPINGS or p.startswith("._") for p in parts)


def leaves(stream: BinaryIO, place: Place, limits: Limits) -> Iterator[Leaf | RecordError]:
    """Every file in `stream`, which may be a file, compressed, or an archive.

    A Leaf is only good until the next one is asked for.
    """
    budget = Budget(limits.archive_bytes, limits.members)
    yield from _open(stream, place, limits, budget)


def _open(
    stream: BinaryIO, place: Place, limits: Limits, budget: Budget, layers: int = 0
) -> Iterator[Leaf | RecordError]:
    try:
        head, whole = with_head(stream)
        kind = compression(head)
        if kind:
            if layers:
                yield place.error("nested-too-deep", "compressed more than once")
                return
            packed = CountedStream(whole)
            unpacked = decompressed(kind, cast(BinaryIO, io.BufferedReader(packed)))
            checked = CountedStream(unpacked, b"", ratio_check(lambda: packed.out, limits))
            yield from _open(cast(BinaryIO, checked), place, limits, budget, layers + 1)
        elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or is_tar(head):
            if place.depth > limits.nesting:
                yield place.error("nested-too-deep", f"more than {limits.nesting} archives deep")
            else:
                unpack = _tar if is_tar(head) else _spooled_zip
                yield from _or_empty(unpack(whole, place, limits, budget), place)
        elif not head:
            yield place.error("empty-file")
        else:
            yield Leaf(
                file=place.file,
                parts=place.parts,
                root=place.root,
                stream=whole,
                head=head,
                modified=place.modified,
            )
    except LimitExceededError as error:
        yield place.error(error.reason, error.detail)
    except DAMAGE as error:
        yield place.error("damaged-file", describe(error))


def _or_empty(found: Iterator[Leaf | RecordError], place: Place) -> Iterator[Leaf | RecordError]:
    """What was found in an archive, or an error where that is nothing."""
    anything = False
    for item in found:
        anything = True
        yield item
    if not anything:
        yield place.error("empty-archive", "no files in it")


def describe(error: BaseException) -> str:
    """An exception in words, cut to what fits a report."""
    return f"{type(error).__name__}: {error}"[:300]


def is_tar(head: bytes) -> bool:
    """Whether these first bytes are a tar header with a right checksum."""
    if len(head) < 512 or not head[148:156].strip(b" \0"):
        return False
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except tarfile.TarError:
        return False
    return True


def _archive_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    """An archive's path with its endings off, to stand as a folder in its members' ids."""
    stem = Leaf(file="", parts=parts, root="", stream=io.BytesIO(), head=b"").stem
    return tuple(stem.split("/"))


def _tar(
    stream: BinaryIO, place: Place, limits: Limits, budget: Budget
) -> Iterator[Leaf | RecordError]:
    checked = CountedStream(stream)
    with tarfile.open(fileobj=checked, mode="r|", errorlevel=0) as archive:
        # tarfile reads a header's long names and attributes at once; what is read beyond
        # the next header's place is such a header.
        checked.check = header_check(archive, limits)
        empty = EmptyRun(place)
        while (info := archive.next()) is not None:
            # A stream cannot go back, yet tarfile remembers every member: a million of
            # them would pass the memory bound.
            archive.members = []  # type: ignore[attr-defined]
            budget.take_member(limits)
            member = place.inside(info.name, datetime.fromtimestamp(info.mtime, UTC))
            if info.isdir() or is_dropping(member.parts):
                continue
            if info.issparse():
                yield from empty.end()
                yield member.error("compression-bomb", "sparse files are not read")
            elif not info.isreg():
                yield from empty.end()
                yield member.error("link-in-archive", "links and devices are not read")
            elif escapes(info.name):
                yield from empty.end()
                yield member.error("path-escape", "the path leaves the archive")
            elif info.size == 0:
                if empty.counting:
                    empty.count()
                else:
                    yield empty.name(member)
            else:
                yield from empty.end()
                budget.bytes_left -= info.size
                if budget.bytes_left < 0:
                    raise LimitExceededError(
                        "archive-too-large", f"more than {limits.archive_bytes} bytes"
                    )
                opened = archive.extractfile(info)
                if opened is not None:
                    yield from _open(cast(BinaryIO, opened), member, limits, budget)
        yield from empty.end()


def header_check(archive: tarfile.TarFile, limits: Limits) -> Callable[[int], None]:
    """A check for the stream under `archive` that bounds its headers."""

    def check(out: int) -> None:
        if out - archive.offset > limits.member_bytes + MEBIBYTE:
            raise LimitExceededError("too-large", "a header longer than any article")

    return check


def escapes(name: str) -> bool:
    """Whether a member's path is absolute or climbs out of the archive."""
    path = name.replace("\\", "/")
    return path.startswith("/") or path[1:3] == ":/" or ".." in path.split("/")


def _spooled_zip(
    stream: BinaryIO, place: Place, limits: Limits, budget: Budget
) -> Iterator[Leaf | RecordError]:
    """A zip's directory stands at its end, so a zip inside an archive is kept aside first."""
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as spool:
        size = 0
        while piece := stream.read(MEBIBYTE):
            size += len(piece)
            if size > budget.bytes_left:
                raise LimitExceededError(
                    "archive-too-large", f"more than {limits.archive_bytes} bytes"
                )
            spool.write(piece)
        budget.bytes_left -= size
        spool.seek(0)
        yield from _zip_members(cast(BinaryIO, spool), place, limits, budget, None)


def zip_members(
    stream: BinaryIO,
    place: Place,
    limits: Limits,
    span: tuple[int, int] | None = None,
) -> Iterator[Leaf | RecordError]:
    """The members of a seekable zip, or those of a span [first, last) of its directory."""
    found = _zip_members(stream, place, limits, None, span)
    yield from found if span else _or_empty(found, place)


def _zip_members(
    stream: BinaryIO,
    place: Place,
    limits: Limits,
    budget: Budget | None,
    span: tuple[int, int] | None,
) -> Iterator[Leaf | RecordError]:
    budget = budget or Budget(limits.archive_bytes, limits.members)
    if measure(stream, limits.members)[0] > limits.members:
        raise LimitExceededError("too-many-members", f"more than {limits.members} members")
    empty = EmptyRun(place)
    for piece in pieces(stream, span):
        # The bounds count all members before a span too, so that they fall on the same
        # ones however the archive is split.
        budget.bytes_left -= piece.passed_bytes
        budget.members_left -= piece.passed
        with zipfile.ZipFile(piece.archive) as archive:
            yield from _listed(archive, place, limits, budget, empty)
    yield from empty.end()


def _listed(
    archive: zipfile.ZipFile, place: Place, limits: Limits, budget: Budget, empty: EmptyRun
) -> Iterator[Leaf | RecordError]:
    """What a piece of a zip lists."""
    for info in archive.infolist():
        budget.take_member(limits)
        if info.is_dir():
            continue
        budget.bytes_left -= info.file_size
        if budget.bytes_left < 0:
            raise LimitExceededError("archive-too-large", f"more than {limits.archive_bytes} bytes")
        if info.file_size == 0 and empty.counting:
            empty.count()
            continue
        member = place.inside(zip_name(info), _zip_time(info))
        if is_dropping(member.parts):
            continue
        if info.file_size == 0:
            yield empty.name(member)
            continue
        yield from empty.end()
        yield from _zip_member(archive, info, member, limits, budget)


def _zip_member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    member: Place,
    limits: Limits,
    budget: Budget,
) -> Iterator[Leaf | RecordError]:
    mode = info.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        yield member.error("link-in-archive", "links and devices are not read")
    elif escapes(zip_name(info)):
        yield member.error("path-escape", "the path leaves the archive")
    elif info.flag_bits & 1:
        yield member.error("encrypted", "the member needs a password")
    elif info.file_size > max(MEBIBYTE, limits.ratio * info.compress_size):
        yield member.error("compression-bomb", f"unpacks more than {limits.ratio}:1")
    else:
        try:
            with archive.open(info) as opened:
                yield from _open(cast(BinaryIO, opened), member, limits, budget)
        except DAMAGE as error:
            yield member.error("damaged-member", describe(error))


def zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name; old Windows packers wrote Arabic ones as cp1256, not cp437."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for charset in ("utf-8", "cp1256"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return info.filename


def _zip_time(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None


class EmptyRun:
    """An archive's empty members: the first ones by name, then each row of more as one error.

    A million empty members must not become a million rows in a report.
    """

    BY_NAME = 100

    def __init__(self, place: Place) -> None:
        self._place = place
        self._named = 0
        self._more = 0

    @property
    def counting(self) -> bool:
        """Whether enough were named, and the rest is only counted."""
        return self._named >= self.BY_NAME

    def name(self, member: Place) -> RecordError:
        """One more empty member, by name."""
        self._named += 1
        return member.error("empty-file")

    def count(self) -> None:
        """One more empty member, among many."""
        self._more += 1

    def end(self) -> Iterator[RecordError]:
        """The row has ended: report the members not named yet."""
        if self._more:
            yield self._place.error("empty-file", f"{self._more} more empty members", self._more)
            self._more = 0
