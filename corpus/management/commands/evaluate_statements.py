"""Score the extractor against annotated articles.

manage.py evaluate_statements ARTICLES.json GOLD.json [--baseline PRED.jsonl] [--save PRED.jsonl]
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.quotes.evaluation import calibration, compare, evaluate
from corpus.quotes.extract import EXTRACTOR_VERSION, extract_statements, to_record


class Command(BaseCommand):
    help = "Score statement extraction against annotated articles, and against an earlier run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("articles", type=Path, help="JSON list of {id, title, text}")
        parser.add_argument("gold", type=Path, help="JSON list of {id, statements}")
        parser.add_argument("--baseline", type=Path, help="predictions saved by an earlier run")
        parser.add_argument("--save", type=Path, help="write this run's predictions here")
        parser.add_argument("--show", action="store_true", help="list what was missed and extra")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = _read_json(options["articles"])
        gold = {row["id"]: row["statements"] for row in _read_json(options["gold"])}
        wanted = [article for article in articles if article["id"] in gold]
        missing = gold.keys() - {article["id"] for article in wanted}
        if missing:
            raise CommandError(f"annotated but not among the articles: {sorted(missing)[:5]}")
        records = [
            to_record(row["id"], extract_statements(row.get("title", ""), row["text"]))
            for row in wanted
        ]
        if options["save"]:
            lines = (json.dumps(record, ensure_ascii=False) for record in records)
            options["save"].write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = evaluate(wanted, gold, {record["id"]: record["statements"] for record in records})
        if options["show"]:
            for line in report.errors:
                self.stdout.write(line)
        if options["baseline"]:
            before = evaluate(wanted, gold, _read_predictions(options["baseline"]))
            gained, lost = compare(before, report)
            for sign, lines_ in (("+", gained), ("-", lost)):
                for line in lines_:
                    self.stdout.write(f"{sign} {line}")
            self.stdout.write(f"gained {len(gained)}, lost {len(lost)}")
            self.stdout.write(json.dumps(before.figures(), ensure_ascii=False))
        if options["verbosity"] > 1:
            for line in calibration(report):
                self.stdout.write(line)
            self.stdout.write(f"extractor version {EXTRACTOR_VERSION}")
        # Last, so that a script can read the final line alone.
        self.stdout.write(json.dumps(report.figures(), ensure_ascii=False))


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error


def _read_predictions(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return {row["id"]: row["statements"] for row in rows}
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"{path}: {error}") from error
