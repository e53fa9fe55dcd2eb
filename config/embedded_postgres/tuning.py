"""The settings the server is given: how much memory, and what suits a search engine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from config.embedded_postgres import account
from config.embedded_postgres.place import PORT, Place

MB = 1024 * 1024


def memory_available() -> int:
    """Bytes of memory this process may use: the machine's, or its container's if less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):
            total = min(total, int(Path(limit).read_text()))
    return total


def _shared_buffers(memory: int) -> int:
    """A quarter of the memory up to 4 GB; an eighth below 4 GB, which others need too."""
    share = memory // 4 if memory >= 4096 * MB else memory // 8
    return max(32 * MB, min(share, 4096 * MB)) // MB * MB


def buffer_wishes() -> list[int]:
    """Bytes of shared buffers to ask for, each where the one before was refused."""
    first = _shared_buffers(memory_available())
    wishes = dict.fromkeys([first, 128 * MB, 32 * MB, 8 * MB])
    return [wish for wish in wishes if wish <= first]


def settings_for(shared_buffers: int, *, modest: bool, durable: bool) -> dict[str, str]:
    """Names and values for postgresql.conf, given bytes of shared buffers.

    `modest` is for the last wish, where memory is short; not `durable`, for tests.
    """
    memory = memory_available()
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "max_connections": "60",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "shared_buffers": f"{shared_buffers // MB}MB",
        "effective_cache_size": f"{max(memory * 6 // 10, 128 * MB) // MB}MB",
        "work_mem": "64MB",
        "maintenance_work_mem": f"{min(1024, max(64, memory // MB // 16))}MB",
        # Every query is a short one; what compiling or forking gains, starting it loses.
        "jit": "off",
        "max_parallel_workers_per_gather": "0",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "64",
        "max_wal_size": "4GB",
        "min_wal_size": "128MB",
        "checkpoint_timeout": "15min",
        "checkpoint_completion_target": "0.9",
        # Pages of the search indexes hardly shrink: adding to a large corpus never took longer
        # without, and the log grows by a sixth (docs/benchmarks.md).
        "wal_compression": "off",
        "wal_level": "minimal",  # Nothing replicates; bulk loads write far less.
        "max_wal_senders": "0",
        "track_io_timing": "on",
        "log_line_prefix": "%m [%p] ",
        "log_checkpoints": "off",
        "log_autovacuum_min_duration": "-1",
        "idle_in_transaction_session_timeout": "1h",
    }
    if modest:
        settings |= {
            "work_mem": "4MB",
            "maintenance_work_mem": "32MB",
            "max_connections": "20",
            "dynamic_shared_memory_type": "mmap",
        }
    if not durable:
        settings |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "120",
            "shared_buffers": f"{min(shared_buffers, 256 * MB) // MB}MB",
        }
    return settings


def write_settings(place: Place, settings: Mapping[str, str]) -> None:
    """Put them, and the socket's folder, where the server reads them at its start."""
    settings = {**settings, "unix_socket_directories": str(place.socket)}
    lines = ["# Written by Aqwal at every start; local changes go to the end of postgresql.conf."]
    lines += [f"{key} = '{value.replace(chr(39), chr(39) * 2)}'" for key, value in settings.items()]
    account.write(place.owner, place.cluster / "aqwal.conf", "\n".join(lines) + "\n")
