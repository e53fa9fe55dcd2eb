"""`manage.py evaluate_search`: retrieval quality of the current corpus on a task's queries."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.evaluation.measures import compare, measure
from search.evaluation.runs import (
    BadLine,
    ranked_documents,
    read_judgements,
    read_queries,
    read_run,
)

LISTED = 10  # queries shown of those gained and lost


class Command(BaseCommand):
    help = (
        "Run TASK_DIR/queries.tsv through search and score it by TASK_DIR/qrels.txt."
        " Imports nothing: the task's documents must be the corpus."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", type=Path, metavar="TASK_DIR")
        parser.add_argument("--baseline", type=Path, metavar="RUN", help="a TREC run to compare")
        parser.add_argument("--limit", type=int, default=100, help="results a query (100)")
        parser.add_argument("--json", action="store_true", help="one JSON object, nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            queries = read_queries(options["task"] / "queries.tsv")
            judgements = read_judgements(options["task"] / "qrels.txt")
            baseline = read_run(options["baseline"]) if options["baseline"] else None
        except (OSError, BadLine) as error:
            raise CommandError(str(error), returncode=2) from error
        run = {
            identifier: [doc for doc, _score in ranked_documents(query, options["limit"])]
            for identifier, query in tqdm(queries, unit="queries", disable=options["json"] or None)
        }
        found: dict[str, Any] = {
            k: round(v, 4) for k, v in asdict(measure(run, judgements)).items()
        }
        if baseline is not None:
            comparison = compare(run, baseline, judgements)
            found["baseline_mrr10"] = round(measure(baseline, judgements).mrr10, 4)
            found["difference"] = round(comparison.difference, 4)
            found["p"] = round(comparison.p, 4)
            found["gained"], found["lost"] = len(comparison.gained), len(comparison.lost)
        self.stdout.write(json.dumps(found))
        if baseline is not None and not options["json"]:
            texts = dict(queries)
            for name, changed in (("gained", comparison.gained), ("lost", comparison.lost)):
                for identifier in changed[:LISTED]:
                    self.stdout.write(f"{name} {identifier}: {texts.get(identifier, '')}")
