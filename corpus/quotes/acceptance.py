"""Which drafts become statements, and how sure each is."""

from __future__ import annotations

from collections import Counter
from typing import Final

from corpus.quotes.drafts import Draft
from corpus.quotes.features import features
from corpus.quotes.model import probability
from corpus.quotes.types import Kind
from corpus.quotes.words import Passage

# Below these a draft is no statement. The F1 on held-out sources is flat around them.
_LEAST_MARKED: Final = 0.5
_LEAST_REPORTED: Final = 0.38
# A quotation that no cue attributes: only what is clearly speech.
_LEAST_UNATTRIBUTED: Final = 0.7

# A quotation within reported words, or after a quotation, that were not accepted themselves.
_LEAST_ORPHANED: Final = 0.85


def _least_of(draft: Draft) -> float:
    return _LEAST_MARKED if draft.kind is Kind.DIRECT else _LEAST_REPORTED


def model_name(draft: Draft) -> str:
    """The acceptance model that judges this kind of draft."""
    return "marked" if draft.kind is Kind.DIRECT else "reported"


def describe(passage: Passage, drafts: list[Draft]) -> None:
    """Give every draft its features."""
    seen: Counter[int] = Counter()  # drafts by sentence
    for draft in drafts:
        sentence = passage.words[passage.word_at(draft.start)].sentence
        draft.features = features(passage, draft, seen[sentence])
        seen[sentence] += 1


def accepted(passage: Passage, drafts: list[Draft]) -> list[Draft]:
    """The drafts that are statements, each with its probability."""
    describe(passage, drafts)
    kept: list[Draft] = []
    for draft in drafts:
        draft.probability = probability(model_name(draft), draft.features)
        least = _LEAST_MARKED if draft.kind is Kind.DIRECT else _LEAST_REPORTED
        if draft.mention is None:
            least = _LEAST_UNATTRIBUTED
        elif draft.parent is not None and draft.parent.probability < _least_of(draft.parent):
            least = _LEAST_ORPHANED
        if draft.kind is not Kind.DIRECT and draft.mention is None:
            continue  # reported speech without a speaker is a guess
        if draft.probability >= least:
            kept.append(draft)
    return kept
