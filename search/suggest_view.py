"""Suggestions while typing, for static/js/aqwal.js: speakers whose names begin so."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus.models import Speaker
from corpus.speakers.names import body_key, name_parts, person_key
from search.request import clean_query

SHOWN = 5
SHORTEST = 2
LONGEST = 80


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most five, the most quoted first; `what` says what each is."""
    typed = clean_query(request.GET.get("q", ""))[:LONGEST]
    names = _speakers(typed) if len(typed) >= SHORTEST else []
    response = JsonResponse(
        {"suggestions": [{"text": name, "what": _("speaker")} for name in names]}
    )
    response["Cache-Control"] = "private, max-age=60"
    return response


def _speakers(typed: str) -> list[str]:
    """Folded as resolution folds names, so that spelling and titles do not matter."""
    begins = Q(name__startswith=typed)
    for key in {person_key(name_parts(typed)), body_key(typed)} - {""}:
        begins |= Q(key__startswith=key)
    found = (
        Speaker.objects.filter(begins, merged_into=None)
        .annotate(n=Count("statements"))
        .order_by("-n", "name")
    )
    return list(found.values_list("name", flat=True)[:SHOWN])
