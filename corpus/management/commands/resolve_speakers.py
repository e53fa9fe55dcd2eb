"""manage.py resolve_speakers: every statement's speaker again, from the whole corpus."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Max

from corpus.models import Article, MergeProposal, Speaker, SpeakerDue
from corpus.progress import Progress
from corpus.resolution.proposing import WEIGHT, propose_merges
from corpus.resolution.rerun import clean_up, resolve_batches
from corpus.resolution.settling import one_at_a_time


class Command(BaseCommand):
    help = (
        "Resolve all speakers again. The result does not depend on the order of imports; "
        "what a curator decided is kept. Interrupted, run it again: only what differs is "
        "written. Speakers that may be one are proposed to curators, who find them in the "
        "administration; the first of them are listed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="no progress, no proposals")
        parser.add_argument(
            "--proposals", type=int, default=10, metavar="N", help="list at most N (default 10)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["quiet"] or options["verbosity"] == 0
        total = Article.objects.count()
        changed = 0
        with one_at_a_time():
            due = SpeakerDue.objects.aggregate(last=Max("pk"))["last"] or 0
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
            SpeakerDue.objects.filter(pk__lte=due).delete()
        proposed = propose_merges()
        if quiet:
            return
        self.stdout.write(
            f"{total:,} articles: {changed:,} statements changed speaker or reason; "
            f"{Speaker.objects.count():,} speakers, {removed:,} left without statements removed."
        )
        self.stdout.write(f"{proposed:,} merges proposed.")
        open_ones = MergeProposal.objects.filter(state=MergeProposal.State.OPEN)
        listed = open_ones.select_related("one", "other").order_by(WEIGHT.desc(), "one", "other")
        for row in listed[: max(options["proposals"], 0)]:
            self.stdout.write(
                f"may be one ({row.reason}): {row.one_id} {row.one.name} ({row.one_statements}) | "
                f"{row.other_id} {row.other.name} ({row.other_statements})"
            )
