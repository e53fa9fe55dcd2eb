"""The system account the server runs under, and what is done in its name.

PostgreSQL refuses root; started by root, the server, its programs and its files are an
unprivileged account's.
"""

from __future__ import annotations

import pwd
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.embedded_postgres.errors import ServerError
from config.embedded_postgres.log import last_words


@dataclass(frozen=True)
class Owner:
    """The system account the server runs under; `switch` when it is not our own."""

    uid: int
    gid: int
    name: str
    switch: bool


def unprivileged(home: Path) -> Owner:
    """The account that owns the home, else `postgres`, else `nobody`."""
    with suppress(FileNotFoundError, KeyError):
        uid = home.stat().st_uid
        if uid != 0:
            account = pwd.getpwuid(uid)  # A KeyError falls through to the usual accounts.
            return Owner(account.pw_uid, account.pw_gid, account.pw_name, switch=True)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return Owner(account.pw_uid, account.pw_gid, account.pw_name, switch=True)
    raise ServerError(
        "PostgreSQL does not run as root and there is no account `postgres` or `nobody`."
    )


def name_of(uid: int) -> str:
    """What to call the account in a message, even where it has no name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def can_enter(owner: Owner, folder: Path) -> bool:
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


def run(
    owner: Owner, command: Sequence[str | Path], *, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's account, in a clean environment, and read what it says.

    Through files, not pipes: the server started by `pg_ctl` would inherit a pipe and hold it
    open for good.
    """
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TMPDIR": tempfile.gettempdir()}
    as_owner: dict[str, object] = {}
    if owner.switch:
        as_owner = {"user": owner.uid, "group": owner.gid, "extra_groups": []}
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


def write(owner: Owner, path: Path, text: str, *, append: bool = False) -> None:
    """Write a file as the server's account.

    Root must not write there itself: whoever took over that account could put a link to one
    of root's files in the way.
    """
    arrow = ">>" if append else ">"
    done = run(owner, ["/bin/sh", "-c", f'cat {arrow}"$1"', "sh", path], given=text)
    if done.returncode != 0:
        raise ServerError(f"{path} cannot be written: {last_words(done.stdout)}")
