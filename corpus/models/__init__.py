"""The corpus as rows: sources, articles, speakers, statements, imports, and their search rows."""

from corpus.models.articles import Article, Fingerprint, Source, Story, StoryDue
from corpus.models.feeds import Feed
from corpus.models.imports import ImportRecord, ImportRun, Outcome
from corpus.models.merges import SpeakerMerge
from corpus.models.search_rows import (
    ArticleSearchRow,
    FrequencyDelta,
    LexemeFrequency,
    StatementSearchRow,
)
from corpus.models.speakers import Speaker, SpeakerAlias
from corpus.models.statements import Curation, Statement

__all__ = [
    "Article",
    "ArticleSearchRow",
    "Curation",
    "Feed",
    "Fingerprint",
    "FrequencyDelta",
    "ImportRecord",
    "ImportRun",
    "LexemeFrequency",
    "Outcome",
    "Source",
    "Speaker",
    "SpeakerAlias",
    "SpeakerMerge",
    "Statement",
    "StatementSearchRow",
    "Story",
    "StoryDue",
]
