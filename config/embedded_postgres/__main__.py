"""By hand: python -m config.embedded_postgres start|stop|status."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from config.embedded_postgres import ServerError, ensure_running, release, status, stop
from config.embedded_postgres.place import place_of


def main(arguments: list[str] | None = None) -> int:
    """Start and leave running, stop, or report. Returns the exit code."""
    here = Path(__file__).resolve().parent.parent.parent
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
            place_of(data_dir).keep_file.touch()
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
