"""Suggestions while typing, for static/js/aqwal.js: speakers, then words of the corpus."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from search.request import clean_query

SHOWN = 5
SHORTEST = 2


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most five, each with the text to search for and what it is."""
    typed = clean_query(request.GET.get("q", ""))[:80]
    found: list[dict[str, str]] = []
    if len(typed) >= SHORTEST:
        found = _speakers(typed)
    response = JsonResponse({"suggestions": found[:SHOWN]})
    response["Cache-Control"] = "public, max-age=60"
    return response


def _speakers(typed: str) -> list[dict[str, str]]:
    from corpus.models import Speaker
    from corpus.text.analysis import analyse

    key = " ".join(t.word for t in analyse(typed))
    if not key:
        return []
    rows = (
        Speaker.objects.filter(key__startswith=key, merged_into=None)
        .order_by("name")
        .values_list("name", "pk")[:SHOWN]
    )
    return [{"text": name, "kind": "speaker"} for name, _pk in rows]
