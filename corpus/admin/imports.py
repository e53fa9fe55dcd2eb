"""Import runs and their records: read only, rejected records as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from corpus.models import ImportRecord, ImportRun

CSV_COLUMNS = ("run_id", "outcome", "reason", "detail", "file", "position", "external_id")


class ReadOnly(admin.ModelAdmin):
    """What the importer wrote is not for editing."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    """Runs and their counts."""

    list_display = (
        *("started", "state", "read", "imported", "updated", "unchanged", "duplicate"),
        *("rejected_records", "finished"),
    )
    list_filter = ("state", "started")
    fields = (
        *("started", "finished", "state", "inputs", "options", "read", "imported", "updated"),
        *("unchanged", "duplicate", "rejected_records", "message"),
    )

    @admin.display(description=_("rejected"), ordering="rejected")
    def rejected_records(self, run: ImportRun) -> SafeString | str:
        """The number, and a way to the records."""
        if not run.rejected:
            return "0"
        address = reverse("admin:corpus_importrecord_changelist")
        return format_html(
            '<a href="{}?run__id__exact={}&outcome__exact=rejected">{}</a>',
            address,
            run.pk,
            run.rejected,
        )


class Echo:
    """A file for csv.writer that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(records: QuerySet[ImportRecord]) -> Iterator[str]:
    """The records as CSV, with a mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff" + str(writer.writerow(CSV_COLUMNS))
    for row in records.order_by("pk").values_list(*CSV_COLUMNS).iterator(chunk_size=2000):
        yield str(writer.writerow([harmless(value) for value in row]))


def harmless(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@admin.register(ImportRecord)
class ImportRecordAdmin(ReadOnly):
    """Records that need a second look."""

    list_display = ("run", "outcome", "reason", "file", "position", "external_id", "detail")
    list_filter = ("outcome", "reason", ("run", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("run",)
    list_per_page = 100
    ordering = ("-pk",)
    show_full_result_count = False
    search_fields = ("external_id", "file", "reason")
    actions = ("download_csv",)
    fields = (
        *("run", "outcome", "reason", "detail", "file", "position", "external_id", "article"),
    )

    @admin.action(description=_("Download the chosen records as CSV"), permissions=["view"])
    def download_csv(
        self, request: HttpRequest, queryset: QuerySet[ImportRecord]
    ) -> StreamingHttpResponse:
        answer = StreamingHttpResponse(csv_lines(queryset), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = "attachment; filename=records.csv"
        return answer
