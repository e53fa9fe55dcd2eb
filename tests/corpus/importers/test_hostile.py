"""The hostile corpus: every file accounted for, nothing raised, memory bounded."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from corpus.importers import ReadOptions, list_inputs
from tests.corpus.importers import hostile

ROOT = Path(__file__).resolve().parents[3]

# Issue 6 allows an import 1 GB; reading alone must leave room for the rest of it.
MEMORY_BYTES = 800 << 20

# Read in a process of its own, so that its memory is its own; one line a record.
READER = """
import json, resource, sys
from pathlib import Path
from corpus.documents import RecordError
from corpus.importers import ReadOptions, read
for record in read([Path(sys.argv[1])], ReadOptions()):
    error = isinstance(record, RecordError)
    text = "" if error else record.title + record.body + record.raw_text + record.external_id
    print(json.dumps({
        "file": record.file,
        "reason": record.reason if error else "",
        "count": record.count if error else 1,
        "problem": "" if error else record.date_problem,
        "storable": "\\0" not in text and text.encode("utf-8", "replace").decode() == text,
        "leak": "root:" in text,
    }))
print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[hostile.Case]]:
    """The corpus on disk, and its cases."""
    folder = tmp_path_factory.mktemp("hostile") / "corpus"
    folder.mkdir()
    (folder.parent / "outside.txt").write_bytes(hostile.GOOD)
    return folder, hostile.build(folder)


@pytest.fixture(scope="module")
def records(corpus: tuple[Path, list[hostile.Case]]) -> list[dict[str, object]]:
    """What reading the corpus yields, and in the last record the memory it took."""
    done = subprocess.run(
        [sys.executable, "-c", READER, str(corpus[0])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_is_large_enough(corpus: tuple[Path, list[hostile.Case]]) -> None:
    assert len(corpus[1]) >= 200


def test_it_accounts_for_every_file_as_it_must(
    corpus: tuple[Path, list[hostile.Case]], records: list[dict[str, object]]
) -> None:
    folder, cases = corpus
    by_file: dict[str, list[dict[str, object]]] = defaultdict(list)
    for record in records[:-1]:
        by_file[str(record["file"]).partition("!")[0]].append(record)
    wrong = {}
    for case in cases:
        found = by_file.pop(legible(folder / case.path), [])
        reasons = [str(r["reason"]) for r in found if r["reason"]]
        documents = len(found) - len(reasons)
        if (
            not found
            or (case.documents is not None and documents != case.documents)
            or (case.reasons is not None and Counter(reasons) != Counter(case.reasons))
        ):
            wrong[case.path[-60:]] = (documents, dict(Counter(reasons)), case.documents,
                                      case.reasons and dict(Counter(case.reasons)))  # fmt: skip
    assert wrong == {}
    assert by_file == {}


def legible(path: Path) -> str:
    """The path as reports show it."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape").decode("cp1256")
    return text


def test_it_counts_every_empty_member(records: list[dict[str, object]]) -> None:
    counted = sum(int(str(r["count"])) for r in records[:-1] if "million.zip" in str(r["file"]))
    assert counted == 1_000_000


def test_it_yields_only_what_can_be_stored_and_no_one_elses_file(
    records: list[dict[str, object]],
) -> None:
    assert [r["file"] for r in records[:-1] if not r["storable"] or r["leak"]] == []


def test_it_believes_no_date_that_never_was(records: list[dict[str, object]]) -> None:
    dated = [r for r in records[:-1] if "/dates/" in str(r["file"])]
    believed = [r["file"] for r in dated if not r["problem"]]
    # null, true and a list are no dates: nothing was said, and nothing is wrong.
    assert [Path(str(f)).name for f in believed] == BELIEVED


BELIEVED = ["19.jsonl", "number3.jsonl", "number4.jsonl"]


def test_it_stays_within_its_memory(records: list[dict[str, object]]) -> None:
    assert int(str(records[-1]["peak"])) < MEMORY_BYTES


def test_its_plan_is_plain_data_and_the_same_twice(
    corpus: tuple[Path, list[hostile.Case]],
) -> None:
    units = list(list_inputs([corpus[0]], ReadOptions()))
    assert units == list(list_inputs([corpus[0]], ReadOptions()))
    assert pickle.loads(pickle.dumps(units)) == units
    assert len({unit.key for unit in units}) == len(units)
