"""manage.py extract_statements: a file's statements to standard output, or stored articles
brought to the current extractor's version."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.progress import Progress
from corpus.quotes.extract import EXTRACTOR_VERSION, extract_statements
from corpus.quotes.types import Field, FoundStatement


class Command(BaseCommand):
    help = (
        "With --input, print the statements of a file's articles; no database is needed. "
        "Without it, extract stored articles again that an older extractor read. What a "
        "curator touched is kept."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--input",
            type=Path,
            metavar="FILE",
            help="articles with id, title and text: a JSON array, or JSON lines",
        )
        parser.add_argument(
            "--since",
            type=int,
            metavar="VERSION",
            help="only articles read by this version of the extractor or a later one",
        )
        parser.add_argument(
            "--article", type=int, metavar="ID", help="only this article, whatever its version"
        )
        parser.add_argument("--workers", type=int, help="processes (default: one a core)")
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["input"] is not None:
            for article in read_articles(options["input"]):
                self.stdout.write(json.dumps(predicted(article), ensure_ascii=False))
            return
        self._stored(options)

    def _stored(self, options: dict[str, Any]) -> None:
        # Needs the database, which --input does without.
        from django.db.models import Q

        from corpus.ingest.extracting import bring_up_to_date, outdated
        from corpus.models import Article

        which = Q(pk=options["article"]) if options["article"] else outdated(options["since"])
        total = Article.objects.filter(which).count()
        if options["article"] and not total:
            raise CommandError(f"There is no article {options['article']}.", returncode=2)
        quiet = options["quiet"] or options["verbosity"] == 0
        progress = Progress(total, "articles", quiet=quiet)
        counts: Counter[str] = Counter()
        interrupted = False
        try:
            workers = options["workers"] or os.cpu_count() or 1
            for batch in bring_up_to_date(which, workers=workers):
                counts += batch
                progress.advance(batch["articles"], batch["articles"])
        except KeyboardInterrupt:
            interrupted = True
        finally:
            progress.close()
        if not quiet:
            self.stdout.write(
                f"{counts['articles']:,} articles at version {EXTRACTOR_VERSION}: statements "
                f"added {counts['added']:,}, changed {counts['changed']:,}, removed "
                f"{counts['removed']:,}, unchanged {counts['same']:,}, kept as curated "
                f"{counts['kept']:,}."
            )
            if counts["failed"]:
                self.stdout.write(f"Could not be read, left as they were: {counts['failed']:,}.")
        if interrupted:
            self.stdout.write("Interrupted; run it again to go on.")
            sys.exit(130)
        if counts["failed"]:
            sys.exit(1)


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a JSON array or of JSON lines; CommandError where it is neither."""
    try:
        with open(path, encoding="utf-8-sig") as stream:
            start = stream.read(1)
            while start.isspace():
                start = stream.read(1)
            stream.seek(0)
            if start == "[":
                yield from json.load(stream)
                return
            for line in stream:
                if line.strip():
                    yield json.loads(line)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}", returncode=2) from error


def predicted(article: dict[str, Any]) -> dict[str, Any]:
    """One article's line for `score_statements.py`, whose offsets point into the text.

    The title's statements stand apart, since their offsets point elsewhere.
    """
    found = extract_statements(article.get("title") or "", article.get("text") or "")
    return {
        "id": article.get("id"),
        "statements": [_as_json(one) for one in found if one.field is Field.BODY],
        "title_statements": [_as_json(one) for one in found if one.field is Field.TITLE],
    }


def _as_json(found: FoundStatement) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "speaker": found.speaker,
        "speaker_name": found.speaker_name,
        "cue": found.cue,
        "confidence": round(found.confidence, 3),
        "rule": found.rule,
    }
