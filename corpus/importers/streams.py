"""Bounded streams: bytes counted as they come out of a file or a decompressor."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

import zstandard

from corpus.importers.base import HEAD_BYTES, MEBIBYTE, LimitExceededError, Limits

# What the libraries raise on damaged or cut-off data; none of it may end the run.
DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    tarfile.TarError,
)


def no_check(_out: int) -> None:
    """The check of a stream that has no bound of its own."""


XML_ENCODING = re.compile(r"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"'>]*["']""")


class CountedStream(io.RawIOBase):
    """A readable stream over `inner` that tells `check` how many bytes came out.

    `head` is what has already been read from `inner`; it comes again first. `check`
    is given the running total and raises to stop the reading; it may be changed.
    """

    def __init__(
        self, inner: BinaryIO, head: bytes = b"", check: Callable[[int], None] = no_check
    ) -> None:
        self._inner = inner
        self._head = head
        self.check = check
        self.out = 0

    def readable(self) -> bool:
        """Always: these streams are only read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`, the head first; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._head:
            data, self._head = self._head[: len(view)], self._head[len(view) :]
        else:
            data = self._inner.read(len(view))
        view[: len(data)] = data
        self.out += len(data)
        self.check(self.out)
        return len(data)


class Utf8Stream(io.RawIOBase):
    """A stream of text in a wide charset, given as UTF-8; broken characters as U+FFFD."""

    def __init__(self, inner: BinaryIO, charset: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(charset)("replace")
        self._ready = b""
        self._begun = False

    def readable(self) -> bool:
        """Always: these streams are only read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`; 0 at the end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready:
            data = self._inner.read(HEAD_BYTES)
            text = self._decoder.decode(data, final=not data)
            if text and not self._begun:
                # An XML declaration would now name the wrong charset.
                text = XML_ENCODING.sub(r"\1", text, count=1)
                self._begun = True
            self._ready = text.encode("utf-8", "replace")
            if not data:
                break
        piece, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(piece)] = piece
        return len(piece)


class SliceStream(io.RawIOBase):
    """The bytes [start, end) of a seekable stream."""

    def __init__(self, inner: BinaryIO, start: int, end: int) -> None:
        inner.seek(start)
        self._inner = inner
        self._left = end - start

    def readable(self) -> bool:
        """Always: these streams are only read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` with what is left of the slice; 0 at its end."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._inner.read(min(len(view), self._left))
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)


def with_head(inner: BinaryIO, check: Callable[[int], None] = no_check) -> tuple[bytes, BinaryIO]:
    """The first HEAD_BYTES of `inner`, and a stream that gives all of it."""
    pieces, size = [], 0
    while size < HEAD_BYTES:
        piece = inner.read(HEAD_BYTES - size)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    head = b"".join(pieces)
    stream = io.BufferedReader(CountedStream(inner, head, check), buffer_size=HEAD_BYTES)
    return head, cast(BinaryIO, stream)


def ratio_check(packed: Callable[[], int], limits: Limits) -> Callable[[int], None]:
    """A check for with_head: unpacked against packed bytes, and the archive's bound.

    The first mebibyte is free, so that a small, very repetitive file passes.
    """

    def check(out: int) -> None:
        if out > limits.archive_bytes:
            raise LimitExceededError("archive-too-large", f"more than {limits.archive_bytes} bytes")
        if out > MEBIBYTE and out > limits.ratio * max(1, packed()):
            raise LimitExceededError("compression-bomb", f"unpacks more than {limits.ratio}:1")

    return check


def compression(head: bytes) -> str:
    """The compression that these first bytes show: gz, bz2, xz, zst, or ""."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gz"
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bz2"
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "zst"
    return ""


def decompressed(kind: str, stream: BinaryIO) -> BinaryIO:
    """The unpacked stream of a compressed one; `kind` as compression() names it."""
    if kind == "gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream, mode="rb"))
    if kind == "bz2":
        return cast(BinaryIO, bz2.BZ2File(stream, mode="rb"))
    if kind == "xz":
        # The dictionary of a hostile file may ask for 4 GB.
        return cast(BinaryIO, _XzStream(stream))
    # Window logs above 27 (128 MB) need the packer's consent, and are refused.
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
        stream, read_across_frames=True
    )
    return cast(BinaryIO, reader)


class _XzStream(io.RawIOBase):
    """An .xz stream with bounded memory: lzma.LZMAFile offers no bound."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._decoder = lzma.LZMADecompressor(memlimit=256 * MEBIBYTE)

    def readable(self) -> bool:
        """Always: these streams are only read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer`; 0 at the end; EOFError where the file is cut off."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._decoder.eof:
            packed = self._inner.read(HEAD_BYTES) if self._decoder.needs_input else b""
            if self._decoder.needs_input and not packed:
                raise EOFError("the file ends before its end mark")
            data = self._decoder.decompress(packed, len(view))
            if data:
                view[: len(data)] = data
                return len(data)
        return 0
