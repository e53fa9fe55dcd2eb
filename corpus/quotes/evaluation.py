"""Score extracted statements against annotated ones: the figures the goals are set in.

A predicted statement finds an annotated one of its group when their spans overlap with an
intersection over union of at least 0.5; each is used once. Groups: `marked` (direct and
colon) and `indirect`. A speaker is right when, folded and without titles, the words of the
predicted name are a non-empty subset or superset of the annotated name's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.quotes.lexicon import words_of

GROUPS: Final = ("marked", "indirect")
_LEAST_OVERLAP: Final = 0.5
_TITLES: Final = words_of("scoredtitle")
_INVISIBLE: Final = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LETTERS: Final = str.maketrans("أإآٱىیکةؤئ", "ااااييكهوي")

Span = tuple[int, int]
Statement = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one group: found spans, found with the right speaker, predicted, annotated."""

    found: int = 0
    attributed: int = 0
    predicted: int = 0
    gold: int = 0

    def figures(self) -> dict[str, float]:
        """The rounded figures of the report, in its order."""
        precision, recall, f1 = _rates(self.found, self.predicted, self.gold)
        attributed = _rates(self.attributed, self.predicted, self.gold)[2]
        return {
            "gold": self.gold,
            "predicted": self.predicted,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "speaker_accuracy": round(self.attributed / self.found, 3) if self.found else 0.0,
            "attributed_f1": round(attributed, 3),
        }


@dataclass(slots=True)
class Report:
    """Tallies by group, a line for each error, and the keys of what was rightly attributed."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {group: Tally() for group in GROUPS})
    errors: list[str] = field(default_factory=list)
    right: dict[tuple[str, int], str] = field(default_factory=dict)
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def figures(self) -> dict[str, dict[str, float]]:
        """The figures of every group."""
        return {group: tally.figures() for group, tally in self.tallies.items()}


def fold_name(name: str) -> str:
    """One spelling for all the ways a name is written."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name or ""))
    return plain.translate(_LETTERS)


def name_words(name: str) -> set[str]:
    """The folded words of a name without titles, or with them when nothing else is there."""
    words = re.findall(r"\w+", fold_name(name))
    return set([word for word in words if word not in _TITLES] or words)


def same_name(predicted: str, *annotated: str) -> bool:
    """Whether the predicted name is part of, or contains, one of the annotated ones."""
    ours = name_words(predicted)
    return any(
        bool(ours) and bool(theirs) and (ours <= theirs or theirs <= ours)
        for theirs in map(name_words, annotated)
    )


def locate(statements: Sequence[Statement], text: str) -> list[Span]:
    """Each statement's span; those without offsets are searched for in text order.

    A statement that is not in the text gets (-1, -1).
    """
    at = 0
    spans: list[Span] = []
    for statement in statements:
        start, end = statement.get("start"), statement.get("end")
        if isinstance(start, int) and isinstance(end, int):
            spans.append((start, end))
            continue
        words = statement["text"]
        found = text.find(words, at)
        if found < 0:
            found = text.find(words)
        spans.append((found, found + len(words)) if found >= 0 else (-1, -1))
        at = max(found, 0) if found >= 0 else at
    return spans


def overlap(one: Span, other: Span) -> float:
    """Intersection over union of two spans, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 0.0 if shared <= 0 else shared / (max(one[1], other[1]) - min(one[0], other[0]))


def group_of(statement: Statement) -> str:
    """`marked` for the speaker's own words, `indirect` for reported ones."""
    return "indirect" if statement["kind"] == "indirect" else "marked"


def evaluate(
    articles: Iterable[Mapping[str, Any]],
    gold: Mapping[str, Sequence[Statement]],
    predicted: Mapping[str, Sequence[Statement]],
) -> Report:
    """Score `predicted` against `gold`, both by article id."""
    texts = {article["id"]: article["text"] for article in articles}
    report = Report()
    for key, annotated in gold.items():
        ours = predicted.get(key, ())
        gold_spans, our_spans = locate(annotated, texts[key]), locate(ours, texts[key])
        for group in GROUPS:
            _score_group(report, key, group, annotated, gold_spans, ours, our_spans)
    return report


def compare(before: Report, after: Report) -> tuple[list[str], list[str]]:
    """Statements gained and lost: rightly found and attributed in one report only."""
    gained = [f"{key[0]}: {text}" for key, text in after.right.items() if key not in before.right]
    lost = [f"{key[0]}: {text}" for key, text in before.right.items() if key not in after.right]
    return gained, lost


def calibration(report: Report) -> list[str]:
    """For each tenth of stated confidence: how many there are and the share that is right."""
    lines: list[str] = []
    for low in range(10):
        band = [(c, right) for c, right in report.confidences if low <= min(c * 10, 9.99) < low + 1]
        if band:
            share = sum(right for _, right in band) / len(band)
            mean = sum(c for c, _ in band) / len(band)
            lines.append(
                f"confidence {low / 10:.1f}-{(low + 1) / 10:.1f}: {len(band):4d} statements, "
                f"said {mean:.2f}, right {share:.2f}"
            )
    return lines


def _score_group(
    report: Report,
    key: str,
    group: str,
    annotated: Sequence[Statement],
    gold_spans: Sequence[Span],
    ours: Sequence[Statement],
    our_spans: Sequence[Span],
) -> None:
    golds = [i for i, statement in enumerate(annotated) if group_of(statement) == group]
    mine = [j for j, statement in enumerate(ours) if group_of(statement) == group]
    tally = report.tallies[group]
    tally.gold += len(golds)
    tally.predicted += len(mine)
    rightly: set[int] = set()
    used_gold: set[int] = set()
    used_mine: set[int] = set()
    pairs = sorted(
        ((overlap(gold_spans[i], our_spans[j]), i, j) for i in golds for j in mine), reverse=True
    )
    for value, i, j in pairs:
        if value < _LEAST_OVERLAP or i in used_gold or j in used_mine:
            continue
        used_gold.add(i)
        used_mine.add(j)
        tally.found += 1
        name = ours[j].get("speaker_name") or ours[j].get("speaker") or ""
        text = annotated[i]["text"]
        if same_name(name, annotated[i]["speaker"], annotated[i]["speaker_full"]):
            tally.attributed += 1
            rightly.add(j)
            report.right[(key, gold_spans[i][0] * 2 + GROUPS.index(group))] = text[:80]
        else:
            report.errors.append(
                f"SPEAKER {key}: {name!r} for {annotated[i]['speaker_full']!r}: {text[:60]}"
            )
    report.confidences += [(ours[j].get("confidence", 0.0), j in rightly) for j in mine]
    for i in golds:
        if i not in used_gold:
            missed = annotated[i]
            report.errors.append(
                f"MISSED  {key} [{missed['kind']}] {missed['cue']} | {missed['speaker']} | "
                f"{missed['text'][:80]}"
            )
    for j in mine:
        if j not in used_mine:
            extra = ours[j]
            report.errors.append(
                f"EXTRA   {key} [{extra['kind']}] {extra.get('cue')} | {extra.get('speaker')} | "
                f"{extra['text'][:80]}"
            )


def _rates(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
