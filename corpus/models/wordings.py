"""Words of statements as numbers, by which the same statement is found in several articles.

Apart from the statement, whose row would be written again with all its indexes; see
`corpus.wording_kin` and docs/decisions/0009.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from psqlextra.models import PostgresModel

from corpus.models.articles import Article
from corpus.models.statements import Statement


class Wording(PostgresModel):
    """A visible statement long enough to be compared; written with its search row.

    `wording` is the same number for the same words; nearly the same words share some of
    `bands`, whose GIN index is set by the migration's SQL.
    """

    # Nothing but `corpus.wording_kin` writes here: the database need not check each row twice.
    statement = models.OneToOneField(
        Statement,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    wording = models.BigIntegerField(db_index=True)
    bands = ArrayField(models.IntegerField(), default=list)

    def __str__(self) -> str:
        return f"{self.statement_id}"


class WordingKin(PostgresModel):
    """Wordings that are nearly the same; `kin` is the least of those that hang together.

    A wording without kin has no row.
    """

    wording = models.BigIntegerField(primary_key=True)
    kin = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.wording}"


class WordingDue(PostgresModel):
    """Wordings that came or went with one batch: a queue, emptied by `link_wordings`."""

    wordings = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return f"{self.pk}"
