"""The server itself: its files made by `initdb`, started, stopped, and found alive or dead."""

from __future__ import annotations

import locale
import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from config.embedded_postgres import account, binaries, log, tuning
from config.embedded_postgres.errors import ServerError
from config.embedded_postgres.place import PORT, SUPERUSER, Place, make_socket_folder

START_SECONDS = 600  # Crash recovery of a million articles took 25 s; a slow disk takes longer.
_WAIT = ("-w", "-t", str(START_SECONDS))

# What PostgreSQL says when the memory we asked for is not to be had, as in small containers.
_NO_MEMORY = re.compile(
    r"could not (map anonymous|create|resize|open) shared memory|Cannot allocate memory"
    r"|could not create semaphores|insufficient.* memory",
    re.IGNORECASE,
)
_OLD_BACKENDS = re.compile(r"pre-existing shared memory block|is the old server still running")


def recorded_pid(place: Place) -> int | None:
    """The process number in the pid file, whoever has it now; None where there is none."""
    try:
        return int(place.pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def alive(place: Place) -> bool:
    """Whether the process named in the pid file lives and is this folder's server.

    After a reboot, and often in containers, the number belongs to some other process.
    """
    pid = recorded_pid(place)
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


def create(place: Place, *, durable: bool) -> None:
    """Run `initdb` where it has not been run; check that the binaries fit where it has."""
    programs = binaries.folder(place)
    version_file = place.cluster / "PG_VERSION"
    if version_file.exists():
        has = version_file.read_text().strip()
        said = account.run(place.owner, [programs / "postgres", "--version"]).stdout
        brings = said.split()[-1].split(".")[0]
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
    done = account.run(
        place.owner,
        [
            programs / "initdb",
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
        raise ServerError(f"initdb failed: {log.last_words(done.stdout)}")
    own = "\ninclude 'aqwal.conf'  # Written anew at every start\n"
    account.write(place.owner, draft / "postgresql.conf", own, append=True)
    # Only the server's own account and root may log in, and only as the one database user.
    account.write(place.owner, draft / "pg_hba.conf", "local all all peer map=aqwal\n")
    names = dict.fromkeys([place.owner.name, "root"])
    map_lines = "".join(f'aqwal "{name}" {SUPERUSER}\n' for name in names)
    account.write(place.owner, draft / "pg_ident.conf", map_lines)
    draft.rename(place.cluster)


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


def start(place: Place, *, durable: bool) -> None:
    """Start the server, with less memory where the first wish is refused."""
    _remove_stale_locks(place)
    make_socket_folder(place)
    programs = binaries.folder(place)
    wishes = tuning.buffer_wishes()
    patience = time.monotonic() + 120
    while True:
        modest = len(wishes) == 1
        settings = tuning.settings_for(wishes[0], modest=modest, durable=durable)
        tuning.write_settings(place, settings)
        log.trim(place.log)
        log_before = place.log.stat().st_size if place.log.exists() else 0
        done = account.run(
            place.owner,
            [*(programs / "pg_ctl", "-D", place.cluster, "-l", place.log), *_WAIT, "start"],
        )
        if done.returncode == 0:
            break
        said = log.read_from(place.log, log_before)
        if _OLD_BACKENDS.search(said) and time.monotonic() < patience:
            time.sleep(0.5)  # A killed server's backends leave when their query ends.
        elif _NO_MEMORY.search(said) and len(wishes) > 1:
            wishes.pop(0)
        else:
            raise ServerError(
                f"PostgreSQL did not start: {log.last_words(said or done.stdout)} (see {place.log})"
            )


def stop(place: Place) -> None:
    """Stop the server without waiting for its clients, and remove the socket's folder."""
    socket = place.socket  # Known from the running server, so asked before it goes.
    done = account.run(
        place.owner,
        [*(binaries.folder(place) / "pg_ctl", "-D", place.cluster, "-m", "fast"), *_WAIT, "stop"],
    )
    if done.returncode != 0 and alive(place):
        raise ServerError(f"PostgreSQL did not stop: {log.last_words(done.stdout)}")
    with suppress(OSError):  # Left where it is if something else is in it.
        socket.rmdir()


def _remove_stale_locks(place: Place) -> None:
    """Remove the lock files of a server that is gone; the caller holds the start lock.

    PostgreSQL does so itself, unless a process with the recorded number lives: after a
    reboot that is some other program, and in a container whose first process buries nobody
    it is the killed server's own zombie. The orphans of a killed server are still noticed,
    by the shared memory they hold.
    """
    if not alive(place):
        place.pid_file.unlink(missing_ok=True)
        for left in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (place.socket / left).unlink(missing_ok=True)
