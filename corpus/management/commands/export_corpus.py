"""manage.py export_corpus FILE: everything people need, as JSON lines."""

from __future__ import annotations

import gzip
import os
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from corpus.ingest.exporting import lines
from corpus.models import Article
from corpus.progress import Progress


class Command(BaseCommand):
    help = (
        "Write articles, statements, speakers and curation as JSON lines; import_corpus FILE "
        "on a fresh instance makes the same corpus of them. A FILE ending in .gz is "
        "compressed; - is standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["file"]
        written = 0
        progress = Progress(
            Article.objects.count(),
            "articles",
            quiet=options["quiet"] or options["verbosity"] == 0,
        )
        path = None if name == "-" else Path(name)
        # Written beside and moved, so that there is never half an export of that name.
        beside = path.with_name(f"{path.name}.part") if path else None
        inside = connection.in_atomic_block  # a caller's transaction has its own isolation
        try:
            with self._open(beside, name) as stream, transaction.atomic():
                if not inside:
                    # One moment of the corpus, whatever is imported meanwhile.
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                for line in lines():
                    stream.write(line)
                    written += 1
                    if line.startswith('{"article"'):
                        progress.advance(1, 1)
            if beside and path:
                os.replace(beside, path)
        except OSError as error:
            raise CommandError(f"{name}: {error}", returncode=2) from error
        finally:
            progress.close()
            if beside:
                beside.unlink(missing_ok=True)
        if path and not options["quiet"]:
            self.stdout.write(f"{written:,} lines written to {path}.")

    def _open(self, path: Path | None, name: str) -> Any:
        if path is None:
            return nullcontext(self.stdout._out if hasattr(self.stdout, "_out") else sys.stdout)
        if name.endswith(".gz"):
            # No name and no time inside, so that equal exports are equal files.
            raw = gzip.GzipFile("", "wb", 6, open(path, "wb"), mtime=0)  # noqa: SIM115
            return TextIOWrapper(cast(IO[bytes], raw), encoding="utf-8", newline="\n")
        return open(path, "w", encoding="utf-8", newline="\n")
