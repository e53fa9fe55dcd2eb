"""Speakers as entities, and the names under which articles mention them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from psqlextra.models import PostgresModel

from corpus.quotes.types import SpeakerType


class Origin(models.TextChoices):
    """Who made a row: the program, whose work a re-run may replace, or a curator."""

    PROGRAM = "program", _("program")
    CURATOR = "curator", _("curator")


class Speaker(PostgresModel):
    """A person, organisation or post that statements are attributed to.

    A merged speaker stays as a row that points to the one it became (`merged_into`),
    so that old links keep working and a re-run does not bring it back.
    `key` is the folded name by which resolution finds the speaker again.
    """

    name = models.CharField(_("name"), max_length=300)
    key = models.CharField(_("folded name"), max_length=300, db_index=True)
    type = models.CharField(
        _("type"),
        max_length=12,
        blank=True,
        default="",
        choices=[
            (SpeakerType.PERSON.value, _("person")),
            (SpeakerType.ORGANISATION.value, _("organisation")),
            (SpeakerType.ROLE.value, _("post")),
            (SpeakerType.UNNAMED.value, _("unnamed source")),
        ],
    )
    description = models.TextField(_("description"), blank=True)
    origin = models.CharField(_("made by"), max_length=8, choices=Origin, default=Origin.PROGRAM)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = (
            # Two people of one full name can exist, but only a curator can tell them apart.
            models.UniqueConstraint(
                fields=("key", "type"),
                condition=models.Q(origin=Origin.PROGRAM.value),
                name="speaker_program_key",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="speaker_not_merged_into_self"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("corpus:speaker", args=[self.pk])


class SpeakerAlias(PostgresModel):
    """Another name of a speaker: a spelling, a surname, a curator's addition."""

    speaker = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("speaker")
    )
    name = models.CharField(_("name"), max_length=300)
    key = models.CharField(_("folded name"), max_length=300, db_index=True)
    origin = models.CharField(_("made by"), max_length=8, choices=Origin, default=Origin.PROGRAM)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = (
            models.UniqueConstraint(fields=("speaker", "key"), name="alias_speaker_key"),
        )

    def __str__(self) -> str:
        return self.name


class SpeakerDue(PostgresModel):
    """A speaker that won or lost statements since surnames were last settled.

    Written by every batch in its transaction, so that a killed run's rest is done by the
    next. No foreign key: the speaker may be gone by then, and rows of a queue must not
    make two imports wait for each other.
    """

    speaker = models.BigIntegerField()

    class Meta:
        verbose_name = _("speaker to be settled")
        verbose_name_plural = _("speakers to be settled")

    def __str__(self) -> str:
        return str(self.speaker)
