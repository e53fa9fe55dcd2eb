"""The word lists of the extractor, read once from their files beside this module."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from corpus.quotes.words import fold
from corpus.text.remembered import remembered

_DATA: Final = files("corpus.quotes")


def table(name: str) -> Iterator[list[str]]:
    """The tab-divided columns of each line of a data file; comments and blanks left out."""
    for line in _DATA.joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind, *words in table("lexicon.tsv"):
        if kind in found:
            raise ValueError(f"lexicon.tsv: a second line of {kind}")  # it would hide the first
        found[kind] = frozenset(fold(word) for word in " ".join(words).split())
    return found


def words_of(kind: str) -> frozenset[str]:
    """The folded words of one class of lexicon.tsv. KeyError for a class that is not there."""
    return _classes()[kind]


def _words_of(name: str) -> frozenset[str]:
    return frozenset(row[0] for row in table(name))


TITLES: Final = words_of("title")
ROLES: Final = words_of("role")
BODIES: Final = words_of("org")
UNNAMED: Final = words_of("unnamed")
VAGUE: Final = words_of("vague")
TIMES: Final = words_of("time")
PREPOSITIONS: Final = words_of("preposition")
CONJUNCTIONS: Final = words_of("conjunction")
RELATIVES: Final = words_of("relative")
PLACES: Final = words_of("place")
FEMININE: Final = words_of("feminine")
GIVEN_NAMES: Final = words_of("givenname") | _words_of("given_names.txt")
NOT_PREFIXED: Final = words_of("notprefix")
OBJECT_NOUNS: Final = words_of("object")
# Words that newspapers write both with and without the article: nouns and adjectives.
COMMON: Final = _words_of("common_words.txt") - GIVEN_NAMES
# Words seen in the inflections of verbs.
VERBS: Final = _words_of("verb_forms.txt") - GIVEN_NAMES - PLACES


# Nouns that newspapers put right after قال or أكد: what can speak.
SPEAKING: Final = (
    _words_of("speaking_nouns.txt") | ROLES | BODIES | UNNAMED | PLACES | TITLES
) - VAGUE


@remembered
def definite(form: str) -> bool:
    """Whether the folded word carries the article: السوري, للسوريين, والسوري."""
    return (
        (form.startswith("ال") and len(form) > 3)
        or (form.startswith("لل") and len(form) > 4)
        or (form.startswith(("وال", "بال")) and len(form) > 5)
    )


@remembered
def common(form: str) -> bool:
    """Whether the folded word is an everyday noun or adjective rather than a name."""
    return form in COMMON or form in OBJECT_NOUNS or without_pronoun(form) is not None


@remembered
def without_pronoun(form: str) -> str | None:
    """The everyday noun under a possessive pronoun (مهاجمتها: مهاجمه), or None."""
    for suffix in ("هما", "ها", "هم", "ه"):
        if form.endswith(suffix) and len(form) >= len(suffix) + 3:
            stem = form[: -len(suffix)]
            if stem.endswith("ت") and (
                stem[:-1] + "ه" in COMMON or stem[:-1] + "ه" in OBJECT_NOUNS
            ):
                return stem[:-1] + "ه"
            if stem in COMMON or stem in OBJECT_NOUNS:
                return stem
    return None
