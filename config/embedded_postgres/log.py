"""What the server and its programs have said: kept short, and the lines of it that tell why."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_LARGE = 10 * 1024 * 1024  # Bytes.


def trim(log: Path) -> None:
    """Keep one earlier log, so that years of starting and stopping do not fill the disk."""
    with suppress(FileNotFoundError):
        if log.stat().st_size > _LARGE:
            log.replace(log.with_suffix(".log.old"))


def read_from(path: Path, offset: int) -> str:
    """What a log says after this many bytes; nothing where there is no log."""
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def last_words(output: str) -> str:
    """The lines that say what went wrong, without their time stamps; else the last line."""
    lines = [re.sub(r"^.*?\] (?=[A-Z]+:)", "", line).strip() for line in output.splitlines()]
    errors = [line for line in lines if re.search(r"\b(FATAL|PANIC|error|invalid)\b", line)]
    said = errors[-2:] or [line for line in lines if line][-1:]
    return "; ".join(said) or "no message"
