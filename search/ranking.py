"""Every weight and constant of ranking, each with its reason, and the score they make.

The ablation behind them is docs/decisions/0004-ranking.md. Pure but for its inputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# BM25's usual values; RETRIEVAL.md measured everything else on top of them.
K1 = 1.2
B = 0.75

# The folded word as written beside its stem: sharpens what segmentation blurs.
WORD_WEIGHT = 0.4
# The title and the first 40 words say what the article is about.
LEAD_WEIGHT = 0.7
# Two query words standing together in the article: this much of their mean idf.
PAIR_WEIGHT = 0.3
# The passage of so many words with the most of the query: this much of its words' idf.
# Words close together answer more often than words scattered over an article.
PASSAGE_WEIGHT = 0.2
PASSAGE_WORDS = 30
# A query word that is absent: this much of its idf, by the share of its letters that stand
# somewhere in the article (broken plurals, other transliterations of a name).
LIKENESS_WEIGHT = 0.5
GRAM = 4
# Words that ask and name nothing; in news they are rare, so idf alone would overrate them.
ASKING_WEIGHT = 0.5
# A lead has one length for all articles, so its saturation needs no length.
LEAD_K = 1.0

# A statement of so many words, its speaker's name among them, can be understood by itself. A
# shorter one counts as if it were longer by as much: by BM25 alone quotations of one word come
# first wherever a query names their speaker, who is all they have of it.
STATEMENT_WORDS = 10
# A statement loses this share of its score by how likely its span or its speaker is wrong: of
# two that are about equal the surer one comes first, and no doubt outweighs a word of the query.
DOUBT_WEIGHT = 0.1

# Candidates scored for one query: cost grows with this and not with the corpus. Longer pages
# need more: so many for each result of a page, up to three times the usual. All pages of a list
# have the same, or results would come twice.
CANDIDATES = 2000
CANDIDATES_PER_RESULT = 30
# The best candidates, scored again with the word lane, the lead and pairs; likewise.
RERANKED = 200
RERANKED_PER_RESULT = 3
MORE_AT_MOST = 3
# The best of those, looked at for passages and likeness.
LOOKED_AT = 50
# Query words that are scored; a pasted article's rarer words say enough.
MAX_TERMS = 32

# Up to this many words, documents that have them all come first.
ALL_FIRST = 3

# Matches counted before the page says "more than".
COUNT_LIMIT = 5_000

# A word in more articles than this, and in more than this share of them, does not
# decide whether an article matches (it still ranks): reading its postings costs more
# than everything else and tells next to nothing.
COMMON_DOCUMENTS = 20_000
COMMON_SHARE = 0.2

# ts_rank of one lexeme is r = sum over occurrences j of 1/j^2, divided by this; so the
# number of occurrences is about 0.645 r / (1 - r) (RETRIEVAL.md section 2).
RANK_TO_TF = 0.645


def enough(usual: int, per_result: int, page_size: int) -> int:
    """How many to look at for pages of so many results.

    >>> [enough(CANDIDATES, CANDIDATES_PER_RESULT, size) for size in (10, 100, 1000)]
    [2000, 3000, 6000]
    """
    return max(usual, min(per_result * page_size, MORE_AT_MOST * usual))


def saturated(rank: float, k: float) -> float:
    """tf / (tf + k) from ts_rank's value of one lexeme."""
    if rank <= 0:
        return 0.0
    rank = min(rank, 0.9999)
    return rank / (rank + k / RANK_TO_TF * (1 - rank))


def length_k(length: int, average: float) -> float:
    """BM25's k for a document of this many tokens."""
    return K1 * (1 - B + B * length / average)


def statement_length(length: int) -> int:
    """The length that a statement is scored by.

    >>> [statement_length(n) for n in (1, 10, 40)]
    [19, 10, 40]
    """
    return max(length, 2 * STATEMENT_WORDS - length)


def statement_length_sql(length: str) -> str:
    """The same as SQL.

    >>> statement_length_sql("n")
    'greatest(n, 20 - n)'
    """
    return f"greatest({length}, {2 * STATEMENT_WORDS} - {length})"


def less_doubt(score: float, confidence: float) -> float:
    """A statement's score when its confidence is counted in.

    >>> less_doubt(10.0, 1.0), less_doubt(10.0, 0.5)
    (10.0, 9.5)
    """
    return score * (1 - DOUBT_WEIGHT * (1 - confidence))


def saturation_sql(rank: str, length: str, average: float) -> str:
    """The same as `saturated(rank, length_k(length, average))`, as SQL.

    >>> saturation_sql("r", "n", 300.0)
    "r / (r + (float8 '0.4651163' + float8 '0.004651163' * n) * (1 - r))"
    """
    # Bare numbers times an integer would be reckoned in decimals, several times as slow.
    fixed = K1 * (1 - B) / RANK_TO_TF
    growing = K1 * B / average / RANK_TO_TF
    k = f"float8 '{fixed:.7g}' + float8 '{growing:.7g}' * {length}"
    return f"{rank} / ({rank} + ({k}) * (1 - {rank}))"


def lead_sql(rank: str) -> str:
    """The same as `saturated(rank, LEAD_K)`, as SQL.

    >>> lead_sql("r")
    'r / (r + 1.550388 * (1 - r))'
    """
    return f"{rank} / ({rank} + {LEAD_K / RANK_TO_TF:.7g} * (1 - {rank}))"


@dataclass(frozen=True, slots=True)
class TermScore:
    """What one word of the query added to a document's score."""

    stem: str
    in_text: float
    as_written: float
    in_lead: float

    @property
    def total(self) -> float:
        return self.in_text + self.as_written + self.in_lead


@dataclass(frozen=True, slots=True)
class Score:
    """A document's score in its parts."""

    terms: tuple[TermScore, ...]
    pairs: float
    passage: float = 0.0
    likeness: float = 0.0

    @property
    def total(self) -> float:
        return sum(t.total for t in self.terms) + self.pairs + self.passage + self.likeness


@dataclass(frozen=True, slots=True)
class ScoredTerm:
    """A query term as ranking sees it: how often it was typed and its two idf values."""

    stem: str
    weight: float
    stem_idf: float
    word_idf: float


def score(
    terms: Sequence[ScoredTerm],
    pairs: Sequence[tuple[int, int]],
    *,
    length: int,
    average: float,
    stem_ranks: Sequence[float],
    word_ranks: Sequence[float],
    lead_ranks: Sequence[float],
    pair_found: Sequence[bool],
) -> Score:
    """The full score of one document from what the database saw in it.

    The rank sequences run parallel to `terms`, `pair_found` to `pairs` (indexes into
    `terms` of words typed side by side).
    """
    k = length_k(length, average)
    parts = tuple(
        TermScore(
            stem=term.stem,
            in_text=term.weight * term.stem_idf * saturated(in_text, k),
            as_written=WORD_WEIGHT * term.weight * term.word_idf * saturated(written, k),
            in_lead=LEAD_WEIGHT * term.weight * term.stem_idf * saturated(lead, LEAD_K),
        )
        for term, in_text, written, lead in zip(
            terms, stem_ranks, word_ranks, lead_ranks, strict=True
        )
    )
    together = sum(
        pair_score(terms[a], terms[b])
        for (a, b), found in zip(pairs, pair_found, strict=True)
        if found
    )
    return Score(parts, together)


def total_score(
    terms: Sequence[ScoredTerm],
    pairs: Sequence[float],
    *,
    k: float,
    stem_ranks: Sequence[float],
    word_ranks: Sequence[float],
    lead_ranks: Sequence[float],
    pair_found: Sequence[bool],
) -> float:
    """`score(...).total`, for hundreds of documents: `k` is their `length_k`, `pairs` are the
    `pair_score`s."""
    total = 0.0
    for term, in_text, written, lead in zip(terms, stem_ranks, word_ranks, lead_ranks, strict=True):
        if in_text <= 0:
            continue  # its stem stands nowhere, so neither do its spellings
        told = term.stem_idf * (saturated(in_text, k) + LEAD_WEIGHT * saturated(lead, LEAD_K))
        told += WORD_WEIGHT * term.word_idf * saturated(written, k)
        total += term.weight * told
    return total + sum(told for told, found in zip(pairs, pair_found, strict=True) if found)


def pair_score(one: ScoredTerm, other: ScoredTerm) -> float:
    """What two words add that stand side by side, as they were typed."""
    return PAIR_WEIGHT * (one.stem_idf + other.stem_idf) / 2


def best_passage(terms: Sequence[ScoredTerm], positions: Sequence[Sequence[int]]) -> float:
    """What the passage with the most of the query adds; `positions` run parallel to `terms`.

    >>> terms = [ScoredTerm("a", 1, 2.0, 2.0), ScoredTerm("b", 1, 3.0, 3.0)]
    >>> best_passage(terms, [[1, 90], [60]]), best_passage(terms, [[1, 70], [60]])
    (0.6000000000000001, 1.0)
    """
    met = sorted((at, i) for i, places in enumerate(positions) for at in places)
    inside = [0] * len(terms)
    best = total = 0.0
    first = 0
    for at, i in met:
        while met[first][0] <= at - PASSAGE_WORDS:
            gone = met[first][1]
            inside[gone] -= 1
            if not inside[gone]:
                total -= terms[gone].stem_idf
            first += 1
        if not inside[i]:
            total += terms[i].stem_idf
        inside[i] += 1
        best = max(best, total)
    return PASSAGE_WEIGHT * best


def likeness(
    terms: Sequence[ScoredTerm],
    typed: Sequence[Sequence[str]],
    positions: Sequence[Sequence[int]],
    words: str,
) -> float:
    """What absent words add whose letters are there in others.

    `typed` are each term's folded words; `words` are the article's, separated by blanks.
    """
    added = 0.0
    for term, spellings, places in zip(terms, typed, positions, strict=True):
        if places or len(spellings[0]) < GRAM:
            continue
        grams = {w[i : i + GRAM] for w in spellings for i in range(len(w) - GRAM + 1)}
        added += term.stem_idf * sum(gram in words for gram in grams) / len(grams)
    return LIKENESS_WEIGHT * added
