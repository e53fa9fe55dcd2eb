"""A text's orthography in numbers: whether it mixes Persian letters, marks or Latin in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text.characters import ARABIC_LETTERS, MARKS, PERSIAN_LETTERS

ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
PERSIAN = re.compile(f"[{PERSIAN_LETTERS}]")
MARK = re.compile(f"[{MARKS}]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class ScriptProfile:
    """Counts of characters. `arabic` counts all letters of the Arabic script, Persian too."""

    arabic: int
    persian: int
    harakat: int
    latin: int

    @property
    def persian_share(self) -> float:
        """Persian letters among all of the Arabic script, 0 to 1."""
        return self.persian / self.arabic if self.arabic else 0.0


def script_profile(text: str) -> ScriptProfile:
    """Count what a text is written in."""
    return ScriptProfile(
        arabic=len(ARABIC.findall(text)),
        persian=len(PERSIAN.findall(text)),
        harakat=len(MARK.findall(text)),
        latin=len(LATIN.findall(text)),
    )
