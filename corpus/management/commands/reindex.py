"""`manage.py reindex`: search rows of an older format or analysis, brought up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from corpus.reindexing import mark_all_stale, reindex, stale_articles


class Command(BaseCommand):
    help = (
        "Rebuild search rows that are missing or of an older version, then the document"
        " frequencies. Interrupted, it goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="rebuild every row")
        parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="rebuild every row the fast way; until it ends, search finds nothing",
        )
        parser.add_argument("--quiet", action="store_true", help="no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["workers"] <= 64:
            raise CommandError("--workers takes 1 to 64.", returncode=2)
        if options["all"] or options["bulk"]:
            mark_all_stale()
        done = 0
        with tqdm(
            total=stale_articles(), unit="articles", disable=options["quiet"] or None
        ) as progress:
            for number in reindex(workers=options["workers"], bulk=options["bulk"]):
                done += number
                progress.update(number)
        self.stdout.write(f"{done} articles reindexed; frequencies rebuilt.")
