#!/usr/bin/env python
"""Django's command line, with the private database server running for as long as it lasts."""

from __future__ import annotations

import os
import sys

from config import launch

# Commands that never ask the database: no use starting it for them.
WITHOUT_DATABASE = frozenset(
    {
        *("check", "collectstatic", "compilemessages", "diffsettings"),
        *("findstatic", "help", "makemessages", "startapp", "startproject", "version"),
    }
)


def needs_database(arguments: list[str]) -> bool:
    """Whether the command line (without the program's name) can want the database."""
    if not arguments or arguments[0].startswith("-") or {"-h", "--help"} & set(arguments):
        return False
    if arguments[0] == "extract_statements":
        # From a file to standard output it needs none; stored articles are another matter.
        return not any(argument.split("=")[0] == "--input" for argument in arguments)
    return arguments[0] not in WITHOUT_DATABASE or "--database" in arguments


def main() -> int:
    """Run the command line. Returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        print(f"{error}. Run `make setup`, then .venv/bin/python manage.py …", file=sys.stderr)
        return 1
    return launch.with_database(
        lambda: execute_from_command_line(sys.argv), wanted=needs_database(sys.argv[1:])
    )


if __name__ == "__main__":
    sys.exit(main())
