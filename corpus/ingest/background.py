"""Files sent through the admin, imported by a process of their own.

The run is recorded before the process begins, so that there is a page to watch; the
process takes it up (`runs.recorded_run`) and goes on whatever becomes of the web server.
One that is killed leaves a run that reads as interrupted and a file to try again with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from corpus.importers.containers import legible
from corpus.models import ImportRun

LONGEST_NAME = 100  # characters; Arabic ones are two bytes, and file systems allow 255
AGAIN = (ImportRun.State.INTERRUPTED, ImportRun.State.FAILED)

# Asked now and then whether they have ended, or they would stay in the process table.
_children: list[subprocess.Popen[bytes]] = []


def start_command(*arguments: str) -> None:
    """Run `manage.py` with these arguments, detached from this process."""
    folder = Path(settings.AQWAL_UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    _children[:] = [child for child in _children if child.poll() is None]
    with open(folder / "log.txt", "ab") as log:
        _children.append(
            subprocess.Popen(
                [sys.executable, str(settings.AQWAL_MANAGE), *arguments],
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )


def receive(
    name: str, pieces: Iterable[bytes], *, source: str, format: str, by: int | None
) -> ImportRun:
    """Keep an uploaded file and start its import; the run to watch. `by` is a user's id.

    `name` is what the sender calls the file: it is shown, and ids are made of it where
    the records have none.
    """
    name = _safe(name)
    run = ImportRun.objects.create(
        state=ImportRun.State.WAITING,
        inputs=[name],
        options={"source": source, "format": format},
        by_id=by,
    )
    # In a folder called as the file is: importers take it for the source of records
    # that name none.
    place = Path(str(run.pk)) / (Path(name).stem or "upload") / name
    path = Path(settings.AQWAL_UPLOADS) / place
    path.parent.mkdir(parents=True)
    with open(path, "wb") as stream:
        for piece in pieces:
            stream.write(piece)
    run.upload = str(place)
    run.save(update_fields=["upload"])
    _start(run)
    return run


def _safe(name: str) -> str:
    """A file name of one part, not hidden, and short enough for any file system."""
    name = legible(name).replace("/", " ").replace("\\", " ").strip(" .") or "upload"
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= LONGEST_NAME:
        return name
    return f"{stem[: LONGEST_NAME - 12]}{dot}{suffix[:10]}" if dot else name[:LONGEST_NAME]


def again(run: ImportRun, by: int | None) -> ImportRun | None:
    """Import the file of a run that did not reach its end once more; the new run.

    None where there is nothing to do: it did, or its file is gone.
    """
    if run.state not in AGAIN or not run.upload:
        return None
    if not (Path(settings.AQWAL_UPLOADS) / run.upload).is_file():
        return None
    # The file goes over to the new run. Whoever asks second finds it gone.
    if not ImportRun.objects.filter(pk=run.pk, upload=run.upload).update(upload=""):
        return None
    new = ImportRun.objects.create(
        state=ImportRun.State.WAITING,
        inputs=run.inputs,
        options=run.options,
        upload=run.upload,
        by_id=by,
    )
    _start(new)
    return new


def _start(run: ImportRun) -> None:
    arguments = ["import_corpus", str(Path(settings.AQWAL_UPLOADS) / run.upload)]
    arguments += ["--run", str(run.pk), "--quiet"]
    arguments += ["--format", run.options.get("format") or "auto"]
    if source := run.options.get("source"):
        arguments += [f"--source={source}"]
    start_command(*arguments)


def forget_upload(run: int) -> None:
    """Remove the file of a run that has reached its end: what it held is stored."""
    row = ImportRun.objects.filter(pk=run, state=ImportRun.State.FINISHED).first()
    if row is None or not row.upload:
        return
    shutil.rmtree(
        Path(settings.AQWAL_UPLOADS) / Path(row.upload).parts[0],
        onerror=_tolerate,
    )
    ImportRun.objects.filter(pk=run).update(upload="")


def _tolerate(_function: object, path: str, _problem: object) -> None:
    """A file that cannot be removed is left to the operator, not a failed import."""
    sys.stderr.write(f"{os.path.basename(path)} could not be removed\n")
