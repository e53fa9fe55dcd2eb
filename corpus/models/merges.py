"""Merges of speakers by a curator, with what is needed to take them back."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from psqlextra.models import PostgresModel

from corpus.models.speakers import Speaker


class SpeakerMerge(PostgresModel):
    """One speaker that became another. `statements` are the ids that went with it.

    Its aliases stay where they are: resolution follows `merged_into` from them, so
    nothing of theirs has to be put back.
    """

    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="+", verbose_name=_("speaker")
    )
    into = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="+", verbose_name=_("merged into")
    )
    statements = ArrayField(models.BigIntegerField(), default=list)
    made = models.DateTimeField(_("made"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    undone = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of speakers")
        verbose_name_plural = _("merges of speakers")

    def __str__(self) -> str:
        return f"{self.speaker} → {self.into}"


class MergeProposal(PostgresModel):
    """Two speakers that may be one: for a curator to decide, never merged by the program.

    `one` has the lower number, so that a pair is there once. Open proposals are the
    program's, made anew by every `resolve_speakers`; decided ones are the curator's and
    keep the pair from being proposed again. The figures are of the last run.
    """

    class Reason(models.TextChoices):
        """What the two names have in common."""

        SPELLING = "spelling", _("the same sounds, spelt otherwise")
        MIDDLE_NAME = "middle-name", _("one has more names between first and last")
        SURNAME = "surname-spelling", _("a surname alone that sounds like one full name's")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("merged")
        DISMISSED = "dismissed", _("dismissed")

    one = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="+", verbose_name=_("speaker")
    )
    other = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="+", verbose_name=_("other speaker")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    one_statements = models.PositiveIntegerField(_("statements"), default=0)
    other_statements = models.PositiveIntegerField(_("statements of the other"), default=0)
    shared_articles = models.PositiveIntegerField(_("articles with both"), default=0)
    shared_roles = ArrayField(
        models.CharField(max_length=500), verbose_name=_("roles of both"), default=list
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("proposed merge")
        verbose_name_plural = _("proposed merges")
        constraints = (
            models.UniqueConstraint(fields=("one", "other"), name="proposal_pair"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="proposal_order"
            ),
        )
        indexes = (models.Index(fields=("state",), name="proposal_state"),)

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"
