"""manage.py import_corpus PATH...: take Arabic news in, in whatever form it comes."""

from __future__ import annotations

import json
import os
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.importers import FORMATS
from corpus.ingest.background import forget_upload
from corpus.ingest.importing import ImportOptions, Report, run_import
from corpus.ingest.runs import NotWaitingError
from corpus.models.imports import ImportRecord, Outcome

REJECTED_SHOWN = 5  # with file and place; all of them stand in the administration pages

EXIT_CODES = """
exit codes:
  0    everything was taken in, or was there already
  1    something was rejected, or the run failed
  2    the command line makes no sense, or there was nothing that could be read
  130  interrupted: what was written stays, and the next run goes on from there
"""


def date(text: str) -> datetime:
    """YYYY-MM-DD, with a time if wanted; UTC where no zone is given."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2015-07-31") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def mapping(text: str) -> tuple[str, str]:
    """OURS=THEIRS."""
    ours, equals, theirs = text.partition("=")
    if not (ours.strip() and equals and theirs.strip()):
        raise ArgumentTypeError(f"{text!r} is no mapping; write it as title=headline")
    return ours.strip(), theirs.strip()


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


class Command(BaseCommand):
    help = "Import articles from files, folders and archives. Running it again is safe."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(prog_name, subcommand, epilog=EXIT_CODES, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", type=Path)
        parser.add_argument(
            "--format", default="auto", help="what the files are (default: found out by content)"
        )
        parser.add_argument("--source", default="", help="source of articles that name none")
        parser.add_argument(
            "--map",
            dest="field_map",
            action="append",
            default=[],
            type=mapping,
            metavar="OURS=THEIRS",
            help="our field and the files' name for it, as title=headline; repeatable",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument(
            "--workers", type=positive, help="processes that write (default: one a core)"
        )
        parser.add_argument("--limit", type=positive, help="read so many records, no more")
        parser.add_argument(
            "--since", type=date, help="pass over articles published before; undated ones are taken"
        )
        parser.add_argument(
            "--update",
            choices=("changed", "never"),
            default="changed",
            help="what to do with a stored article that reads differently now",
        )
        parser.add_argument("--quiet", action="store_true", help="no progress, no summary")
        parser.add_argument(
            "--json", action="store_true", help="print the result as one object on the last line"
        )
        parser.add_argument("--list-formats", action="store_true", help="say what can be read")
        parser.add_argument(
            "--bulk", action="store_true", help="for a large first load: index at the end"
        )
        # A run that the administration has recorded for a file sent to it.
        parser.add_argument("--run", type=positive, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list_formats"]:
            for name, importer in FORMATS.items():
                self.stdout.write(f"{name:<14} {importer.description}")
            return
        quiet = options["quiet"] or options["verbosity"] == 0
        interrupted: list[bool] = []
        report = Report()
        chosen = self._options(options)
        try:
            run_import(chosen, quiet=quiet, report=report)
            if options["run"]:
                forget_upload(options["run"])
        except NotWaitingError as error:
            raise CommandError(f"{error}.", returncode=2) from error
        except KeyboardInterrupt:
            interrupted.append(True)
        if not quiet:
            self._summary(report, chosen, bool(interrupted))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        self.stdout.flush()
        code = 130 if interrupted else exit_code(report)
        if code:
            sys.exit(code)

    def _options(self, options: dict[str, Any]) -> ImportOptions:
        paths: list[Path] = options["paths"]
        if not paths:
            raise CommandError("Name a file, a folder or an archive.", returncode=2)
        missing = [str(path) for path in paths if not path.exists()]
        if len(missing) == len(paths):
            raise CommandError(f"There is no {', '.join(missing)}.", returncode=2)
        if options["format"] != "auto" and options["format"] not in FORMATS:
            known = ", ".join(("auto", *FORMATS))
            raise CommandError(
                f"Unknown format {options['format']!r}; known: {known}.", returncode=2
            )
        return ImportOptions(
            paths=paths,
            format=options["format"],
            source=options["source"].strip(),
            field_map=dict(options["field_map"]),
            dry_run=options["dry_run"],
            workers=options["workers"] or os.cpu_count() or 1,
            limit=options["limit"],
            since=options["since"],
            update=options["update"] == "changed",
            bulk=options["bulk"],
            run=options["run"],
        )

    def _summary(self, report: Report, options: ImportOptions, interrupted: bool) -> None:
        write = self.stdout.write
        if options.dry_run:
            write("Dry run: nothing was written.")
        if interrupted:
            write("Interrupted. What was written stays; run it again to go on.")
        counts = ", ".join(f"{outcome.value} {report.count(outcome):,}" for outcome in Outcome)
        write(f"Read {report.read:,} records: {counts}.")
        if report.skipped:
            write(f"Passed over as older than --since: {report.skipped:,}.")
        for reason, number in sorted(report.result.reasons.items()):
            write(f"  {reason}: {number:,}")
        for reason, number in sorted(report.dates.items()):
            write(f"  date left empty, {reason}: {number:,}")
        rate = report.read / report.seconds if report.seconds else 0.0
        write(
            f"{report.seconds:.1f} s, {rate:,.0f} articles/s; "
            f"{report.result.statements:,} statements in what was written."
        )
        settled = report.settled
        if settled.statements or settled.speakers:
            write(
                f"Surnames settled by all that is known now: {settled.statements:,} statements "
                f"have another speaker or reason, {settled.speakers:,} speakers left without "
                "statements were removed."
            )
        script = report.result.script
        if script["articles"]:
            write(
                f"Orthography: {script['arabic']:,} Arabic letters; Persian letters in "
                f"{script['articles_persian']:,} articles ({script['persian']:,}); vowel marks in "
                f"{script['articles_harakat']:,} ({script['harakat']:,}); "
                f"{script['latin']:,} Latin letters."
            )
        if report.run and report.count(Outcome.REJECTED):
            rejected = ImportRecord.objects.filter(run=report.run, outcome=Outcome.REJECTED)
            for record in rejected.order_by("pk")[:REJECTED_SHOWN]:
                write(f"Rejected: {record}: {record.detail or record.reason}")
            write(
                "All rejected records are listed in the administration pages, "
                f"import run {report.run}."
            )


def exit_code(report: Report) -> int:
    """0, 1 or 2 as `EXIT_CODES` says."""
    if report.documents == 0 and report.skipped == 0:
        return 2
    return 1 if report.count(Outcome.REJECTED) else 0
