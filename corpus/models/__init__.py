"""The corpus as rows: sources, articles, speakers, statements, imports, and their search rows."""

from corpus.models.articles import Article, Fingerprint, Source, Story, StoryDue
from corpus.models.feeds import Feed
from corpus.models.imports import ImportRecord, ImportRun, Outcome
from corpus.models.merges import MergeProposal, SpeakerMerge
from corpus.models.search_rows import (
    ArticleSearchRow,
    FrequencyDelta,
    LexemeFrequency,
    StatementSearchRow,
)
from corpus.models.speakers import Speaker, SpeakerAlias, SpeakerDue
from corpus.models.statements import Curation, Statement
from corpus.models.wordings import Wording, WordingDue, WordingKin

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
    "MergeProposal",
    "Outcome",
    "Source",
    "Speaker",
    "SpeakerAlias",
    "SpeakerDue",
    "SpeakerMerge",
    "Statement",
    "StatementSearchRow",
    "Story",
    "StoryDue",
    "Wording",
    "WordingDue",
    "WordingKin",
]
