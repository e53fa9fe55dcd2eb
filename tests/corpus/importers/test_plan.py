"""Units of work: the same records however the input is split, in whatever process."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from corpus.documents import ParsedDocument, RecordError
from corpus.importers import InputUnit, Limits, ReadOptions, list_inputs, read_unit
from corpus.importers import plan as planning
from tests.corpus.importers import samples
from tests.corpus.importers.reading import read_all


def record(number: int) -> bytes:
    """A line of its own id."""
    return json.dumps({"id": str(number), "text": samples.BODY}, ensure_ascii=False).encode()


@pytest.fixture
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units of some kilobytes, so that small files are split."""
    monkeypatch.setattr(planning, "UNIT_BYTES", 3000)
    monkeypatch.setattr(planning, "LINE_CHUNK", 700)
    monkeypatch.setattr(planning, "ZIP_MEMBERS", 7)
    monkeypatch.setattr(planning, "ZIP_BYTES", 1000)


def read_one(job: tuple[InputUnit, ReadOptions]) -> list[ParsedDocument | RecordError]:
    """A unit's records, in a worker."""
    return list(read_unit(*job))


@pytest.mark.usefixtures("small_units")
def test_it_splits_a_file_of_lines_without_losing_or_moving_one(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    lines = [record(n) if n % 10 else b"{broken" for n in range(200)]
    path.write_bytes(b"\n".join(lines))
    units = list(list_inputs([path], ReadOptions()))
    assert len(units) > 20
    assert sum(unit.size for unit in units) == path.stat().st_size
    documents, errors = read_all([path])
    assert [d.external_id for d in documents] == [str(n) for n in range(200) if n % 10]
    assert [d.position for d in documents][:2] == ["line 2", "line 3"]
    assert [e.position for e in errors] == [f"line {n + 1}" for n in range(0, 200, 10)]


@pytest.mark.usefixtures("small_units")
def test_it_splits_a_zip_and_workers_read_the_same(tmp_path: Path) -> None:
    members = {f"{n}.txt": samples.text(f"عنوان {n}") for n in range(100)}
    path = tmp_path / "many.zip"
    path.write_bytes(samples.zipped(members))
    options = ReadOptions()
    units = list(list_inputs([path], options))
    assert len(units) > 10
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(read_one, [(unit, options) for unit in units]))
    documents, errors = read_all([path])
    assert errors == []
    assert [r for part in parts for r in part] == documents
    assert [d.external_id for d in documents] == [f"many/{n}" for n in range(100)]


@pytest.mark.usefixtures("small_units")
def test_it_puts_small_files_together(tmp_path: Path) -> None:
    for n in range(50):
        (tmp_path / f"{n}.txt").write_bytes(samples.text())
    units = list(list_inputs([tmp_path], ReadOptions()))
    assert 1 < len(units) < 50
    assert sorted(name for unit in units for name in unit.files) == sorted(
        f"{n}.txt" for n in range(50)
    )


def test_it_gives_a_file_one_id_in_a_folder_and_by_its_own_path(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "خبر 12.5.txt").write_bytes(samples.text())
    (folder / "pack.tar.gz").write_bytes(samples.tarred({"a/b.html.txt": samples.text()}, "w:gz"))
    by_folder, _ = read_all([folder])
    by_path, _ = read_all(sorted(folder.iterdir()))
    assert {d.external_id for d in by_folder} == {"خبر 12.5", "pack/a/b"}
    assert {d.external_id for d in by_path} == {d.external_id for d in by_folder}
    assert {d.source for d in by_folder} == {"news", "a"}


def test_it_reads_from_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "الأهرام"
    folder.mkdir()
    (folder / "a.txt").write_bytes(samples.text())
    monkeypatch.chdir(folder)
    for path in (Path("."), Path("a.txt")):
        (document,), errors = read_all([path])
        assert errors == []
        assert (document.external_id, document.source) == ("a", "الأهرام")


def test_it_reports_what_is_not_there(tmp_path: Path) -> None:
    _, errors = read_all([tmp_path / "missing"])
    assert [e.reason for e in errors] == ["unreadable"]


def test_it_passes_over_what_systems_leave_behind(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    members = {"__MACOSX/._a.txt": b"\0\5\x16\7", "a.txt": samples.text()}
    (tmp_path / "a.zip").write_bytes(samples.zipped(members))
    documents, errors = read_all([tmp_path])
    assert ([d.external_id for d in documents], errors) == (["a/a"], [])


LIMITS = [
    # limits, reason, documents that still come of a zip and of a tar
    (Limits(members=3), "too-many-members", 0, 3),  # a tar has no directory to ask first
    (Limits(archive_bytes=3 * len(samples.text()) + 9), "archive-too-large", 3, 3),
    (Limits(member_bytes=100), "too-large", 0, 0),
]


@pytest.mark.parametrize(("limits", "reason", "from_zip", "from_tar"), LIMITS)
def test_it_keeps_the_limits_it_is_given(
    tmp_path: Path, limits: Limits, reason: str, from_zip: int, from_tar: int
) -> None:
    members = {f"{n}.txt": samples.text() for n in range(5)}
    for pack, expected in ((samples.zipped, from_zip), (samples.tarred, from_tar)):
        path = tmp_path / "a"
        path.write_bytes(pack(members))
        documents, errors = read_all([path], ReadOptions(limits=limits))
        assert {e.reason for e in errors} == {reason}
        assert len(documents) == expected


def test_it_reads_deeper_where_it_is_allowed(tmp_path: Path) -> None:
    deep = samples.zipped({"t": samples.text()})
    for name in ("a.zip", "b.zip"):
        deep = samples.zipped({name: deep})
    (tmp_path / "n.zip").write_bytes(deep)
    assert read_all([tmp_path])[0] == []
    documents, errors = read_all([tmp_path], ReadOptions(limits=Limits(nesting=2)))
    assert ([d.external_id for d in documents], errors) == (["n/b/a/t"], [])


def test_it_does_not_hold_what_it_streams(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    line = record(1) + b"\n"
    with open(path, "wb") as out:
        for _ in range(64):
            out.write(line * ((1 << 20) // len(line)))
    before = _resident()
    count = sum(1 for unit in list_inputs([path], ReadOptions()) for _ in _some(unit))
    assert count >= 3
    assert _resident() - before < 40 << 20


def _some(unit: InputUnit) -> list[ParsedDocument | RecordError]:
    """The first records of a unit."""
    records = read_unit(unit, ReadOptions())
    return [next(records) for _ in range(100)]


def _resident() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("packed", [gzip.compress, bytes])
def test_it_tells_how_far_it_is_in_one_large_file(
    tmp_path: Path, packed: Callable[[bytes], bytes]
) -> None:
    records = [{"id": str(n), "text": samples.BODY + os.urandom(9000).hex()} for n in range(200)]
    path = tmp_path / "many.json"
    path.write_bytes(packed(json.dumps(records, ensure_ascii=False).encode()))
    (unit,) = list_inputs([path], ReadOptions())
    told: list[int] = []
    assert sum(1 for _ in read_unit(unit, ReadOptions(), told.append)) == 200
    assert len(told) == 200
    assert told == sorted(told)
    assert len(set(told)) > 1
    assert told[-1] == unit.size


def test_it_does_not_guess_how_far_it_is_in_a_zip(tmp_path: Path) -> None:
    """Its directory stands at the end and is read first."""
    path = tmp_path / "two.zip"
    path.write_bytes(samples.zipped({"a.txt": samples.text("أول"), "b.txt": samples.text("ثان")}))
    told: list[int] = []
    for unit in list_inputs([path], ReadOptions()):
        assert list(read_unit(unit, ReadOptions(), told.append))
    assert told == []
