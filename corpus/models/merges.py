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
