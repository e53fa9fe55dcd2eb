"""Logistic models over named features: a few hundred weights in a text file, no dependency."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from corpus.quotes.lexicon import table

WEIGHTS_FILE: Final = "weights.tsv"


_in_use: dict[str, dict[str, float]] | None = None


@lru_cache(maxsize=1)
def _stored() -> dict[str, dict[str, float]]:
    models: dict[str, dict[str, float]] = {}
    for name, feature, weight in table(WEIGHTS_FILE):
        models.setdefault(name, {})[feature] = float(weight)
    return models


def _weights() -> dict[str, dict[str, float]]:
    return _stored() if _in_use is None else _in_use


def use_weights(models: dict[str, dict[str, float]] | None) -> None:
    """Use these weights instead of the stored ones; None goes back to them. For training."""
    global _in_use
    _in_use = models


def probability(model: str, features: Iterable[str]) -> float:
    """The model's probability, between 0 and 1; unknown features count nothing."""
    return sigmoid(total(_weights()[model], features))


def total(weights: dict[str, float], features: Iterable[str]) -> float:
    """Sum of the weights of the features that hold."""
    return sum([weights.get(feature, 0.0) for feature in features])


def sigmoid(value: float) -> float:
    """1 / (1 + e^-value) without overflow."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def fit(
    examples: Sequence[tuple[list[str], bool]],
    *,
    rounds: int = 60,
    strength: float = 0.06,
    rate: float = 0.1,
) -> dict[str, float]:
    """Weights by gradient descent with L2 shrinkage of `strength` per example.

    Deterministic: full-batch AdaGrad, no randomness, features in order of appearance.
    """
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    for features, _ in examples:
        for feature in features:
            weights.setdefault(feature, 0.0)
            squares.setdefault(feature, 1e-6)
    for _ in range(rounds):
        gradient = dict.fromkeys(weights, 0.0)
        for features, label in examples:
            error = sigmoid(total(weights, features)) - label
            for feature in features:
                gradient[feature] += error
        for feature, slope in gradient.items():
            if feature != "bias":
                slope += strength * len(examples) * 0.05 * weights[feature]
            squares[feature] += slope * slope
            weights[feature] -= rate * 3 * slope / math.sqrt(squares[feature])
    return weights
