"""Train the acceptance models from annotated articles.

    python -m corpus.quotes.training ARTICLES.json GOLD.json [--folds]

Writes weights.tsv beside this file; takes some seconds and is deterministic. With --folds it
writes nothing and prints how the models do on sources they were not trained on.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus.quotes.acceptance import describe, model_name
from corpus.quotes.confidence import evidence
from corpus.quotes.confidence import model_name as certainty_name
from corpus.quotes.evaluation import calibration, evaluate, locate, overlap, same_name
from corpus.quotes.extract import analyse, extract_statements, to_record
from corpus.quotes.model import WEIGHTS_FILE, fit, use_weights
from corpus.quotes.rules import passage_drafts
from corpus.quotes.types import Field, Kind
from corpus.quotes.words import read_passage

Example = tuple[list[str], bool]
_SMALLEST_WEIGHT = 0.02
# Confidence shrinks its weights more than acceptance does: it has fewer examples and must not
# be surer than they allow.
_CERTAINTY_STRENGTH = 0.3


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


def certainty_examples(
    articles: Iterable[dict[str, Any]], gold: dict[str, list[dict[str, Any]]]
) -> dict[str, list[Example]]:
    """By confidence model: each accepted draft's evidence and whether its span and speaker are
    right. The acceptance models must be in use."""
    made: dict[str, list[Example]] = defaultdict(list)
    for article in articles:
        annotated = gold[article["id"]]
        spans = locate(annotated, article["text"])
        for found in analyse(article.get("title", ""), article["text"]):
            statement = found.statement
            if (
                statement.field is not Field.BODY
                or not found.draft.features
                or (not statement.speaker)
            ):
                continue
            marked = statement.kind is not Kind.INDIRECT
            right = any(
                (row["kind"] != "indirect") == marked
                and overlap(span, (statement.start, statement.end)) >= 0.5
                and same_name(statement.speaker_name, row["speaker"], row["speaker_full"])
                for span, row in zip(spans, annotated, strict=True)
            )
            made[certainty_name(found.draft)].append((evidence(found.draft), right))
    return made


def train(made: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
    """The fitted weights by model name."""
    return {name: fit(rows) for name, rows in made.items()}


def train_all(
    articles: list[dict[str, Any]], gold: dict[str, list[dict[str, Any]]]
) -> dict[str, dict[str, float]]:
    """Acceptance first, then confidence in what was accepted.

    Confidence is judged from articles whose source the acceptance models have not seen, as it
    will be in use.
    """
    certain: dict[str, list[Example]] = defaultdict(list)
    for fold in folds(articles):
        names = {article["id"] for article in fold}
        rest = [article for article in articles if article["id"] not in names]
        blank: dict[str, dict[str, float]] = {"sure-marked": {}, "sure-reported": {}}
        use_weights(train(examples(rest, gold)) | blank)
        for name, rows in certainty_examples(fold, gold).items():
            certain[name] += rows
    use_weights(None)
    return train(examples(articles, gold)) | {
        name: fit(rows, strength=_CERTAINTY_STRENGTH) for name, rows in certain.items()
    }


def folds(articles: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Articles by source, small sources put together until a fold holds a tenth of all."""
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in articles:
        by_source[article["source"]].append(article)
    made: list[list[dict[str, Any]]] = []
    for _, group in sorted(by_source.items(), key=lambda item: (-len(item[1]), item[0])):
        if made and len(made[-1]) < len(articles) / 10:
            made[-1] += group
        else:
            made.append(list(group))
    return made


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


def cross_validate(
    articles: list[dict[str, Any]], gold: dict[str, list[dict[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """Predictions by article id, each article judged by models that never saw its source."""
    predicted: dict[str, list[dict[str, Any]]] = {}
    for fold in folds(articles):
        names = {article["id"] for article in fold}
        rest = [article for article in articles if article["id"] not in names]
        use_weights(train_all(rest, gold))
        for article in fold:
            found = extract_statements(article.get("title", ""), article["text"])
            predicted[article["id"]] = to_record(article["id"], found)["statements"]
    use_weights(None)
    return predicted


def main(arguments: list[str]) -> None:
    """See the module's docstring."""
    articles = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    gold = {
        row["id"]: row["statements"]
        for row in json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    }
    if "--folds" in arguments:
        report = evaluate(articles, gold, cross_validate(articles, gold))
        print(json.dumps(report.figures(), ensure_ascii=False))
        for band in calibration(report):
            print(band)
        return
    models = train_all(articles, gold)
    write_weights(models, Path(__file__).with_name(WEIGHTS_FILE))
    for name, weights in models.items():
        print(f"{name}: {len(weights)} features")


if __name__ == "__main__":
    main(sys.argv[1:])
