"""A zip's directory in pieces: the same members as zipfile's, however large, or the damage."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from corpus.documents import ParsedDocument, RecordError
from corpus.importers import ReadOptions, read, zip_directory
from corpus.importers import plan as planning
from corpus.importers.zip_directory import measure, pieces
from tests.corpus.importers import samples


def archive(number: int, *, before: bytes = b"", comment: bytes = b"") -> bytes:
    """A zip of so many small members, some of them packed, with an Arabic name among them."""
    stream = io.BytesIO()
    stream.write(before)
    with zipfile.ZipFile(stream, "a") as made:
        for n in range(number):
            how = zipfile.ZIP_DEFLATED if n % 2 else zipfile.ZIP_STORED
            made.writestr(f"خبر {n}.txt", f"نص {n} " * (n % 7), how)
        made.comment = comment
    return stream.getvalue()


def contents(data: bytes, span: tuple[int, int] | None = None) -> list[tuple[str, bytes]]:
    found = []
    for piece in pieces(cast(BinaryIO, io.BytesIO(data)), span):
        with zipfile.ZipFile(piece.archive) as part:
            found += [(info.filename, part.read(info)) for info in part.infolist()]
    return found


@pytest.fixture
def seven_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_directory, "PIECE_MEMBERS", 7)


@pytest.mark.usefixtures("seven_at_once")
@pytest.mark.parametrize(
    "data",
    [
        archive(30),
        archive(28),
        archive(1),
        archive(20, before=b"#!/bin/sh\n" * 9, comment=b"x" * 999),
    ],
    ids=["30", "28", "1", "bytes around"],
)
def test_the_pieces_hold_what_zipfile_finds(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        wanted = [(info.filename, whole.read(info)) for info in whole.infolist()]
    assert contents(data) == wanted
    assert contents(data, (3, 19)) == wanted[3:19]
    assert measure(cast(BinaryIO, io.BytesIO(data)), 100)[0] == len(wanted)


@pytest.mark.usefixtures("seven_at_once")
def test_what_is_passed_over_is_told() -> None:
    (first, *_) = pieces(cast(BinaryIO, io.BytesIO(archive(30))), (10, 20))
    with zipfile.ZipFile(io.BytesIO(archive(30))) as whole:
        sizes = [info.file_size for info in whole.infolist()]
    assert (first.passed, first.passed_bytes) == (10, sum(sizes[:10]))


@pytest.mark.usefixtures("seven_at_once")
def test_members_before_damage_are_read_and_the_damage_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "ZIP_MEMBERS", 5)
    monkeypatch.setattr(planning, "ZIP_BYTES", 100)
    data = bytearray(samples.zipped({f"{n}.txt": samples.text(f"عنوان {n}") for n in range(40)}))
    entries = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    data[entries[25] : entries[25] + 4] = b"????"
    path = tmp_path / "damaged.zip"
    path.write_bytes(data)
    records = list(read([path], ReadOptions()))
    documents = [r for r in records if isinstance(r, ParsedDocument)]
    errors = [r for r in records if isinstance(r, RecordError)]
    assert len(documents) == 25
    assert [error.reason for error in errors] == ["damaged-file"]
