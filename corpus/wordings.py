"""Whether two statements are the same words, and which words differ. Pure.

    fingerprint(stems)      a number that equal words share, and what an index is asked by
    alike(one, other)       the judgement on two that share a band
    differing(one, other)   the places of the words that differ, for people

Unlike articles (`corpus.neardup`) statements are short: of twelve words one changed leaves
half of the runs of three. So the least hashes are not asked for one by one, which would
meet every statement that has a common phrase, but two by two: of the `LEAST` smallest
hashes of a statement's runs every pair makes a band. docs/decisions/0009 has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b
from itertools import combinations

from corpus.text.analysis import analyse
from corpus.text.remembered import Remembered, checksum
from corpus.text.spans import Span

FEWEST = 6  # words; what is shorter ("we will win") is said by anybody
RUN = 3  # words in a run
LEAST = 4  # hashes kept, which make six bands

# Judged on statements of the imported corpora, read pair by pair.
ALIKE = 0.5  # Jaccard of the runs
CONTAINED = 0.8  # share of the shorter one's runs that stand in the longer one …
SHORTEST_SHARE = 0.5  # … which is at most twice as long
CONTAINED_FEWEST = 10  # words of the shorter one

_MASK = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`wording` is equal for equal words: 64 bits, signed. `bands`: signed 32-bit numbers."""

    wording: int
    bands: tuple[int, ...]


_HASHES = Remembered(checksum, most=500_000)


def _runs(stems: Sequence[str]) -> set[int]:
    """Unsigned 32-bit hashes of the runs of three words."""
    n = [_HASHES[stem] for stem in stems]
    # Sums of evenly spread numbers are spread evenly; small factors keep the order of words.
    return {(5 * a + 3 * b + c) & _MASK for a, b, c in zip(n, n[1:], n[2:], strict=False)}


def fingerprint(stems: Sequence[str]) -> Fingerprint | None:
    """What the database keeps of a statement; None for one too short to be compared."""
    if len(stems) < FEWEST:
        return None
    digest = blake2b(" ".join(stems).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    least = sorted(_runs(stems))[:LEAST]
    bands = {(31 * a + b) & _MASK for a, b in combinations(least, 2)}
    return Fingerprint(
        int.from_bytes(digest, "big", signed=True),
        tuple(sorted(band - (1 << 31) for band in bands)),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as `alike` looks at it."""

    runs: frozenset[int]
    numbers: frozenset[str]  # the words with digits
    length: int  # words

    @classmethod
    def of(cls, stems: Sequence[str]) -> Said:
        """From the stems of its words, in order."""
        # An operator may write 3,5 or 3.5; the analyser makes "3" and "5" of both.
        numbers = frozenset(stem for stem in stems if stem[0].isdigit())
        return cls(frozenset(_runs(stems)), numbers, len(stems))


def alike(one: Said, other: Said) -> bool:
    """Whether two statements are wordings of one; the order does not matter.

    Where each has a number that the other lacks they are two: a count of victims or a
    price is told in the same words every day.
    """
    if one.numbers - other.numbers and other.numbers - one.numbers:
        return False
    smaller, larger = sorted((one, other), key=lambda said: len(said.runs))
    if smaller.length < FEWEST or not smaller.runs:
        return False
    shared = len(smaller.runs & larger.runs)
    if shared >= ALIKE * (len(smaller.runs) + len(larger.runs) - shared):
        return True
    return (
        smaller.length >= CONTAINED_FEWEST
        and shared >= CONTAINED * len(smaller.runs)
        and len(smaller.runs) >= SHORTEST_SHARE * len(larger.runs)
    )


# Which seat a hamza has (شؤون، شئون) is a matter of spelling that folding leaves alone.
_HAMZAS = str.maketrans("", "", "ءؤئ")


def differing(one: str, other: str) -> tuple[list[Span], list[Span]]:
    """Spans of the words of each text that the other has not in this place.

    Spelling does not count: folded words are compared, and hamzas are left out. Words
    that differ side by side make one span.

    >>> differing("لن نقبل بهذا", "لن نرضى بهذا")[0]
    [Span(start=3, end=7)]
    """
    terms = [analyse(text) for text in (one, other)]
    words = [[term.word.translate(_HAMZAS) for term in found] for found in terms]
    found: tuple[list[Span], list[Span]] = ([], [])
    for step, a, b, c, d in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        if step == "equal":
            continue
        for side, (first, last) in enumerate(((a, b), (c, d))):
            if first < last:
                found[side].append(Span(terms[side][first].start, terms[side][last - 1].end))
    return found
