"""A statement while it is being put together, in word and character offsets of one passage."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.quotes.cues import Cue
from corpus.quotes.mentions import Mention
from corpus.quotes.types import Kind


@dataclass(slots=True)
class Draft:
    """`start`/`end` are character offsets; `features` feed acceptance and confidence."""

    kind: Kind
    start: int
    end: int
    rule: str
    cue: Cue | None = None
    mention: Mention | None = None
    carried: bool = False
    inside: bool = False
    # What a quotation stands in or goes on from: another draft, whose fate bears on its own.
    parent: Draft | None = None
    features: list[str] = field(default_factory=list)
    probability: float = 0.0
