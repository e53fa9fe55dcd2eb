"""What is taken from the server's messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.embedded_postgres.log import last_words, read_from


@pytest.mark.parametrize(
    ("output", "words"),
    [
        # Time stamps go, and what is no error goes where there is one.
        (
            "2026-01-01 00:00:00.000 UTC [7] LOG:  starting\n"
            "2026-01-01 00:00:00.000 UTC [7] FATAL:  no room\n",
            "FATAL:  no room",
        ),
        # Only the last two errors.
        ("FATAL:  a\nFATAL:  b\nPANIC:  c\n", "FATAL:  b; PANIC:  c"),
        # Without an error, the last line that says anything.
        ("waiting\nstopped waiting\n\n", "stopped waiting"),
        ("", "no message"),
    ],
)
def test_it_keeps_what_says_why(output: str, words: str) -> None:
    assert last_words(output) == words


def test_it_reads_what_came_after(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    assert read_from(log, 0) == ""
    log.write_text("before after")
    assert read_from(log, len("before ")) == "after"
