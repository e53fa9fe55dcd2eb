"""Rows that search reads, apart from articles: narrow, rebuilt at will, owned by `indexing`.

De-TOASTing a vector is nearly all that ranking a row costs (docs/decisions/0003), so
`stems` stays inline in its row and `words` out of line; both settings, like the GIN
indexes, are set by the migration's SQL because Django has no word for them.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from psqlextra.models import PostgresModel

from corpus.models.articles import Article, Source
from corpus.models.statements import Statement


class SearchRow(PostgresModel):
    """What both kinds of search row have.

    `stems` and `words` are the two lanes of the analysed text, with positions, title
    words labelled A and the lead B. `impacts` holds each stem again for the tiers of
    term frequency that it reaches here and for standing in the title, so that the best
    documents of a common word are found without reading them all, `pairs` the words that
    stand side by side (`corpus.text.pairs`), so that a phrase is. `length` is the
    number of tokens, which ranking needs and a tsvector does not hold.
    `published` is the article's time, or null.
    """

    published = models.DateTimeField(null=True)
    length = models.PositiveIntegerField()
    stems = SearchVectorField()
    words = SearchVectorField()
    impacts = ArrayField(models.TextField(), default=list)
    pairs = ArrayField(models.IntegerField(), default=list)
    index_version = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class ArticleSearchRow(SearchRow):
    """An article as search sees it. `speakers` and `kinds` are of its visible statements."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    section = models.CharField(max_length=200, blank=True)
    speakers = ArrayField(models.BigIntegerField(), default=list)
    kinds = ArrayField(models.CharField(max_length=8), default=list)

    class Meta:
        indexes = (
            models.Index(fields=("published", "article"), name="search_oldest"),
            # Newest first with undated articles last is not the other index read backwards.
            models.Index(
                models.F("published").desc(nulls_last=True),
                models.F("article").desc(),
                name="search_newest",
            ),
            models.Index(fields=("source", "published", "article"), name="search_source_published"),
            models.Index(fields=("index_version", "article"), name="search_version"),
        )


class StatementSearchRow(SearchRow):
    """A statement as search sees it: the words said, and the article's facts to filter by."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    speaker = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8)
    section = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("published", "statement"), name="stsearch_oldest"),
            models.Index(
                models.F("published").desc(nulls_last=True),
                models.F("statement").desc(),
                name="stsearch_newest",
            ),
            models.Index(fields=("speaker", "published"), name="stsearch_speaker"),
            models.Index(fields=("index_version", "statement"), name="stsearch_version"),
        )


class LexemeFrequency(PostgresModel):
    """In how many articles and statements a lexeme stands.

    `lexeme` carries its lane as its first character (see `corpus.indexing.texts`).
    """

    lexeme = models.TextField(primary_key=True, db_collation="C")
    articles = models.BigIntegerField(default=0)
    statements = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.lexeme


class FrequencyDelta(PostgresModel):
    """A batch's changes not yet added to `LexemeFrequency`: three arrays of one length.

    Written in the batch's own transaction and never updated, so parallel imports
    neither wait for each other nor deadlock on common words. One row a batch: with one a
    lexeme, writing them took half as long as writing the search rows.
    """

    lexemes = ArrayField(models.TextField())
    articles = ArrayField(models.IntegerField())
    statements = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"{len(self.lexemes)} lexemes"
