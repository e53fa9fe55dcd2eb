"""Feeds that `fetch_feeds` asks: addresses are set here, what came of them is shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corpus.ingest.background import start_command
from corpus.models import Feed

ASKED_AT_ONCE = 50


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):
    """A curator sets address, source and interval; the rest is the fetcher's."""

    list_display = ("url", "source", "enabled", "interval", "fetched", "status", "error", "run")
    list_filter = ("enabled", "status")
    list_select_related = ("source", "run")
    search_fields = ("url",)
    autocomplete_fields = ("source",)
    actions = ("fetch_now",)
    readonly_fields = ("fetched", "status", "error", "failures", "run")
    fields = ("url", "source", "enabled", "interval", *readonly_fields)

    def save_model(self, request: HttpRequest, obj: Feed, form: ModelForm, change: bool) -> None:
        if change and "url" in form.changed_data:
            # What the old address's server said means nothing to the new one.
            obj.etag = obj.last_modified = obj.error = ""
            obj.fetched = obj.status = None
            obj.failures = 0
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Fetch the chosen feeds now"), permissions=["change"])
    def fetch_now(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        chosen = sorted(queryset.values_list("pk", flat=True))[:ASKED_AT_ONCE]
        arguments = [word for pk in chosen for word in ("--feed", str(pk))]
        start_command("fetch_feeds", *arguments, "--quiet", "--workers", "1")
        self.message_user(
            request,
            gettext("The feeds are being fetched; their import run appears in the list of runs."),
            messages.SUCCESS,
        )
