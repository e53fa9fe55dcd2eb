"""Import runs and their records: read only, rejected records as CSV; a file sent and watched."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corpus import uploads
from corpus.importers import FORMATS
from corpus.ingest import background
from corpus.ingest.runs import mark_interrupted
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


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(label=_("file"))
    source = forms.CharField(
        label=_("source"),
        max_length=200,
        required=False,
        help_text=_("Of articles that name none; empty: the file's name."),
    )
    format = forms.ChoiceField(
        label=_("format"),
        choices=[("auto", _("found out by content")), *((name, name) for name in FORMATS)],
    )


SCRIPT = ("arabic", "persian", "harakat", "latin", "articles")
SENDING = "corpus.add_importrun"
UNDER_WAY = (ImportRun.State.WAITING, ImportRun.State.RUNNING)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    """Runs and their counts; the way to send a file and to watch its import."""

    change_list_template = "admin/corpus/importrun/change_list.html"
    change_form_template = "admin/corpus/importrun/change_form.html"

    list_display = (
        *("started", "state", "read", "imported", "updated", "unchanged", "duplicate"),
        *("rejected_records", "finished"),
    )
    list_filter = ("state", "started")
    fields = (
        *("started", "finished", "state", "inputs", "options", "read", "imported", "updated"),
        *("unchanged", "duplicate", "rejected_records", "reasons", "dates", "script"),
        *("message", "by"),
    )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(self.upload), name="corpus_importrun_upload"),
            path("<int:pk>/progress/", wrap(self.progress), name="corpus_importrun_progress"),
            *super().get_urls(),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """The form for a file; sent, it leads to the page that shows its import."""
        if not request.user.has_perm(SENDING):
            raise PermissionDenied
        most = uploads.most_bytes()
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and form.cleaned_data["file"].size <= most:
            sent = form.cleaned_data["file"]
            run = background.receive(
                sent.name,
                sent.chunks(),
                source=form.cleaned_data["source"].strip(),
                format=form.cleaned_data["format"],
                by=request.user.pk,
            )
            return HttpResponseRedirect(_progress(run))
        too_large = request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > most
        if too_large:
            # What was too large has not been kept, and the form would say it is missing.
            form = UploadForm(initial={name: request.POST.get(name) for name in form.fields})
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import a file"),
            "opts": self.opts,
            "form": form,
            "too_large": too_large,
            "megabytes": most // 1024 // 1024,
        }
        return TemplateResponse(
            request,
            "admin/corpus/importrun/upload.html",
            context,
            status=413 if too_large else 200,
        )

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far a run is; for one that did not reach its end, a button to try again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        mark_interrupted()
        run = get_object_or_404(ImportRun, pk=pk)
        sending = request.user.has_perm(SENDING)
        if request.method == "POST":
            if not sending:
                raise PermissionDenied
            new = background.again(run, request.user.pk)
            return HttpResponseRedirect(_progress(new or run))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import of a file") if run.by_id else gettext("Import"),
            "opts": self.opts,
            "run": run,
            "name": "، ".join(map(str, run.inputs[:5])),
            "under_way": run.state in UNDER_WAY,
            "again": sending and run.state in background.AGAIN and run.upload,
            "reasons": (run.report.get("reasons") or {}).items(),
            "script": self.script(run),
            **_pace(run),
        }
        return TemplateResponse(request, "admin/corpus/importrun/progress.html", context)

    @admin.display(description=_("reasons"))
    def reasons(self, run: ImportRun) -> str:
        """Why records were rejected, updated or duplicates, and how many for each reason."""
        return _counted(run.report.get("reasons"))

    @admin.display(description=_("dates left empty"))
    def dates(self, run: ImportRun) -> str:
        """Why dates were left empty, and how many for each reason."""
        return _counted(run.report.get("dates_left_empty"))

    @admin.display(description=_("orthography"))
    def script(self, run: ImportRun) -> str:
        """The letters of what the run wrote, added up."""
        script = run.report.get("script")
        if not script:
            return "—"
        return gettext(
            "Arabic letters: %(arabic)d; Persian letters: %(persian)d, in %(of_persian)d of "
            "%(articles)d articles; vowel marks: %(harakat)d, in %(of_harakat)d; "
            "Latin letters: %(latin)d"
        ) % {
            **{key: script.get(key, 0) for key in SCRIPT},
            "of_persian": script.get("articles_persian", 0),
            "of_harakat": script.get("articles_harakat", 0),
        }

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


def _counted(found: dict[str, int] | None) -> str:
    return "؛ ".join(f"{key}: {number}" for key, number in (found or {}).items()) or "—"


def _progress(run: ImportRun) -> str:
    return reverse("admin:corpus_importrun_progress", args=[run.pk])


def _pace(run: ImportRun) -> dict[str, Any]:
    """Share done in percent, records a second and seconds left, each where it is known."""
    end = run.finished or timezone.now()
    seconds = max(1.0, (end - run.started) / timedelta(seconds=1))
    finished = run.state == ImportRun.State.FINISHED
    running = run.state == ImportRun.State.RUNNING
    share = 1.0 if finished else min(1.0, run.done / run.size) if run.size else None
    return {
        "percent": None if share is None else int(100 * share),
        "rate": round(run.read / seconds, 1),
        "seconds": int(seconds),
        "left": int(seconds * (1 - share) / share) if share and running else None,
    }


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
