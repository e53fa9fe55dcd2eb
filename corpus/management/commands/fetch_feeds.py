"""manage.py fetch_feeds: ask the feeds set in the administration for what is new."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from corpus.ingest.fetching import FeedsReport, fetch_feeds
from corpus.management.commands.import_corpus import positive
from corpus.models import Feed
from corpus.models.imports import Outcome

EXIT_CODES = """
exit codes:
  0    every feed that was due could be read, or none was due
  1    a feed could not be read, or some of its entries were rejected
  2    the command line makes no sense, there are no feeds, or none could be read
  130  interrupted: what was written stays
"""


class Command(BaseCommand):
    help = "Fetch the RSS and Atom feeds that are due and import their entries."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, epilog=EXIT_CODES, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="ask every enabled feed, due or not")
        parser.add_argument(
            "--feed",
            dest="feeds",
            action="append",
            default=[],
            type=positive,
            metavar="NUMBER",
            help="ask this feed, enabled and due or not; repeatable",
        )
        parser.add_argument(
            "--workers", type=positive, help="processes that write (default: one a core)"
        )
        parser.add_argument("--quiet", action="store_true", help="no progress, no summary")
        parser.add_argument(
            "--json", action="store_true", help="print the result as one object on the last line"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["quiet"] or options["verbosity"] == 0
        report, interrupted = FeedsReport(), False
        feeds = self._chosen(options["feeds"], options["all"])
        workers = options["workers"] or os.cpu_count() or 1
        try:
            fetch_feeds(feeds, workers=workers, quiet=quiet, report=report)
        except KeyboardInterrupt:
            interrupted = True
        if not quiet:
            self._summary(report)
        if options["json"]:
            said = {
                **report.imported.as_json(),
                "feeds": report.asked,
                "feeds_unchanged": report.unchanged,
                "feeds_failed": report.failed,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        self.stdout.flush()
        code = 130 if interrupted else exit_code(report)
        if code:
            sys.exit(code)

    def _chosen(self, numbers: list[int], everything: bool) -> list[Feed]:
        known = Feed.objects.select_related("source").order_by("pk")
        if numbers:
            chosen = list(known.filter(pk__in=numbers))
            if missing := sorted(set(numbers) - {feed.pk for feed in chosen}):
                raise CommandError(f"There is no feed {missing[0]}.", returncode=2)
            return chosen
        if not known.exists():
            raise CommandError("There are no feeds: add them in the administration.", returncode=2)
        now = timezone.now()
        return [feed for feed in known if (feed.enabled if everything else feed.is_due(now))]

    def _summary(self, report: FeedsReport) -> None:
        write = self.stdout.write
        write(
            f"Asked {report.asked:,} feeds: {report.unchanged:,} unchanged, "
            f"{len(report.failed):,} failed."
        )
        for url, problem in report.failed.items():
            write(f"  {url}: {problem}")
        result = report.imported
        counts = ", ".join(f"{outcome.value} {result.count(outcome):,}" for outcome in Outcome)
        write(f"Read {result.read:,} entries: {counts}.")


def exit_code(report: FeedsReport) -> int:
    """0, 1 or 2 as `EXIT_CODES` says."""
    if report.asked and len(report.failed) == report.asked:
        return 2
    return 1 if report.failed or report.imported.count(Outcome.REJECTED) else 0
