"""What of a text stands in a search row: lexemes of both lanes, impacts, and their keys."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import UTC

from corpus.models import Article
from corpus.text.analysis import Columns, analyse_columns

LEAD = 40  # words of the body that count as its lead (RETRIEVAL §1)

# A tsvector is at most 1 MB and positions end at 16,383; what lies beyond is not indexed.
MAX_TOKENS = 16_000
MAX_LEXEME_BYTES = 600_000
MAX_TITLE = 500  # words

# The first character of a key in LexemeFrequency.
STEM, WORD, TITLE, NAME, IN_LEAD, STATISTIC = "s", "w", "t", "n", "l", "#"
TIERS = "12345678"

# Tiers of saturated term frequency, tf / (tf + k), with BM25's length normalisation at a
# fixed average: they only choose candidates, so they need not follow the corpus.
TIER_LIMITS = (0.60, 0.70, 0.78, 0.84, 0.90, 0.93, 0.95, 0.965)
TIER_K1, TIER_B, TIER_AVERAGE = 1.2, 0.75, 300.0


# Nested random samples of the rows: one in so many has the lexeme "#n" among its stems, so
# that a common word is counted by the sample within one index scan, however often it stands.
SAMPLES = (4, 16, 64, 256)
SAMPLE = "#"

# Among its pairs it has the sample's number below zero, where no pair's bucket is.
# The source and the year stand there too, so that a filter by them is met within the same
# scan, and count themselves among the frequencies.
SOURCE_KEY, YEAR_KEY = "#source:", "#year:"


@dataclass(frozen=True, slots=True)
class IndexedText:
    """Analysed text, ready for `to_tsvector`: lexemes of both lanes by field.

    A statement's speaker stands where an article's title does, so that "روحاني تدمر" finds
    what روحاني said of تدمر before what others said of both.
    """

    title_stems: list[str]
    title_words: list[str]
    stems: list[str]
    words: list[str]
    numbers: list[int]  # of the words of title and body

    @property
    def length(self) -> int:
        return len(self.title_stems) + len(self.stems)


def analyse_fields(title: str, body: str) -> IndexedText:
    """Both lanes of a title and a body, bounded to what a tsvector can hold."""
    return bounded(analyse_columns(title), analyse_columns(body))


def bounded(title: Columns, body: Columns) -> IndexedText:
    """As much of an analysed title and body as a tsvector can hold."""
    limit = MAX_TOKENS
    if sum(map(len, body.words)) * 2 > MAX_LEXEME_BYTES / 2:
        # Only very long bodies pay for an exact count of what still fits.
        size = 0
        for i, word in enumerate(body.words):
            size += len(word.encode()) + 8
            if size > MAX_LEXEME_BYTES:
                limit = min(limit, i)
                break
    return IndexedText(
        title.stems[:MAX_TITLE],
        title.words[:MAX_TITLE],
        body.stems[:limit],
        body.words[:limit],
        title.numbers[:MAX_TITLE] + body.numbers[:limit],
    )


def impacts(text: IndexedText, title: str = TITLE) -> list[str]:
    """The stems again, marked by the tiers they reach in this text, for title and lead.

    `title` marks those of the title: NAME where it is a statement's speaker.
    """
    k = TIER_K1 * (1 - TIER_B + TIER_B * text.length / TIER_AVERAGE)
    found = [title + stem for stem in dict.fromkeys(text.title_stems)]
    found += [IN_LEAD + stem for stem in dict.fromkeys(text.title_stems + text.stems[:LEAD])]
    # Most stems stand in a text once, which reaches no tier of a text of usual length.
    fewest = k * TIER_LIMITS[0] / (1 - TIER_LIMITS[0]) - 1e-9
    for stem, tf in Counter(text.title_stems + text.stems).items():
        if tf >= fewest:
            # The limits rise, so these are the first ones.
            tiers = TIERS[: bisect_right(TIER_LIMITS, tf / (tf + k))]
            found += [tier + stem for tier in tiers]
    return found


def filter_keys(article: Article) -> list[str]:
    """What an article's rows, and its statements', have among their impacts to filter by."""
    found = [f"{SOURCE_KEY}{article.source_id}"]
    if article.published is not None:
        found.append(f"{YEAR_KEY}{article.published.astimezone(UTC).year}")
    return found
