"""Statements: who said what, where it stands in the article, and what curators made of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from psqlextra.manager import PostgresManager
from psqlextra.models import PostgresModel
from psqlextra.query import PostgresQuerySet

from corpus.models.articles import Article
from corpus.models.speakers import Speaker
from corpus.quotes.types import Field, Kind, SpeakerType


class Curation(models.TextChoices):
    """What a curator decided. Everything but `AUTO` is kept by every re-run."""

    AUTO = "auto", _("not reviewed")
    APPROVED = "approved", _("approved")
    CORRECTED = "corrected", _("corrected")
    REJECTED = "rejected", _("rejected")
    ADDED = "added", _("added by a curator")


class StatementQuerySet(PostgresQuerySet):
    """Statements readers may see."""

    def published(self) -> StatementQuerySet:
        """All but those a curator rejected."""
        return self.exclude(curation=Curation.REJECTED)


class StatementManager(PostgresManager.from_queryset(StatementQuerySet)):  # type: ignore[misc]
    """Bulk writes by on_conflict, and the queries above."""

    use_in_migrations = False


class Statement(PostgresModel):
    """One statement of one article.

    `start`/`end` are character offsets into the article's untouched title or body
    (`field`) and `text` is exactly that slice. `key` is the permalink: it is made from
    the article and the words, so it survives re-extraction where the words stand.
    `found_start`/`found_end`/`found_kind` keep what the extractor had found where a
    curator moved or rejected it, so that a re-run does not add the same thing again;
    they are null on a statement that a curator added. `stands` is false on a curated
    statement whose words are no longer in the article: its offsets then mean nothing.
    """

    # Without indexes of their own, article and speaker begin one of those below; nor is the
    # key `unique`, for which Django makes a second index, to search by its beginning.
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="statements",
        verbose_name=_("article"),
        db_index=False,
    )
    key = models.CharField(_("permalink"), max_length=20)
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=[
            (Kind.DIRECT.value, _("direct quotation")),
            (Kind.COLON.value, _("stated")),
            (Kind.INDIRECT.value, _("reported speech")),
        ],
    )
    field = models.CharField(
        _("in"),
        max_length=5,
        choices=[(Field.TITLE.value, _("title")), (Field.BODY.value, _("body"))],
        default=Field.BODY.value,
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    text = models.TextField(_("words"))
    inside = models.BooleanField(_("inside reported speech"), default=False)
    cue = models.CharField(_("cue"), max_length=200, blank=True)
    cue_start = models.IntegerField(_("cue start"), default=-1)
    cue_end = models.IntegerField(_("cue end"), default=-1)
    mention = models.CharField(_("speaker as written"), max_length=500, blank=True)
    mention_start = models.IntegerField(_("mention start"), default=-1)
    mention_end = models.IntegerField(_("mention end"), default=-1)
    mention_name = models.CharField(_("fullest name in the article"), max_length=500, blank=True)
    mention_role = models.CharField(_("role as written"), max_length=500, blank=True)
    mention_type = models.CharField(
        _("type of speaker"),
        max_length=12,
        blank=True,
        default="",
        choices=[
            (SpeakerType.PERSON.value, _("person")),
            (SpeakerType.ORGANISATION.value, _("organisation")),
            (SpeakerType.ROLE.value, _("role")),
            (SpeakerType.UNNAMED.value, _("unnamed")),
            (SpeakerType.UNKNOWN.value, _("unknown")),
        ],
    )
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("speaker"),
        db_index=False,
    )
    resolution = models.CharField(_("how the speaker was resolved"), max_length=200, blank=True)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), default=0.0)
    curation = models.CharField(_("review"), max_length=9, choices=Curation, default=Curation.AUTO)
    found_start = models.PositiveIntegerField(_("found start"), null=True, blank=True)
    found_end = models.PositiveIntegerField(_("found end"), null=True, blank=True)
    found_kind = models.CharField(_("found kind"), max_length=8, blank=True)
    stands = models.BooleanField(_("words still in the article"), default=True)

    objects = StatementManager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = (
            models.UniqueConstraint(fields=("key",), name="statement_key"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")), name="statement_span"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1),
                name="statement_confidence",
            ),
        )
        indexes = (
            models.Index(fields=("article", "field", "start"), name="statement_place"),
            models.Index(fields=("speaker", "article"), name="statement_speaker"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def lead(self) -> str:
        """What reported words need before them to be read alone: the verb that tells them, with
        dots where the article has more in between. Empty where they need nothing.

        «وجود هذه العلاقة» is the contrary of what was said where the article has «نفى الرئيس».
        """
        told = self.kind == Kind.INDIRECT and 0 <= self.cue_start < self.cue_end <= self.start
        if not told or not self.cue:
            return ""
        return self.cue if self.start - self.cue_end <= 1 else f"{self.cue} …"

    def get_absolute_url(self) -> str:
        return reverse("corpus:statement", args=[self.key])
