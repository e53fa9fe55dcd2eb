"""Suggestions while typing, for static/js/aqwal.js: speakers first, then words of the corpus."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Q
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus.indexing.texts import WORD
from corpus.models import Speaker
from corpus.speakers.names import body_key, name_parts, person_key
from corpus.text.analysis import analyse
from search.request import clean_query
from search.spelling import as_written

SHOWN = 5
SHORTEST = 2
BEGUN = 3  # letters of a word before it is completed: fewer begin too many words
LONGEST = 80


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most five, the most quoted first; `what` says what each is."""
    typed = clean_query(request.GET.get("q", ""))[:LONGEST]
    found: list[dict[str, str]] = []
    if len(typed) >= SHORTEST:
        found += [{"text": name, "what": _("speaker")} for name in _speakers(typed)]
        found += [{"text": text, "what": _("word")} for text in _words(typed, SHOWN - len(found))]
    response = JsonResponse({"suggestions": found})
    response["Cache-Control"] = "private, max-age=60"
    return response


def _words(typed: str, wanted: int) -> list[str]:
    """What was typed with its last word completed to words of the corpus, commonest first."""
    terms = analyse(typed)
    if wanted < 1 or not terms or terms[-1].end < len(typed) or len(terms[-1].word) < BEGUN:
        return []
    begun = terms[-1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(lexeme, 2) FROM corpus_lexemefrequency"
            " WHERE lexeme > %s AND lexeme < %s AND articles > 1"
            " ORDER BY articles DESC, lexeme LIMIT %s",
            [WORD + begun.word, WORD + begun.word + "\U0010ffff", wanted],
        )
        folded = [row[0] for row in cursor.fetchall()]
    return [typed[: begun.start] + word for word in as_written(folded).values()]


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
