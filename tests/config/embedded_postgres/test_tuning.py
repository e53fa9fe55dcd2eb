"""The server's settings, from memory and from what it is for."""

from __future__ import annotations

import pytest

from config.embedded_postgres import tuning
from config.embedded_postgres.tuning import MB, buffer_wishes, settings_for


@pytest.mark.parametrize(
    ("memory", "wishes"),
    [
        (64 * 1024, [4096, 128, 32, 8]),
        (8 * 1024, [2048, 128, 32, 8]),
        (2 * 1024, [256, 128, 32, 8]),
        (1024, [128, 32, 8]),
        (128, [32, 8]),
    ],
)
def test_it_asks_for_less_each_time(
    monkeypatch: pytest.MonkeyPatch, memory: int, wishes: list[int]
) -> None:
    """All in MB."""
    monkeypatch.setattr(tuning, "memory_available", lambda: memory * MB)
    assert buffer_wishes() == [wish * MB for wish in wishes]


def test_it_risks_data_only_where_that_was_asked_for() -> None:
    safe = settings_for(512 * MB, modest=False, durable=True)
    assert not {"fsync", "synchronous_commit", "full_page_writes"} & set(safe)
    assert safe["shared_buffers"] == "512MB"
    quick = settings_for(512 * MB, modest=False, durable=False)
    assert quick["fsync"] == "off"
    assert quick["shared_buffers"] == "256MB"
    assert settings_for(8 * MB, modest=True, durable=True)["work_mem"] == "4MB"
