"""Paths to units of work: small enough to share out, resume after, and hold in memory.

A unit is plain data, and the same for the same files: a worker process reads it, and an
interrupted run knows by its key which ones were done.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import RecordError
from corpus.importers import jsonl
from corpus.importers.base import HEAD_BYTES, MEBIBYTE, ReadOptions
from corpus.importers.containers import describe, is_dropping, legible
from corpus.importers.zip_directory import measure

# Small files are read together, large ones in parts of about this size.
UNIT_BYTES = 16 * MEBIBYTE
UNIT_FILES = 500
LINE_CHUNK = MEBIBYTE
# Every part of a zip reads the zip's directory again, so there are not too many.
ZIP_MEMBERS = 2000
ZIP_BYTES = 4 * MEBIBYTE
ZIP_PARTS = 64
# Passing over a million members takes a second.
LARGE_DIRECTORY = 100_000
ZIP_PARTS_OF_LARGE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class InputUnit:
    """Some files, or a part of one.

    `base` is the folder that `files` (posix paths) are relative to, `root` its name.
    `span` is a part of the one file: members [first, last) of a zip, or bytes
    [first, last) of a file of lines, `first_line` lines into it. `size` is in packed
    bytes, for progress. `error` stands for a path that could not be planned.
    """

    base: str
    files: tuple[str, ...]
    root: str
    size: int
    span: tuple[int, int] | None = None
    first_line: int = 0
    error: RecordError | None = None

    @property
    def key(self) -> str:
        """What tells this unit from all others; the same in every run."""
        part = f"[{self.span[0]}:{self.span[1]}]" if self.span else f"+{len(self.files)}"
        first = self.files[0] if self.files else (self.error.file if self.error else "")
        return f"{self.base}/{first}{part}"


def list_inputs(paths: Sequence[Path], options: ReadOptions) -> Iterator[InputUnit]:
    """The units of all paths, in an order that does not change between runs."""
    for path in paths:
        try:
            status = path.stat()
        except OSError as error:
            yield _failed(path, "unreadable", describe(error))
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _folder(path, options)
        elif stat.S_ISREG(status.st_mode):
            resolved = Path(os.path.abspath(path))
            yield from _file(path.parent, path.name, resolved.parent.name, status.st_size, options)
        else:
            yield _failed(path, "not-a-file", "a device, pipe or socket")


def _failed(path: Path, reason: str, detail: str) -> InputUnit:
    return InputUnit(base="", files=(), root="", size=0, error=_error(path, reason, detail))


def _error(path: Path, reason: str, detail: str) -> RecordError:
    return RecordError(file=legible(str(path)), position="", reason=reason, detail=legible(detail))


def _folder(top: Path, options: ReadOptions) -> Iterator[InputUnit]:
    """A folder's files, small ones together; links out of it and odd files as errors."""
    root = Path(os.path.abspath(top)).name
    inside = os.path.realpath(top)
    batch: list[str] = []
    size = 0
    for entry in _walk(str(top)):
        if isinstance(entry, RecordError):
            yield InputUnit(base="", files=(), root="", size=0, error=entry)
            continue
        path = Path(entry)
        name = path.relative_to(top).as_posix()
        if is_dropping(tuple(name.split("/"))):
            continue
        if refused := _refused(path, inside):
            yield _failed(path, *refused)
            continue
        length = path.stat().st_size
        if length > UNIT_BYTES or path.suffix.lower() == ".zip":
            yield from _file(top, name, root, length, options)
            continue
        batch.append(name)
        size += length
        if len(batch) >= UNIT_FILES or size >= UNIT_BYTES:
            yield InputUnit(base=str(top), files=tuple(batch), root=root, size=size)
            batch, size = [], 0
    if batch:
        yield InputUnit(base=str(top), files=tuple(batch), root=root, size=size)


def _walk(top: str) -> Iterator[str | RecordError]:
    """Every path below a folder that is no folder, sorted; links are not followed.

    Not recursive: folders may be nested deeper than Python's stack.
    """
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in found)
        except OSError as error:
            yield _error(Path(folder), "unreadable", describe(error))
            continue
        yield from (os.path.join(folder, name) for name, is_folder in entries if not is_folder)
        folders = (os.path.join(folder, name) for name, is_folder in entries if is_folder)
        waiting.extend(reversed(list(folders)))


def _refused(path: Path, inside: str) -> tuple[str, str] | None:
    """Why a path in a folder is not read: (reason, detail), or None where it is."""
    try:
        if path.is_symlink():
            target = os.path.realpath(path)
            if os.path.commonpath((inside, target)) != inside:
                return "link-escapes", "the link leads out of the folder"
            if os.path.isdir(target):
                return "link-to-folder", "links to folders are not followed"
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        return "unreadable", describe(error)
    if not stat.S_ISREG(mode):
        return "not-a-file", "a device, pipe or socket"
    return None


def _file(base: Path, name: str, root: str, size: int, options: ReadOptions) -> Iterator[InputUnit]:
    """One file, in parts where it is large and can be read in parts."""
    path = base / name
    whole = InputUnit(base=str(base), files=(name,), root=root, size=size)
    try:
        with open(path, "rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as error:
        yield _failed(path, "unreadable", describe(error))
        return
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        spans = _zip_spans(path, options)
    elif size > 2 * UNIT_BYTES and _is_lines(head, name, options):
        yield from _line_parts(path, whole)
        return
    else:
        spans = []
    if len(spans) < 2:
        yield whole
        return
    for span in spans:
        yield InputUnit(
            base=str(base), files=(name,), root=root, size=size // len(spans), span=span
        )


def _zip_spans(path: Path, options: ReadOptions) -> list[tuple[int, int]]:
    """Parts of a zip by its directory; none where it is small, damaged or over a bound."""
    limit = options.limits.members
    try:
        with open(path, "rb") as stream:
            count, size = measure(stream, limit)
    except (OSError, ValueError, OverflowError):
        # Reported by whoever reads it.
        return []
    if not 0 < count <= limit:
        return []
    parts = min(
        ZIP_PARTS if count < LARGE_DIRECTORY else ZIP_PARTS_OF_LARGE,
        count // ZIP_MEMBERS,
        -(-size // ZIP_BYTES),
    )
    step = -(-count // max(1, parts))
    return [(first, min(count, first + step)) for first in range(0, count, step)]


def _is_lines(head: bytes, name: str, options: ReadOptions) -> bool:
    if options.format not in ("auto", "jsonl") or b"\0" in head[:4]:
        return False
    return options.format == "jsonl" or jsonl.detect(head, name.lower())


def _line_parts(path: Path, whole: InputUnit) -> Iterator[InputUnit]:
    """Parts of a file of lines, cut at line ends, each with its number of lines before."""
    start = at = lines = lines_before = 0
    with open(path, "rb") as stream:
        while data := stream.read(LINE_CHUNK):
            cut = data.rfind(b"\n") + 1
            if cut and at + cut - start >= UNIT_BYTES:
                lines += data.count(b"\n", 0, cut)
                yield _part(whole, start, at + cut, lines_before)
                start, lines_before = at + cut, lines
                lines += data.count(b"\n", cut)
            else:
                lines += data.count(b"\n")
            at += len(data)
    if at > start:
        yield _part(whole, start, at, lines_before)


def _part(whole: InputUnit, start: int, end: int, first_line: int) -> InputUnit:
    return InputUnit(
        base=whole.base,
        files=whole.files,
        root=whole.root,
        size=end - start,
        span=(start, end),
        first_line=first_line,
    )
