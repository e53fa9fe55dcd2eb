"""Proposed merges of speakers: the evidence side by side, and a curator's decision."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from corpus import curation
from corpus.admin.searching import FoldedSearch, key_contains
from corpus.models import MergeProposal, Speaker, Statement
from corpus.resolution.proposing import OPEN_FIRST, WEIGHT

EXAMPLES = 5
BUTTONS = ("_into_one", "_into_other", "_dismiss", "_reopen")


class EvidenceFilter(admin.SimpleListFilter):
    """By what speaks for a pair or against it."""

    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("role", _("a role of both")),
            ("together", _("both in one article")),
            ("apart", _("never in one article")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[MergeProposal]
    ) -> QuerySet[MergeProposal]:
        if self.value() == "role":
            return queryset.exclude(shared_roles=[])
        if self.value() == "together":
            return queryset.filter(shared_articles__gt=0)
        if self.value() == "apart":
            return queryset.filter(shared_articles=0)
        return queryset


@admin.register(MergeProposal)
class MergeProposalAdmin(FoldedSearch):
    """Pairs that resolution found alike. Merging is the curator's, and can be undone."""

    list_display = (
        *("pair", "reason", "one_statements", "other_statements", "shared_articles"),
        *("roles", "state", "decided", "by"),
    )
    list_filter = ("state", "reason", EvidenceFilter)
    list_select_related = ("one", "other", "by")
    list_per_page = 50
    show_full_result_count = False
    fields = ("reason", "shared_articles", "roles", "state", "decided", "by")
    readonly_fields = fields
    actions = ("merge_chosen", "dismiss_chosen", "reopen_chosen")

    def get_ordering(self, request: HttpRequest) -> Any:
        return (OPEN_FIRST, WEIGHT.desc(), "pk")

    def search(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return queryset.filter(key_contains(typed, "one__") | key_contains(typed, "other__"))

    @admin.display(description=_("speakers"))
    def pair(self, proposal: MergeProposal) -> SafeString:
        return format_html("<bdi>{}</bdi> / <bdi>{}</bdi>", proposal.one.name, proposal.other.name)

    @admin.display(description=_("roles of both"))
    def roles(self, proposal: MergeProposal) -> str:
        return "، ".join(proposal.shared_roles) or "—"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        proposal = self.get_object(request, object_id)
        sides = []
        if isinstance(proposal, MergeProposal):
            sides = [
                _described(proposal.one, proposal.one_statements, "_into_one"),
                _described(proposal.other, proposal.other_statements, "_into_other"),
            ]
        context = {"sides": sides, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: MergeProposal, form: Any, change: bool) -> None:
        """Nothing is edited here; the buttons decide in `response_change`."""

    def response_change(self, request: HttpRequest, obj: MergeProposal) -> HttpResponse:
        button = next((name for name in BUTTONS if name in request.POST), None)
        if button is None:
            return super().response_change(request, obj)
        if button == "_dismiss":
            self._report_dismissed(request, curation.dismiss_proposals([obj.pk], _user(request)))
        elif button == "_reopen":
            curation.reopen_proposals([obj.pk])
            self.message_user(request, gettext("The proposal is open again."), messages.SUCCESS)
        else:
            into = obj.one if button == "_into_one" else obj.other
            self._report_merged(request, [self._merge(request, obj, into)])
        return HttpResponseRedirect(request.path)

    def _merge(self, request: HttpRequest, proposal: MergeProposal, into: Speaker) -> int | None:
        """Statements that moved; None where the pair cannot be merged any more."""
        if proposal.state != MergeProposal.State.OPEN:
            return None
        try:
            moved = curation.merge([proposal.one, proposal.other], into, _user(request))
        except curation.CurationError:
            return None
        self.log_change(request, proposal, f"merged into {into.pk} {into.name}"[:200])
        return moved

    def _report_merged(self, request: HttpRequest, results: list[int | None]) -> None:
        done = [moved for moved in results if moved is not None]
        if len(done) < len(results):
            self.message_user(
                request,
                gettext("Not all could be merged: one of the speakers is merged already."),
                messages.WARNING,
            )
        if done:
            n = sum(done)
            text = ngettext("Merged; %(n)d statement moved.", "Merged; %(n)d statements moved.", n)
            self.message_user(request, text % {"n": n}, messages.SUCCESS)

    def _report_dismissed(self, request: HttpRequest, n: int) -> None:
        text = ngettext("%(n)d proposal dismissed.", "%(n)d proposals dismissed.", n)
        self.message_user(request, text % {"n": n}, messages.SUCCESS)

    @admin.action(
        description=_("Merge the chosen pairs into the one with more statements"),
        permissions=["change"],
    )
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[MergeProposal]) -> None:
        results: list[int | None] = []
        for pk in queryset.values_list("pk", flat=True):
            # Read one by one: a merge may have closed the next one.
            proposal = MergeProposal.objects.select_related("one", "other").filter(pk=pk).first()
            if proposal is None:
                results.append(None)
                continue
            more = proposal.one_statements >= proposal.other_statements
            results.append(self._merge(request, proposal, proposal.one if more else proposal.other))
        self._report_merged(request, results)

    @admin.action(description=_("Dismiss the chosen: not the same speaker"), permissions=["change"])
    def dismiss_chosen(self, request: HttpRequest, queryset: QuerySet[MergeProposal]) -> None:
        chosen = list(queryset.filter(state=MergeProposal.State.OPEN))
        number = curation.dismiss_proposals([p.pk for p in chosen], _user(request))
        for proposal in chosen:
            self.log_change(request, proposal, "dismissed")
        self._report_dismissed(request, number)

    @admin.action(description=_("Open the chosen again"), permissions=["change"])
    def reopen_chosen(self, request: HttpRequest, queryset: QuerySet[MergeProposal]) -> None:
        curation.reopen_proposals(list(queryset.values_list("pk", flat=True)))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A deleted one would be proposed again; a dismissed one is not.
        return False

    class Media:
        css = {"all": ("css/admin/curation.css",)}


def _user(request: HttpRequest) -> Any:
    return request.user


def _described(speaker: Speaker, count: int, button: str) -> dict[str, Any]:
    """What the page shows of one of the two."""
    said = Statement.objects.published().filter(Q(speaker=speaker))
    return {
        "speaker": speaker,
        "count": count,
        "button": button,
        "aliases": [alias.name for alias in speaker.aliases.order_by("key")],
        "examples": list(said.select_related("article__source").order_by("-pk")[:EXAMPLES]),
    }
