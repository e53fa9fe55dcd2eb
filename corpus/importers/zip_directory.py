"""How many members a zip has, without opening it.

zipfile.ZipFile reads the whole directory at once, some 600 bytes a member; a directory
made to hold tens of millions of them would take all memory before a bound could be set.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
MEMBER = struct.Struct("<4s6H3L5H2L")

# The end record may be followed by a comment of 64 kB.
TAIL = END.size + (1 << 16)


def measure(stream: BinaryIO, limit: int) -> tuple[int, int]:
    """(members, their packed bytes) by a zip's directory, read up to `limit` + 1 members.

    (0, 0) where no directory is found: the caller's zipfile then says what is wrong. The
    stream's position is not kept.
    """
    size = stream.seek(0, 2)
    start = max(0, size - TAIL)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + END.size > len(tail):
        return 0, 0
    directory_size: int = END.unpack_from(tail, at)[5]
    directory_end = start + at
    if at >= LOCATOR.size and tail[at - LOCATOR.size :].startswith(b"PK\x06\x07"):
        stream.seek(LOCATOR.unpack_from(tail, at - LOCATOR.size)[2])
        record = stream.read(END64.size)
        if len(record) == END64.size and record.startswith(b"PK\x06\x06"):
            directory_size, directory_offset = END64.unpack(record)[8:10]
            directory_end = directory_offset + directory_size
    # Bytes may stand before the zip: zipfile counts back from the end, and so do we.
    stream.seek(max(0, directory_end - directory_size))
    return _walk(stream, directory_size, limit)


def _walk(stream: BinaryIO, left: int, limit: int) -> tuple[int, int]:
    """The same of `left` bytes of directory that begin here."""
    count, packed, buffer, at = 0, 0, b"", 0
    while count <= limit and left > 0:
        if at + MEMBER.size > len(buffer):
            more = stream.read(min(1 << 20, left + len(buffer)))
            buffer, at = buffer[at:] + more, 0
            if len(buffer) < MEMBER.size:
                break
        entry = MEMBER.unpack_from(buffer, at)
        if entry[0] != b"PK\x01\x02":
            break
        length = MEMBER.size + entry[10] + entry[11] + entry[12]
        if at + length > len(buffer):
            buffer, at = buffer[at:] + stream.read(length), 0
        at += length
        left -= length
        count += 1
        packed += entry[8]
    return count, packed
