"""A text's orthography in numbers: whether it mixes Persian letters, marks or Latin in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.text.characters import (
    ARABIC_LETTERS,
    HARAKAT,
    LATIN_LETTERS,
    PERSIAN_LETTERS,
    PRESENTATION_FORMS,
    TATWEEL,
)

_ARABIC: Final = re.compile(f"[{ARABIC_LETTERS}{PRESENTATION_FORMS}]")
_PERSIAN: Final = re.compile(f"[{PERSIAN_LETTERS}]")
_HARAKAT: Final = re.compile(f"[{HARAKAT}]")
_LATIN: Final = re.compile(f"[{LATIN_LETTERS}]")
_PRESENTATION: Final = re.compile(f"[{PRESENTATION_FORMS}]")


@dataclass(frozen=True, slots=True)
class ScriptProfile:
    """Counts of characters. `arabic` counts all letters of the Arabic script: the `persian`
    ones and the joined shapes (`presentation`) among them."""

    arabic: int
    persian: int
    harakat: int
    latin: int
    tatweel: int = 0
    presentation: int = 0

    @property
    def persian_share(self) -> float:
        """Persian letters among all of the Arabic script, 0 to 1."""
        return _share(self.persian, self.arabic)

    @property
    def harakat_share(self) -> float:
        """Vowel marks for each letter of the Arabic script: 0 in news, near 1 in a Quran."""
        return _share(self.harakat, self.arabic)

    @property
    def arabic_share(self) -> float:
        """Letters of the Arabic script among those and the Latin ones, 0 to 1."""
        return _share(self.arabic, self.arabic + self.latin)


def script_profile(text: str) -> ScriptProfile:
    """Count what a text is written in."""
    # A text of thousands of characters has a hundred different ones: count, then classify.
    counts = Counter(text)

    def count(kind: re.Pattern[str]) -> int:
        return sum(n for char, n in counts.items() if kind.match(char))

    return ScriptProfile(
        arabic=count(_ARABIC),
        persian=count(_PERSIAN),
        harakat=count(_HARAKAT),
        latin=count(_LATIN),
        tatweel=counts[TATWEEL],
        presentation=count(_PRESENTATION),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
