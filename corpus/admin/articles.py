"""Articles and sources. What was imported is read here; removals can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corpus import curation
from corpus.admin.searching import FoldedSearch, stems_query
from corpus.models import Article, Source
from corpus.text.folding import fold


@admin.register(Source)
class SourceAdmin(FoldedSearch):
    """Newspapers, agencies and sites: the home page and the order of dates are editable."""

    list_display = ("name", "homepage", "date_order")
    list_filter = ("date_order",)

    def search(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        # A few hundred at most: folded here, so that no second folding lives in SQL.
        wanted = fold(typed.replace(" ", ""))
        names = Source.objects.values_list("pk", "name")
        return queryset.filter(pk__in=[pk for pk, n in names if wanted in fold(n.replace(" ", ""))])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ScriptFilter(admin.SimpleListFilter):
    """Articles by what their writing shows."""

    title = _("orthography")
    parameter_name = "script"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("persian", _("Persian letters among Arabic")),
            ("harakat", _("vowel marks")),
            ("latin", _("more than a fifth Latin")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "persian":
            return queryset.filter(persian_letters__gt=0)
        if self.value() == "harakat":
            return queryset.filter(harakat__gt=0)
        if self.value() == "latin":
            return queryset.filter(latin_letters__gt=F("arabic_letters") / 4)
        return queryset


@admin.register(Article)
class ArticleAdmin(FoldedSearch):
    """Articles as imported, beside their text as found."""

    list_display = ("headline", "source", "published", "section", "was_cleaned")
    list_filter = ("source", "precision", ScriptFilter, "language", "extractor_version")
    list_select_related = ("source",)
    list_per_page = 50
    ordering = ("-pk",)
    show_full_result_count = False
    change_form_template = "admin/corpus/article/change_form.html"
    fields = (
        *("title", "source", "external_id", "link", "author", "section", "language"),
        *("published", "precision", "published_raw", "text", "text_as_found", "import_run"),
        *("orthography", "extractor_version", "created", "updated"),
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).select_related("source", "import_run")

    def search(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queryset.filter(Q(search_row__stems=stems_query(typed)) | Q(external_id=typed))

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return self.list_display

    @admin.display(description=_("article"))
    def headline(self, article: Article) -> str:
        return Truncator(article.headline).chars(120)

    @admin.display(description=_("cleaned"), boolean=True)
    def was_cleaned(self, article: Article) -> bool:
        return bool(article.removals)

    @admin.display(description=_("address"))
    def link(self, article: Article) -> str:
        return article.url

    @admin.display(description=_("orthography"))
    def orthography(self, article: Article) -> str:
        """How many letters of which writing stand in title and body."""
        letters = article.arabic_letters + article.latin_letters
        share = 100 * article.latin_letters / letters if letters else 0.0
        return gettext(
            "Arabic letters: %(arabic)d; Persian letters: %(persian)d; vowel marks: %(marks)d; "
            "Latin letters: %(latin)d (%(share).1f%%)"
        ) % {
            "arabic": article.arabic_letters,
            "persian": article.persian_letters,
            "marks": article.harakat,
            "latin": article.latin_letters,
            "share": share,
        }

    @admin.display(description=_("body"))
    def text(self, article: Article) -> SafeString:
        return format_html('<div class="aqwal-text" dir="auto">{}</div>', article.body)

    @admin.display(description=_("text as found"))
    def text_as_found(self, article: Article) -> SafeString | str:
        """The raw text, each removal struck through and with a button to put it back."""
        if not article.removals:
            return "—"
        pieces: list[tuple[SafeString]] = []
        at = 0
        for number, (rule, start, end) in enumerate(article.removals):
            pieces.append((format_html("{}", article.raw_text[at:start]),))
            pieces.append(
                (
                    format_html(
                        '<del title="{}">{}</del><button type="submit" name="_undo_removal"'
                        ' value="{}" class="button">{}</button>',
                        rule,
                        article.raw_text[start:end],
                        number,
                        gettext("put back (%(rule)s)") % {"rule": rule},
                    ),
                )
            )
            at = end
        pieces.append((format_html("{}", article.raw_text[at:]),))
        return format_html(
            '<div class="aqwal-text" dir="auto">{}</div>', format_html_join("", "{}", pieces)
        )

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        chosen = request.POST.get("_undo_removal", "")
        if chosen.isascii() and chosen.isdigit():
            try:
                curation.undo_removal(obj, int(chosen))
            except curation.CurationError:
                self.message_user(request, gettext("There is no such removal."), messages.ERROR)
            else:
                self.log_change(request, obj, f"put back removal {int(chosen)}")
                self.message_user(request, gettext("The text was put back."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:corpus_article_change", args=[obj.pk]))
        return super().response_change(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    class Media:
        css = {"all": ("css/admin/curation.css",)}
