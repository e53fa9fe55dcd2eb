"""manage.py resolve_speakers: every statement's speaker again, from the whole corpus."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from corpus.models import Article, Speaker
from corpus.progress import Progress
from corpus.resolving import clean_up, proposed_merges, resolve_batches


class Command(BaseCommand):
    help = (
        "Resolve all speakers again. The result does not depend on the order of imports; "
        "what a curator decided is kept. Interrupted, run it again: only what differs is "
        "written. Ends with a list of speakers that may be one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="no progress, no proposals")
        parser.add_argument(
            "--proposals", type=int, default=50, metavar="N", help="list at most N (default 50)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["quiet"] or options["verbosity"] == 0
        total = Article.objects.count()
        changed = 0
        # Full names first: which surname has one bearer is known only when all are.
        for surnames in (False, True):
            progress = Progress(total, "articles", quiet=quiet)
            try:
                for articles, different in resolve_batches(surnames=surnames):
                    progress.advance(articles, articles)
                    changed += different
            finally:
                progress.close()
        removed = clean_up()
        if quiet:
            return
        self.stdout.write(
            f"{total:,} articles: {changed:,} statements changed speaker or reason; "
            f"{Speaker.objects.count():,} speakers, {removed:,} left without statements removed."
        )
        found = proposed_merges()
        for number, (one, other, why) in enumerate(found):
            if number == options["proposals"]:
                self.stdout.write(f"… and more; --proposals N lists N of {len(found):,}.")
                break
            self.stdout.write(f"may be one ({why}): {one.pk} {one.name} | {other.pk} {other.name}")
