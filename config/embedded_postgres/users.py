"""Using the server: whoever comes first starts it, the last one out stops it.

Everybody using it holds a shared lock on `users.lock` in the server's home.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.embedded_postgres import cluster, database
from config.embedded_postgres.errors import ServerError
from config.embedded_postgres.place import lock, make_home, place_of, refuse_foreign

_held: dict[Path, int] = {}  # Open lock files of this process, by server home.


@dataclass(frozen=True)
class Server:
    """A server that answers. `started` tells whether this call had to start it."""

    url: str
    started: bool
    log: Path


@dataclass(frozen=True)
class Status:
    """What is to be seen from outside. `pid` is None when nothing runs."""

    running: bool
    pid: int | None
    url: str
    log: Path


def url(data_dir: Path) -> str:
    """The address the data folder's server has, or will have, whether or not it runs."""
    return place_of(data_dir).url


def ensure_running(data_dir: Path, *, durable: bool = True) -> Server:
    """Make the data folder's server answer, and keep it until `release`.

    Creates the folder and the database the first time. `durable=False` trades safety after
    a power cut for speed; only for tests. Raises ServerError.
    """
    place = place_of(data_dir)
    make_home(place)
    if place.home not in _held:
        _held[place.home] = lock(place, "users.lock", fcntl.LOCK_SH)
    try:
        # Holding the shared lock nobody can stop the server; this one lets one of us start it.
        starting = lock(place, "start.lock", fcntl.LOCK_EX)
        try:
            started = not cluster.alive(place)
            if started:
                cluster.create(place, durable=durable)
                cluster.start(place, durable=durable)
            else:
                database.wait_until_it_answers(place)
            # Whoever started it may have been killed before creating the database.
            database.prepare(place)
            return Server(url=place.url, started=started, log=place.log)
        finally:
            os.close(starting)
    except BaseException:
        release(data_dir)
        raise


def release(data_dir: Path) -> bool:
    """Let go of the server; the last one out stops it. True when that was us."""
    place = place_of(data_dir)
    handle = _held.pop(place.home, None)
    if handle is None:
        return False
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if place.keep_file.exists() or not cluster.alive(place):
            return False
        cluster.stop(place)
        return True
    finally:
        os.close(handle)


@contextmanager
def running(data_dir: Path, *, durable: bool = True) -> Iterator[Server]:
    """A server for the length of a `with` block."""
    server = ensure_running(data_dir, durable=durable)
    pid = os.getpid()
    try:
        yield server
    finally:
        # A forked child leaving the block must not take the database from its parent.
        if os.getpid() == pid:
            release(data_dir)


def stop(data_dir: Path, *, force: bool = False) -> bool:
    """Stop the server now. False when it did not run.

    Raises ServerError when others are using it, unless `force`.
    """
    place = place_of(data_dir)
    refuse_foreign(place)
    place.keep_file.unlink(missing_ok=True)
    if not cluster.alive(place):
        return False
    handle = lock(place, "users.lock", fcntl.LOCK_SH)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not force:
                raise ServerError(
                    "The database is in use by another command; it stops when that ends."
                ) from None
        cluster.stop(place)
    finally:
        os.close(handle)
    return True


def destroy(data_dir: Path) -> None:
    """Stop the server, whoever uses it, and delete its data, wherever that was put."""
    place = place_of(data_dir)
    socket = place.socket
    if place.home.exists():
        stop(data_dir, force=True)
    handle = _held.pop(place.home, None)
    if handle is not None:
        os.close(handle)
    shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(socket, ignore_errors=True)


def status(data_dir: Path) -> Status:
    """Look, and change nothing."""
    place = place_of(data_dir)
    alive = cluster.alive(place)
    pid = cluster.recorded_pid(place) if alive else None
    return Status(running=alive, pid=pid, url=place.url, log=place.log)
