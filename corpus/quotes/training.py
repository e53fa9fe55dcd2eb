"""Train the acceptance models from annotated articles.

    python -m corpus.quotes.training ARTICLES.json GOLD.json [--folds]

Writes weights.tsv beside this file. With --folds it writes nothing and prints how the models
do on sources they were not trained on.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.quotes.acceptance import describe, model_name
from corpus.quotes.drafts import Draft
from corpus.quotes.evaluation import locate, overlap
from corpus.quotes.model import WEIGHTS_FILE, fit
from corpus.quotes.rules import passage_drafts
from corpus.quotes.types import Kind
from corpus.quotes.words import read_passage

Example = tuple[list[str], bool]
_SMALLEST_WEIGHT = 0.02


def examples(
    articles: Iterable[dict[str, Any]], gold: dict[str, list[dict[str, Any]]]
) -> dict[str, list[Example]]:
    """By model name: each draft's features and whether a gold statement matches its span."""
    made: dict[str, list[Example]] = defaultdict(list)
    for article in articles:
        passage = read_passage(article["text"])
        drafts, _ = passage_drafts(passage)
        describe(passage, drafts)
        annotated = gold[article["id"]]
        spans = locate(annotated, article["text"])
        for draft in drafts:
            marked = draft.kind is not Kind.INDIRECT
            best = max(
                (
                    overlap(span, (draft.start, draft.end))
                    for span, statement in zip(spans, annotated, strict=True)
                    if (statement["kind"] != "indirect") == marked
                ),
                default=0.0,
            )
            made[model_name(draft)].append((draft.features, best >= 0.5))
    return made


def train(made: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
    """The fitted weights by model name."""
    return {name: fit(rows) for name, rows in made.items()}


def write_weights(models: dict[str, dict[str, float]], path: Path) -> None:
    """One weight a line, small ones left out."""
    lines = [
        "# Weights of the acceptance models, written by corpus.quotes.training.",
        "# Columns: model, feature, weight.",
    ]
    for name in sorted(models):
        for feature in sorted(models[name]):
            weight = models[name][feature]
            if abs(weight) >= _SMALLEST_WEIGHT:
                lines.append(f"{name}\t{feature}\t{weight:.3f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """See the module's docstring."""
    articles = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    gold = {
        row["id"]: row["statements"]
        for row in json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    }
    models = train(examples(articles, gold))
    write_weights(models, Path(__file__).with_name(WEIGHTS_FILE))
    for name, weights in models.items():
        print(f"{name}: {len(weights)} features")


if __name__ == "__main__":
    main(sys.argv[1:])
