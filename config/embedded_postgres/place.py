"""Where one server's files and socket lie, whose they are, and the locks beside them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from config.embedded_postgres import account
from config.embedded_postgres.errors import ServerError

DATABASE = "aqwal"
SUPERUSER = "aqwal"
PORT = 5432

# Where the server user cannot reach the data folder (a clone under /root), its files go here.
SYSTEM_HOME = Path("/var/lib/aqwal")


@dataclass(frozen=True)
class Place:
    """Every path of one server."""

    home: Path
    owner: account.Owner

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


def place_of(data_dir: Path) -> Place:
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
        return Place(home, account.Owner(me.pw_uid, me.pw_gid, me.pw_name, switch=False))
    elsewhere = SYSTEM_HOME / hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    owner = account.unprivileged(home)
    # Once made elsewhere the data stays there, even if the folder has been opened since.
    if elsewhere.exists() or not account.can_enter(owner, home):
        return Place(elsewhere, account.unprivileged(elsewhere))
    return Place(home, owner)


def make_home(place: Place) -> None:
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
    refuse_foreign(place)


def refuse_foreign(place: Place) -> None:
    """Say so where the files belong to somebody else, as after running as root once."""
    with suppress(FileNotFoundError):
        owner = place.home.stat().st_uid
        if owner != place.owner.uid:
            raise ServerError(
                f"{place.home} belongs to {account.name_of(owner)}: run as that user (or root), or "
                "set AQWAL_DATA_DIR to another folder."
            )


def make_socket_folder(place: Place) -> None:
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


def lock(place: Place, name: str, kind: int) -> int:
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
