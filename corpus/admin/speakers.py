"""Speakers: names, aliases, and merging them with a preview and a way back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from corpus import curation
from corpus.admin.searching import FoldedSearch, key_contains
from corpus.models import Speaker, SpeakerAlias, SpeakerMerge, Statement
from corpus.models.speakers import Origin
from corpus.quotes.types import SpeakerType
from corpus.resolution.resolver import mark_due
from corpus.speakers.names import body_key, name_parts, person_key


def key_of(name: str, kind: str) -> str:
    """The folded name under which resolution looks a speaker of this type up."""
    if kind in (SpeakerType.PERSON.value, SpeakerType.UNKNOWN.value):
        return person_key(name_parts(name))
    return body_key(name)


class AliasInline(admin.TabularInline):
    """Other names. Those a curator adds come before whatever the program would think."""

    model = SpeakerAlias
    fields = ("name", "origin")
    readonly_fields = ("origin",)
    extra = 1


@admin.register(Speaker)
class SpeakerAdmin(FoldedSearch):
    """Speakers as entities."""

    list_display = ("name", "type", "statement_count", "origin", "merged_into")
    list_filter = ("type", "origin", ("merged_into", admin.EmptyFieldListFilter))
    list_select_related = ("merged_into",)
    list_per_page = 50
    ordering = ("key", "pk")
    show_full_result_count = False
    fields = ("name", "type", "description", "key", "origin", "merged_into")
    readonly_fields = ("key", "origin", "merged_into")
    inlines = (AliasInline,)
    actions = ("merge_chosen",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return super().get_queryset(request)

    def search(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        aliases = SpeakerAlias.objects.filter(key_contains(typed)).values("speaker")
        return queryset.filter(key_contains(typed) | Q(pk__in=aliases))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if request.path.endswith("/autocomplete/"):
            # A merged speaker is nobody to attribute a statement to.
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Statements are counted for the speakers of the page only, in one query."""
        changes = super().get_changelist_instance(request)
        shown = [speaker.pk for speaker in changes.result_list]
        counts = dict(
            Statement.objects.published()
            .filter(speaker__in=shown)
            .values_list("speaker")
            .annotate(n=Count("pk"))
        )
        changes.result_list = list(changes.result_list)
        for speaker in changes.result_list:
            speaker.shown_count = counts.get(speaker.pk, 0)
        return changes

    @admin.display(description=_("statements"))
    def statement_count(self, speaker: Any) -> int:
        count: int = getattr(speaker, "shown_count", 0)
        return count

    def save_model(self, request: HttpRequest, obj: Speaker, form: Any, change: bool) -> None:
        if form.has_changed() or not change:
            # Theirs from now on: a re-run neither renames nor removes it.
            obj.origin = Origin.CURATOR
            old = obj.key
            obj.key = key_of(obj.name, obj.type)
            super().save_model(request, obj, form, change)
            if change and old and old != obj.key:
                _alias(obj, form.initial.get("name") or old, old, Origin.CURATOR)
            parts = name_parts(obj.name) if obj.type == SpeakerType.PERSON.value else ()
            if len(parts) > 1:
                _alias(obj, obj.name.split()[-1], parts[-1], Origin.PROGRAM)
            return
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for alias in formset.save(commit=False):
            alias.key = key_of(alias.name, alias.speaker.type)
            alias.origin = Origin.CURATOR
            same = SpeakerAlias.objects.filter(speaker=alias.speaker, key=alias.key)
            same.exclude(pk=alias.pk).delete()
            alias.save()
        for alias in formset.deleted_objects:
            alias.delete()
            # Theirs from now on, lest the program make it and its alias anew one day.
            Speaker.objects.filter(pk=alias.speaker_id).update(origin=Origin.CURATOR)
        formset.save_m2m()
        mark_due([form.instance.pk])

    @admin.action(description=_("Merge the chosen speakers…"), permissions=["change"])
    def merge_chosen(
        self, request: HttpRequest, queryset: QuerySet[Speaker]
    ) -> HttpResponse | None:
        """First a page that shows what would become one, then the merge."""
        chosen = list(queryset.order_by("pk")[:51])
        if not 2 <= len(chosen) <= 50:
            self.message_user(request, gettext("Choose two to fifty speakers."), messages.ERROR)
            return None
        if any(s.merged_into_id for s in chosen):
            self.message_user(
                request, gettext("One of them is merged already; undo that first."), messages.ERROR
            )
            return None
        into = next((s for s in chosen if str(s.pk) == request.POST.get("into")), None)
        if request.POST.get("confirmed") and into is not None:
            moved = curation.merge(chosen, into, request.user)
            for speaker in chosen:
                self.log_change(request, speaker, f"merged into {into.pk} {into.name}"[:200])
            self.message_user(
                request,
                ngettext("Merged; %(n)d statement moved.", "Merged; %(n)d statements moved.", moved)
                % {"n": moved},
                messages.SUCCESS,
            )
            return None
        return TemplateResponse(
            request,
            "admin/corpus/speaker/merge.html",
            {
                **self.admin_site.each_context(request),
                "title": gettext("Merge speakers"),
                "opts": self.model._meta,
                "chosen": _described(chosen),
            },
        )


def _alias(speaker: Speaker, name: str, key: str, origin: Origin) -> None:
    SpeakerAlias.objects.get_or_create(
        speaker=speaker, key=key, defaults={"name": name[:300], "origin": origin}
    )


def _described(chosen: list[Speaker]) -> list[dict[str, Any]]:
    """What the preview shows of each: its names, how much it said, and three examples."""
    counts = dict(
        Statement.objects.filter(speaker__in=chosen).values_list("speaker").annotate(n=Count("pk"))
    )
    most = max(chosen, key=lambda s: (counts.get(s.pk, 0), -s.pk))
    return [
        {
            "speaker": speaker,
            "count": counts.get(speaker.pk, 0),
            "aliases": [alias.name for alias in speaker.aliases.all()],
            "examples": list(
                Statement.objects.filter(speaker=speaker)
                .select_related("article__source")
                .order_by("-pk")[:3]
            ),
            "proposed": speaker == most,
        }
        for speaker in chosen
    ]


@admin.register(SpeakerMerge)
class SpeakerMergeAdmin(admin.ModelAdmin):
    """Merges made, each with a way back."""

    list_display = ("speaker", "into", "made", "by", "undone")
    list_filter = (("undone", admin.EmptyFieldListFilter),)
    list_select_related = ("speaker", "into", "by")
    ordering = ("-made",)
    fields = ("speaker", "into", "made", "by", "undone")
    readonly_fields = fields
    actions = ("undo_chosen",)

    @admin.action(description=_("Undo the chosen merges"), permissions=["change"])
    def undo_chosen(self, request: HttpRequest, queryset: QuerySet[SpeakerMerge]) -> None:
        moved = 0
        for made in queryset.order_by("-made"):
            moved += curation.undo_merge(made)
            self.log_change(request, made, "undone")
        self.message_user(
            request,
            ngettext(
                "Undone; %(n)d statement went back.", "Undone; %(n)d statements went back.", moved
            )
            % {"n": moved},
            messages.SUCCESS,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
