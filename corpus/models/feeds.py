"""RSS and Atom feeds that `fetch_feeds` asks again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from psqlextra.models import PostgresModel

from corpus.models.articles import Source
from corpus.models.imports import ImportRun

MOST_MINUTES = 31 * 24 * 60


class Feed(PostgresModel):
    """A feed's address, and what its server said the last time.

    `etag` and `last_modified` are sent back word for word, and kept only once the entries
    they stand for are stored. `source` names entries that name no source of their own;
    without it the feed's title does.
    """

    url = models.CharField(
        _("address"),
        max_length=2000,
        unique=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feeds",
        verbose_name=_("source"),
        help_text=_("Of entries that name none; empty: the feed's own title."),
    )
    enabled = models.BooleanField(_("enabled"), default=True)
    interval = models.PositiveIntegerField(
        _("minutes between two requests"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
    )
    etag = models.CharField(max_length=1000, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    fetched = models.DateTimeField(_("last asked"), null=True, editable=False)
    status = models.PositiveSmallIntegerField(_("last answer"), null=True, editable=False)
    error = models.TextField(_("last error"), blank=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    run = models.ForeignKey(
        ImportRun,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="feeds",
        verbose_name=_("last import"),
    )

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ("url",)

    def __str__(self) -> str:
        return self.url

    def is_due(self, now: datetime) -> bool:
        """Whether it is enabled and was last asked about its interval ago, or longer.

        A tenth less will do: what runs every hour must not find the feed asked 59 minutes
        and 50 seconds ago and pass it over.
        """
        if not self.enabled:
            return False
        return self.fetched is None or now - self.fetched >= 0.9 * timedelta(minutes=self.interval)
