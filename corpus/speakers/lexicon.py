"""The word classes of words.tsv, folded, read once."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from corpus.text.folding import fold


def fold_name(word: str) -> str:
    """The folded word, hamza gone too: news write مسؤول/مسئول, رؤوف/رووف, اللواء/اللوا.

    >>> fold_name("الرئيس")
    'الرييس'
    """
    return fold(word).replace("ؤ", "و").replace("ئ", "ي").rstrip("ء")


def _classes() -> dict[str, frozenset[str]]:
    text = files("corpus.speakers").joinpath("words.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, words = line.split("\t")
            found[name] = frozenset(fold_name(word) for word in words.split())
    return found


def without_article(word: str) -> str:
    """The folded word without الـ, where enough of it is left to be a word."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _nationalities(bases: frozenset[str]) -> frozenset[str]:
    return frozenset(
        prefix + base + ending for base in bases for prefix in ("", "ال") for ending in ("", "ه")
    )


_CLASSES: Final = _classes()
TITLES: Final = _CLASSES["title"]
ROLES: Final = _CLASSES["role"]
PORTFOLIOS: Final = _CLASSES["portfolio"]
NATIONALITIES: Final = _nationalities(_CLASSES["nationality"])
GENERIC: Final = _CLASSES["generic"]
DOCUMENTS: Final = _CLASSES["document"]
UNNAMED: Final = _CLASSES["unnamed"]
NAMED_BODIES: Final = _CLASSES["named"]
NO_NAME: Final = _CLASSES["pronoun"]
PREPOSITIONS: Final = _CLASSES["preposition"]
TAILS: Final = _CLASSES["tail"]
