"""A zip's directory, a few thousand members at a time.

zipfile.ZipFile reads the whole directory at once, some 600 bytes a member; a directory
made to hold tens of millions of them would take all memory before a bound could be set,
and an honest one of a million takes 590 MB. So zipfile is given the archive in pieces:
each the archive's own bytes up to its directory, then a part of the directory.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
MEMBER = struct.Struct("<4s6H3L5H2L")

# The end record may be followed by a comment of 64 kB.
TAIL = END.size + (1 << 16)

# Members that zipfile holds at once.
PIECE_MEMBERS = 2000


@dataclass(frozen=True, slots=True)
class Directory:
    """Where a zip's directory lies, and where it says it lies (bytes may stand before)."""

    start: int
    size: int
    declared_start: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Some members in the directory's order, as an archive of their own.

    `passed` are the members before them that no piece was made of, and `passed_bytes`
    their unpacked size.
    """

    archive: BinaryIO
    passed: int
    passed_bytes: int


def locate(stream: BinaryIO) -> Directory | None:
    """The directory; None where none is found. The stream's position is not kept."""
    size = stream.seek(0, 2)
    start = max(0, size - TAIL)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + END.size > len(tail):
        return None
    directory_size, declared = END.unpack_from(tail, at)[5:7]
    directory_end = start + at
    if at >= LOCATOR.size and tail[at - LOCATOR.size :].startswith(b"PK\x06\x07"):
        stream.seek(LOCATOR.unpack_from(tail, at - LOCATOR.size)[2])
        record = stream.read(END64.size)
        if len(record) == END64.size and record.startswith(b"PK\x06\x06"):
            directory_size, declared = END64.unpack(record)[8:10]
            directory_end = declared + directory_size
    # Bytes may stand before the zip: zipfile counts back from the end, and so do we.
    return Directory(max(0, directory_end - directory_size), directory_size, declared)


def measure(stream: BinaryIO, limit: int) -> tuple[int, int]:
    """(members, their packed bytes) by a zip's directory, read up to `limit` + 1 members.

    (0, 0) where none is found or it is damaged: whoever reads it says what is wrong. The
    stream's position is not kept.
    """
    found = locate(stream)
    if found is None:
        return 0, 0
    count = packed = 0
    try:
        for _, entry in _entries(stream, found):
            count += 1
            packed += entry[8]
            if count > limit:
                break
    except zipfile.BadZipFile:
        return 0, 0
    return count, packed


def pieces(stream: BinaryIO, span: tuple[int, int] | None) -> Iterator[Piece]:
    """The members [first, last) of a zip, or all, as archives for zipfile, in order.

    A piece is only good until the next one is asked for. Where no directory is found, or
    it is empty, the stream itself is the one piece: zipfile says what is wrong. A damaged
    directory raises zipfile.BadZipFile after the members before the damage.
    """
    found = locate(stream)
    first, last = span or (0, 1 << 62)
    if found is None or not found.size:
        stream.seek(0)
        yield Piece(stream, 0, 0)
        return
    passed = passed_bytes = 0
    raw: list[bytes] = []
    damage: zipfile.BadZipFile | None = None
    entries = enumerate(_entries(stream, found))
    while damage is None:
        try:
            number, (record, entry) = next(entries, (last, (b"", ())))
        except zipfile.BadZipFile as error:
            number, record, damage = last, b"", error
        if number < first:
            passed += 1
            passed_bytes += entry[9]
            continue
        if number < last:
            raw.append(record)
        if raw and (number >= last or len(raw) == PIECE_MEMBERS):
            yield Piece(_archive(stream, found, raw), passed, passed_bytes)
            raw, passed, passed_bytes = [], 0, 0
        if number >= last:
            break
    if damage is not None:
        raise damage


def _entries(stream: BinaryIO, directory: Directory) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """Each entry of the directory, as it is and unpacked; BadZipFile where one is none.

    Others may move the stream between two entries.
    """
    left, at, buffer, place = directory.size, 0, b"", directory.start
    while left > 0:
        length = MEMBER.size
        entry: tuple[int, ...] = ()
        for _ in range(2):
            if at + length > len(buffer):
                stream.seek(place)
                more = stream.read(max(1 << 20, length))
                place += len(more)
                buffer, at = buffer[at:] + more, 0
            if at + length > len(buffer) or length > left:
                raise zipfile.BadZipFile("the directory ends inside an entry")
            if not entry:
                if not buffer.startswith(b"PK\x01\x02", at):
                    raise zipfile.BadZipFile("something else stands in the directory")
                entry = MEMBER.unpack_from(buffer, at)
                length = MEMBER.size + entry[10] + entry[11] + entry[12]
        yield buffer[at : at + length], entry
        at += length
        left -= length


def _archive(stream: BinaryIO, directory: Directory, entries: list[bytes]) -> BinaryIO:
    """The archive with these entries for its whole directory."""
    count, part = len(entries), b"".join(entries)
    end = directory.start + len(part)
    # Always with the 64-bit records: the archive may be longer than 4 GB.
    where = (count, count, len(part), directory.declared_start)
    tail = END64.pack(b"PK\x06\x06", END64.size - 12, 45, 45, 0, 0, *where)
    tail += LOCATOR.pack(b"PK\x06\x07", 0, end, 1)
    tail += END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return cast(
        BinaryIO, io.BufferedReader(_Spliced(stream, directory.start, part + tail), 1 << 16)
    )


class _Spliced(io.RawIOBase):
    """The first bytes of a stream, then other ones."""

    def __init__(self, inner: BinaryIO, length: int, tail: bytes) -> None:
        self._inner = inner
        self._length = length
        self._tail = tail
        self._at = 0

    def readable(self) -> bool:
        """Always: these streams are only read."""
        return True

    def seekable(self) -> bool:
        """Always: zipfile begins at the end."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, as in any file; returns it."""
        base = {
            io.SEEK_SET: 0,
            io.SEEK_CUR: self._at,
            io.SEEK_END: self._length + len(self._tail),
        }[whence]
        if base + offset < 0:
            raise ValueError("a place before the beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._at < self._length:
            self._inner.seek(self._at)
            data = self._inner.read(min(len(view), self._length - self._at))
        else:
            begin = self._at - self._length
            data = self._tail[begin : begin + len(view)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
