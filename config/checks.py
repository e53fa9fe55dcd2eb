"""System checks: is this PostgreSQL one that Arabic search can work on?

Tagged as database checks: `migrate`, `make run` and `check --database default` run them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, connections

OLDEST_VERSION = 16


@register(Tags.database)
def database_holds_arabic(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """At most one error per database: unreachable, too old, wrong encoding, wrong ctype."""
    found = [_examine(alias) for alias in databases or []]
    return [message for message in found if message is not None]


def _examine(alias: str) -> CheckMessage | None:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                """
                SELECT current_setting('server_version_num')::int / 10000,
                       current_setting('server_version'),
                       current_setting('server_encoding')
                """
            )
            version, full_version, encoding = cursor.fetchone()
            if version < OLDEST_VERSION:
                return Error(
                    f"PostgreSQL {OLDEST_VERSION} or newer is needed; this server is "
                    f"{full_version}.",
                    id="aqwal.E002",
                )
            if encoding != "UTF8":
                return Error(
                    f"The database's encoding must be UTF8 to hold Arabic; it is {encoding}.",
                    hint=_RECREATE,
                    id="aqwal.E003",
                )
            # Asked of the parser itself, since the name of a ctype tells little: under
            # plain C the Arabic comma is taken for a letter of the word before it.
            cursor.execute("SELECT strpos(to_tsvector('simple', %s)::text, '،')", ["الحكومة، قال"])
            if cursor.fetchone()[0]:
                return Error(
                    "The database's LC_CTYPE does not know Arabic letters, so search would "
                    "find too little.",
                    hint=_RECREATE,
                    id="aqwal.E004",
                )
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        return Error(f"The database does not answer: {reason}", id="aqwal.E001")
    return None


_RECREATE = "CREATE DATABASE aqwal TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8'"
