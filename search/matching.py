"""Which documents count as matching: those with all the words, or those with any."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.indexing.texts import STEM
from search.candidates import expected_together, is_common, stems_match
from search.frequencies import Statistics
from search.query import Condition, PreparedQuery, all_of, any_of

EVERYTHING = Condition("TRUE")


@dataclass(frozen=True, slots=True)
class Matching:
    """Conditions for all words and for any word, and about how many documents satisfy them.

    `column` is the one whose index finds the matches: stems, pairs for phrases alone, or
    none where only filters were asked for.
    """

    all_words: Condition
    any_word: Condition
    expected_all: float
    expected_any: float
    column: str = "stems"

    @property
    def relaxes(self) -> bool:
        """Whether "any word" asks for less than "all words"."""
        return self.all_words != self.any_word


def matching_of(prepared: PreparedQuery, stats: Statistics) -> Matching:
    """What a query matches. Very common words are left out where others can decide."""
    clauses = prepared.clauses

    def documents(clause: tuple[str, ...]) -> int:
        return sum(stats.frequency.get(STEM + stem, 0) for stem in clause)

    if not clauses:
        # Only exact words, phrases, filters or exclusions: they decide alone.
        together = [documents((t.stem,)) for t in prepared.terms] if prepared.phrases else []
        expected = expected_together(together, stats)
        column = "pairs" if prepared.phrases else ""
        return Matching(EVERYTHING, EVERYTHING, expected, expected, column)

    telling = [c for c in clauses if not is_common(documents(c), stats)]
    used = telling or [min(clauses, key=documents)]
    sizes = [documents(c) for c in used]
    # A word that stands nowhere must not make "any word" fail, nor "all words" succeed.
    expected = expected_together(sizes, stats)
    all_words = stems_match(all_of(used))
    any_word = stems_match(any_of(dict.fromkeys(s for c in used for s in c)))
    if len(used) == 1:
        any_word = all_words
    return Matching(all_words, any_word, expected, max(sizes))
