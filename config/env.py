"""Reading settings from the environment, strictly.

Every reader takes the variable's name and a default, returns a typed value, and raises
`BadSetting` with one clear sentence when the variable holds something else. A misspelt
`DEBUG=flase` must stop the program, not quietly mean the opposite of what was meant.
An empty variable counts as unset.

No Django here: `manage.py` and the private server read settings before Django exists.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


class BadSetting(ValueError):
    """An environment variable holds a value that cannot be used."""


class Connection(NamedTuple):
    """A database address, taken apart the way Django's DATABASES wants it."""

    name: str
    user: str
    password: str
    host: str
    port: str
    options: dict[str, Any]


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding spaces."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off, in any case."""
    value = text(name)
    if not value:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise BadSetting(f"{name} must be 1 or 0, not {value!r}.")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between low and high, both included."""
    value = text(name)
    if not value:
        return default
    # int() would also take "1_000" and Arabic-Indic digits, which no other tool reading
    # the same variable (the shell, Make) understands.
    if not re.fullmatch(r"-?[0-9]+", value):
        raise BadSetting(f"{name} must be a whole number, not {value!r}.")
    if not low <= int(value) <= high:
        raise BadSetting(f"{name} must be between {low} and {high}, not {value}.")
    return int(value)


def words(name: str) -> list[str]:
    """A comma-separated list; empty parts are dropped."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute folder path; it need not exist. A relative one counts from the default's."""
    value = text(name)
    return (default.parent / Path(value).expanduser()).resolve() if value else default.resolve()


def url_path(name: str, default: str) -> str:
    """A path below the site's address, with one slash at its end and none before it."""
    value = text(name, default).strip("/")
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*", value, re.ASCII):
        raise BadSetting(f"{name} must be letters, digits, - and _, such as 'curation/'.")
    return f"{value}/"


def time_zone(name: str, default: str) -> str:
    """The name of a time zone this system knows, such as Africa/Tunis."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"{name} must name a time zone, such as Asia/Amman.") from None
    return value


def database(name: str, default: str) -> Connection:
    """A PostgreSQL address as libpq reads it: postgresql://user:password@host:port/name?option=…

    libpq's own parser is used, so that sockets, percent-encoding and options such as
    sslmode mean here what they mean to psql.
    """
    url = text(name, default)
    # The address may hold a password: never repeat it in a message.
    if not url.startswith(("postgresql://", "postgres://")):
        raise BadSetting(f"{name} must begin with postgresql://.")
    try:
        parts: Mapping[str, Any] = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise BadSetting(f"{name} is not a PostgreSQL address.") from error
    if not parts.get("dbname"):
        raise BadSetting(f"{name} must name a database: postgresql://user@host/name.")
    known = {"dbname", "user", "password", "host", "port"}
    return Connection(
        name=str(parts["dbname"]),
        user=str(parts.get("user", "")),
        password=str(parts.get("password", "")),
        host=str(parts.get("host", "")),
        port=str(parts.get("port", "")),
        options={key: value for key, value in parts.items() if key not in known},
    )


def secret(name: str, keep_in: Path | None) -> str:
    """The secret in the variable, else the one kept in the file, else a new one kept there.

    `keep_in` None means that no secret may be made up: the variable must be set. The file
    is readable by its owner only. Of several processes arriving at once all get the same.
    """
    value = text(name)
    if value:
        return value
    if keep_in is None:
        raise BadSetting(f"{name} must be set to a long random text.")
    keep_in.parent.mkdir(parents=True, exist_ok=True)
    draft = keep_in.with_name(f"{keep_in.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        if not keep_in.exists():
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
            try:
                # A link fails where the file has meanwhile appeared; a rename would replace it.
                os.link(draft, keep_in)
            except FileExistsError:
                pass
        return keep_in.read_text().strip()
    except OSError as error:
        raise BadSetting(f"{name} is unset and {keep_in} cannot be used: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)
