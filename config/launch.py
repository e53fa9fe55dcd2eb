"""Running something with the database there, and leaving nothing behind when it ends."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from types import FrameType

from config import embedded_postgres, env
from config.paths import DATA_DIR


def with_database(work: Callable[[], object], *, wanted: bool = True) -> int:
    """Do the work with the private server running where DATABASE_URL names no other.

    SIGTERM and SIGHUP end the work like Ctrl-C does, so that the server is stopped then too.
    Returns the exit code: 1 after a server that cannot start or a setting that is wrong.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        private = wanted and not env.text("DATABASE_URL")
        with embedded_postgres.running(DATA_DIR) if private else nullcontext():
            work()
    except (embedded_postgres.ServerError, env.BadSetting) as error:
        print(f"aqwal: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    # A second signal while the server is being stopped must not interrupt the stopping.
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)
