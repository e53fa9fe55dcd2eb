"""Statements: approved, rejected, corrected and added by a curator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from corpus import curation
from corpus.admin.searching import FoldedSearch, key_contains, stems_query
from corpus.indexing.rows import reindex_articles
from corpus.models import Article, Curation, Statement

_SPAN = ("field", "start", "end", "kind")


class StatementForm(forms.ModelForm):
    """The words are pasted from the article; where they stand is found from them."""

    class Meta:
        model = Statement
        fields = ("article", "field", "text", "kind", "speaker")
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in _SPAN}
        self.fields["text"].help_text = _(
            "Paste the words exactly as the article has them; their place is found from them."
        )
        # A blank at either end may be meant; find_words does not mind it.
        self.fields["text"].strip = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Offsets from the words: what is stored is the article's own text."""
        data = super().clean() or {}
        article: Article | None = data.get("article") or (
            self.instance.article if self.instance.article_id else None
        )
        words, in_field = data.get("text"), data.get("field") or self.instance.field
        if article is None or not words:
            return data
        text = curation.text_of(article, in_field)
        span: tuple[int, int] | None
        if in_field == self.before["field"] and words == self.instance.text and self.instance.pk:
            span = self.before["start"], self.before["end"]
            if text[span[0] : span[1]] != words:
                span = curation.find_words(words, text, self.before["start"])
        else:
            span = curation.find_words(words, text, self.before["start"] or 0)
        if span is None:
            self.add_error(
                "text",
                _(
                    "These words do not stand in the article's text. Copy them from the "
                    "text below, marks and all."
                ),
            )
            return data
        data["text"] = text[span[0] : span[1]]
        self.span = span
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if hasattr(self, "span"):
            self.instance.start, self.instance.end = self.span
            self.instance.stands = True


class ConfidenceFilter(admin.SimpleListFilter):
    """The least certain are what a curator looks at first."""

    title = _("confidence")
    parameter_name = "confidence_below"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(n / 10), _("below %(limit)s") % {"limit": n / 10}) for n in (5, 7, 9)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            return queryset.filter(confidence__lt=float(self.value() or ""))
        except ValueError:
            return queryset


@admin.register(Statement)
class StatementAdmin(FoldedSearch):
    """Statements with what a curator decided of them."""

    form = StatementForm
    list_display = ("words", "speaker", "mention", "kind", "in_article", "confidence", "curation")
    list_filter = (
        *("curation", "kind", ConfidenceFilter, "mention_type", "stands"),
        ("speaker", admin.EmptyFieldListFilter),
        "article__source",
    )
    list_select_related = ("speaker", "article", "article__source")
    list_per_page = 50
    ordering = ("-pk",)
    show_full_result_count = False
    autocomplete_fields = ("speaker", "article")
    actions = ("approve_chosen", "reject_chosen")
    change_form_template = "admin/corpus/statement/change_form.html"
    found = (
        *("article_text", "mention", "mention_name", "mention_role", "resolution", "cue"),
        *("rule", "confidence", "curation", "stands", "key"),
    )
    readonly_fields = found
    fields = ("article", "field", "text", "kind", "speaker", *found)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        found: QuerySet[Statement] = super().get_queryset(request)
        return found.select_related("article", "article__source", "speaker")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("article", *self.found) if obj else self.found

    def search(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        words = Q(search_row__stems=stems_query(typed))
        return queryset.filter(words | Q(key=typed) | key_contains(typed, "speaker__"))

    @admin.display(description=_("words"))
    def words(self, statement: Statement) -> str:
        return Truncator(statement.text).chars(140)

    @admin.display(description=_("article"))
    def in_article(self, statement: Statement) -> str:
        return f"{statement.article.source}: {Truncator(statement.article.headline).chars(60)}"

    @admin.display(description=_("the article's text"))
    def article_text(self, statement: Statement) -> SafeString | str:
        """The text with the statement marked; every piece is escaped on its own."""
        if not statement.article_id:
            return "—"
        text = curation.text_of(statement.article, statement.field)
        start, end = (statement.start, statement.end) if statement.stands else (0, 0)
        return format_html(
            '<div class="aqwal-text" dir="auto">{}<mark>{}</mark>{}</div>',
            text[:start],
            text[start:end],
            text[end:],
        )

    @admin.action(description=_("Approve the chosen statements"), permissions=["change"])
    def approve_chosen(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        self._decide(request, queryset, approve=True)

    @admin.action(description=_("Reject the chosen statements"), permissions=["change"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet[Statement]) -> None:
        self._decide(request, queryset, approve=False)

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[Statement], *, approve: bool
    ) -> None:
        chosen = list(queryset)
        decide = curation.approve if approve else curation.reject
        number = decide([s.pk for s in chosen])
        for statement in chosen:
            self.log_change(request, statement, "approved" if approve else "rejected")
        self.message_user(
            request,
            ngettext("%(n)d statement changed.", "%(n)d statements changed.", number)
            % {"n": number},
            messages.SUCCESS,
        )

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        button = {"_approve", "_reject"} & request.POST.keys()
        before = form.before
        if not change:
            obj.curation = Curation.ADDED
            obj.confidence = 1.0
            obj.rule = "curator"
            obj.key = curation.new_key(obj, obj.article)
        elif form.has_changed():
            # Before the status changes: what a curator added has never been found.
            curation.remember_found(obj, before["start"], before["end"], before["kind"])
            if obj.curation != Curation.ADDED:
                obj.curation = Curation.CORRECTED
        if "speaker" in form.changed_data:
            obj.resolution = "curator"
        super().save_model(request, obj, form, change)
        reindex_articles([obj.article_id])
        if button:
            decide = curation.approve if "_approve" in button else curation.reject
            decide([obj.pk])
            self.log_change(request, obj, "approved" if "_approve" in button else "rejected")

    def response_change(self, request: HttpRequest, obj: Statement) -> HttpResponse:
        if {"_approve", "_reject"} & request.POST.keys():
            self.message_user(request, gettext("The decision was saved."), messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A deleted statement would be found again; a rejected one is not.
        return False

    class Media:
        css = {"all": ("css/admin/curation.css",)}
