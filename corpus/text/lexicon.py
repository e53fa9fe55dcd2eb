"""How often Arabic words occur, so that segmentation strips only what leaves a word.

The counts are the large Arabic list of the `wordfreq` package (data CC BY-SA 4.0), folded
and scaled so that the rarest word has 3: static, so analysis never depends on what has
been imported. Loaded at first use: under a second and about 100 MB a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from wordfreq import available_languages, read_cBpack

from corpus.text.folding import fold

RAREST = 3.0
HAMZA_FORMS = "أإآ"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`frequency` of folded words; `hamza_first` are those mostly written with أ, إ or آ."""

    frequency: dict[str, float]
    hamza_first: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, loaded once a process."""
    frequency: dict[str, float] = {}
    plain: dict[str, float] = {}
    hamza: dict[str, float] = {}
    for centibels, words in enumerate(read_cBpack(available_languages("large")["ar"])):
        share = 10 ** (-centibels / 100)
        for word in words:
            folded = fold(word)
            if not folded:
                continue
            frequency[folded] = frequency.get(folded, 0.0) + share
            if folded[0] == "ا":
                kind = hamza if word[0] in HAMZA_FORMS else plain
                kind[folded] = kind.get(folded, 0.0) + share
    scale = RAREST / min(frequency.values())
    return Lexicon(
        {word: share * scale for word, share in frequency.items()},
        frozenset(word for word, share in hamza.items() if share > plain.get(word, 0.0)),
    )
