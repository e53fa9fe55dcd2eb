"""What signed-in users keep: their searches."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedSearch(models.Model):
    """A search that its owner comes back to.

    `parameters` is the query string of `SearchRequest`. `seen` is the highest article id at
    the last visit: what has a higher one was added to the corpus since.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=200)
    parameters = models.TextField(_("search"))
    seen = models.BigIntegerField(default=0)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    visited = models.DateTimeField(_("last visit"), auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
