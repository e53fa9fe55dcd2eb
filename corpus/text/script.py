"""A text's orthography in numbers: whether it mixes Persian letters, marks or Latin in."""

from __future__ import annotations

import re
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
from corpus.text.remembered import Remembered

# In the order of ScriptProfile's counts.
_KINDS: Final = tuple(
    re.compile(f"[{kind}]")
    for kind in (
        ARABIC_LETTERS + PRESENTATION_FORMS,
        PERSIAN_LETTERS,
        HARAKAT,
        LATIN_LETTERS,
        TATWEEL,
        PRESENTATION_FORMS,
    )
)


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
    # A text of thousands of characters has a hundred different ones: count each, then classify.
    counts = [0] * len(_KINDS)
    for char in set(text):
        for kind in _KINDS_OF[char]:
            counts[kind] += text.count(char)
    return ScriptProfile(*counts)


def _kinds_of(char: str) -> tuple[int, ...]:
    return tuple(number for number, kind in enumerate(_KINDS) if kind.match(char))


_KINDS_OF: Final = Remembered(_kinds_of, most=5_000)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
