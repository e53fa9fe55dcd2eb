"""What an import did: one run, and a row for each record that needs a second look."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from psqlextra.models import PostgresModel


class Outcome(models.TextChoices):
    """How a record ended. The counts of a run add up to what was read."""

    IMPORTED = "imported", _("imported")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    DUPLICATE = "duplicate", _("duplicate")
    REJECTED = "rejected", _("rejected")


class ImportRun(PostgresModel):
    """One run of the importer and its counts.

    `report` is what `import_corpus --json` prints. `size` and `done` are bytes of input,
    0 where nobody asked how much there is. `upload` is the file that was sent through the
    admin, below `settings.AQWAL_UPLOADS`, for as long as the run may have to be repeated;
    `by` is who sent it.
    """

    class State(models.TextChoices):
        """Where the run stands; a killed run stays `RUNNING` until the next one sees it."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        FAILED = "failed", _("failed")
        INTERRUPTED = "interrupted", _("interrupted")

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.RUNNING)
    inputs = models.JSONField(_("inputs"), default=list)
    options = models.JSONField(_("options"), default=dict)
    read = models.PositiveIntegerField(_("read"), default=0)
    imported = models.PositiveIntegerField(_("imported"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    duplicate = models.PositiveIntegerField(_("duplicate"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    message = models.TextField(_("message"), blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    size = models.BigIntegerField(_("bytes"), default=0)
    done = models.BigIntegerField(_("bytes read"), default=0)
    upload = models.TextField(_("uploaded file"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ("-started",)

    def __str__(self) -> str:
        return f"{self.started:%Y-%m-%d %H:%M} {self.get_state_display()}"


class ImportRecord(PostgresModel):
    """A record of a run that was updated, a duplicate, or rejected, and why.

    Imported articles point to their run themselves, and unchanged ones are only
    counted: a row each would double the writes of a run that changes nothing.
    """

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="records", verbose_name=_("run")
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    file = models.TextField(_("file"), blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    external_id = models.CharField(_("external id"), max_length=500, blank=True)
    article = models.ForeignKey(
        "corpus.Article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
    )

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")
        indexes = (models.Index(fields=("run", "outcome", "reason"), name="import_record_reason"),)

    def __str__(self) -> str:
        return f"{self.file} {self.position}".strip()
