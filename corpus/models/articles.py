"""Sources and the articles they published."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from psqlextra.models import PostgresModel

from corpus.documents import Precision

FIRST_WORDS = 12  # an article without a title is shown by this many of its first words


class Source(PostgresModel):
    """A newspaper, agency or site. `name` is as records give it."""

    class DateOrder(models.TextChoices):
        """How the source writes a numeric date."""

        DAY_FIRST = "dmy", _("day first")
        MONTH_FIRST = "mdy", _("month first")

    name = models.CharField(_("name"), max_length=200, unique=True)
    homepage = models.URLField(_("home page"), max_length=1000, blank=True)
    date_order = models.CharField(
        _("numeric dates"), max_length=3, choices=DateOrder, default=DateOrder.DAY_FIRST
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Story(PostgresModel):
    """A group of articles with nearly the same text: reprints and updated versions."""

    created = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return f"{self.pk}"


class Article(PostgresModel):
    """One article. `body` is what statements' offsets point into and is never folded.

    `raw_text` is the text as it was found, kept only where cleaning changed it, with
    `removals` saying what was taken out: a list of [rule, start, end] in `raw_text`.
    """

    # Source and story each begin an index of those below.
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="articles",
        verbose_name=_("source"),
        db_index=False,
    )
    external_id = models.CharField(_("external id"), max_length=500)
    title = models.TextField(_("title"), blank=True)
    body = models.TextField(_("body"), blank=True)
    raw_text = models.TextField(_("text as found"), blank=True)
    removals = models.JSONField(_("removed by cleaning"), default=list, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    url = models.TextField(_("address"), blank=True)
    author = models.TextField(_("author"), blank=True)
    section = models.CharField(_("section"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="ar")
    published = models.DateTimeField(_("published"), null=True, blank=True)
    precision = models.CharField(
        _("date precision"),
        max_length=5,
        blank=True,
        choices=[
            (Precision.UNKNOWN.value, _("unknown")),
            (Precision.YEAR.value, _("year")),
            (Precision.MONTH.value, _("month")),
            (Precision.DAY.value, _("day")),
            (Precision.TIME.value, _("time")),
        ],
        default=Precision.UNKNOWN.value,
    )
    published_raw = models.CharField(_("date as found"), max_length=200, blank=True)
    content_hash = models.BinaryField(_("content hash"), max_length=32)
    record_hash = models.BinaryField(_("record hash"), max_length=32)
    story = models.ForeignKey(
        Story,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("story"),
        db_index=False,
    )
    arabic_letters = models.PositiveIntegerField(_("Arabic letters"), default=0)
    persian_letters = models.PositiveIntegerField(_("Persian letters"), default=0)
    harakat = models.PositiveIntegerField(_("vowel marks"), default=0)
    latin_letters = models.PositiveIntegerField(_("Latin letters"), default=0)
    extractor_version = models.PositiveIntegerField(_("extractor version"), default=0)
    import_run = models.ForeignKey(
        "corpus.ImportRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("last written by"),
    )
    created = models.DateTimeField(_("created"), auto_now_add=True)
    updated = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "external_id"), name="article_source_external_id"
            ),
            models.UniqueConstraint(
                fields=("source", "content_hash"), name="article_source_content_hash"
            ),
            models.CheckConstraint(condition=~models.Q(title="", body=""), name="article_has_text"),
            models.CheckConstraint(
                condition=models.Q(published__isnull=True, precision="")
                | models.Q(published__isnull=False) & ~models.Q(precision=""),
                name="article_date_has_precision",
            ),
        )
        indexes = (
            models.Index(fields=("source", "published", "id"), name="article_source_published"),
            models.Index(fields=("published", "id"), name="article_published"),
            models.Index(fields=("external_id",), name="article_external_id"),
            models.Index(fields=("extractor_version", "id"), name="article_extractor"),
            models.Index(
                fields=("story",), name="article_story", condition=models.Q(story__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """The title, or the first words of an article that came without one."""
        if self.title:
            return self.title
        words = self.body.split(maxsplit=FIRST_WORDS)
        first = " ".join(words[:FIRST_WORDS])
        return f"{first}…" if len(words) > FIRST_WORDS else first

    def get_absolute_url(self) -> str:
        return reverse("corpus:article", args=[self.pk])


class Fingerprint(PostgresModel):
    """An article's text in 21 numbers, of which its near-duplicates share some.

    Apart from the article, whose row would be written again with all its indexes.
    See `corpus.neardup`.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    bands = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes = (GinIndex(fields=("bands",), name="fingerprint_bands"),)

    def __str__(self) -> str:
        return f"{self.article_id}"


class StoryDue(PostgresModel):
    """An article whose story has still to be looked for: a queue, emptied by `link_stories`.

    `changed` tells that the article had been linked by a text it no longer has.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    changed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.article_id}"
