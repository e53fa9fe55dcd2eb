"""`make run`: make the database ready, then serve the site until Ctrl-C.

    python -m config.serve

The first time this imports the sample articles, so that there is something to search.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import CommandError, call_command

from config import env, launch
from config.paths import BASE_DIR, DATA_DIR

ADDRESS = "127.0.0.1"
SAMPLE = BASE_DIR / "corpus" / "sample" / "articles"
# Absent until the first run: then "started", and "done" once every sample article is in.
# An emptied database therefore stays empty, and an interrupted import is taken up again.
SAMPLE_MARK = DATA_DIR / "sample_import"
_SOME_REJECTED = 1  # The rest is in, and the command has said what is wrong with these.


def main() -> int:
    """Serve; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        port = env.integer("PORT", 8000, low=1, high=65535)
    except env.BadSetting as error:
        print(f"aqwal: {error}", file=sys.stderr)
        return 1
    # Asked before anything is started, since the web server would only say so at the end.
    if not _is_free(port):
        print(
            f"aqwal: something already answers on port {port}; try PORT={port + 1} make run",
            file=sys.stderr,
        )
        return 1
    pid = os.getpid()
    try:
        return launch.with_database(lambda: _serve(port))
    finally:
        if os.getpid() == pid:  # gunicorn's workers, forked below, come by here too.
            print("aqwal: stopped", flush=True)


def _serve(port: int) -> None:
    django.setup()
    from django.db import connections

    print("aqwal: preparing the database ...", flush=True)
    try:
        # The database check runs before migrating, and stops an unsuitable server here.
        call_command("migrate", verbosity=0, interactive=False)
    except CommandError as error:  # What SystemCheckError is, too
        sys.exit(f"aqwal: {error}")
    _import_sample()
    # Worker processes are forked from this one and must not share its connection.
    connections.close_all()
    _run_gunicorn(port)


def _import_sample() -> None:
    """Import the sample into an empty database, once."""
    from corpus.models import Article

    if not SAMPLE.is_dir():
        return
    mark = SAMPLE_MARK.read_text().strip() if SAMPLE_MARK.exists() else ""
    if mark == "done" or (not mark and Article.objects.exists()):
        return
    print("aqwal: importing the sample articles ...", flush=True)
    SAMPLE_MARK.parent.mkdir(parents=True, exist_ok=True)
    SAMPLE_MARK.write_text("started\n")
    # In a process of its own: what importing leaves in memory, above all its pool of helper
    # processes, must not be forked into the web server's workers.
    command = [sys.executable, "manage.py", "import_corpus", str(SAMPLE)]
    code = subprocess.run(command, cwd=BASE_DIR, check=False).returncode
    if code not in (0, _SOME_REJECTED):
        print(f"aqwal: the sample was not imported (exit code {code})", file=sys.stderr)
        return
    SAMPLE_MARK.write_text("done\n")


def _run_gunicorn(port: int) -> None:
    """Serve until a signal ends it; the address is printed when the site answers."""
    from gunicorn.app.base import BaseApplication

    def announce(server: object) -> None:
        from django.conf import settings

        # gunicorn reloads on this signal; a closed terminal means to end the site.
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        site = f"http://{ADDRESS}:{port}/"
        print(
            f"\nأقوال Aqwal is at      {site}\n"
            f"Administration is at   {site}{settings.AQWAL_ADMIN_PATH}\n"
            "To get an account there, type in another window: make admin\n"
            "Ctrl-C stops the site and its database.\n",
            flush=True,
        )

    options: dict[str, Any] = {
        "bind": f"{ADDRESS}:{port}",
        "worker_class": "gthread",
        # Every thread may hold a connection; the private server allows 60.
        "workers": 2,
        "threads": 8,
        "timeout": 30,
        "graceful_timeout": 10,
        "max_requests": 5000,
        "max_requests_jitter": 500,
        "loglevel": "warning",
        "proc_name": "aqwal",
        "when_ready": announce,
    }

    class Site(BaseApplication):  # type: ignore[misc]
        """gunicorn with these options and none from files or the command line."""

        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., object]:
            from config.wsgi import application

            return application

    Site().run()


def _is_free(port: int) -> bool:
    """Whether nothing listens on the port."""
    with socket.socket() as probe:
        # As gunicorn does, so that connections lingering from a run just ended do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError as error:
            raise SystemExit(f"aqwal: port {port} is for root only: {error}") from error
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
