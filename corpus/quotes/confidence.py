"""How likely a statement's span and speaker are both right."""

from __future__ import annotations

from corpus.quotes.drafts import Draft


def confidence(draft: Draft) -> float:
    """A probability between 0 and 1; calibrated on annotated articles."""
    if draft.mention is None:
        return 0.3
    base = {"mark-clause": 0.9, "mark-cue": 0.9, "mark-colon": 0.9, "indirect-clause": 0.8}.get(
        draft.rule, 0.6
    )
    return base - (0.1 if draft.carried else 0.0)
