"""Suggestions while typing, for static/js/aqwal.js: speakers first, then words of the corpus."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus.indexing.texts import WORD
from corpus.speakers.names import body_key, name_parts, person_key
from corpus.text.analysis import analyse
from search.request import clean_query
from search.spelling import as_written

SHOWN = 5
SHORTEST = 2
BEGUN = 3  # letters of a word before it is completed: fewer begin too many words
LONGEST = 80
RARELY = 50  # times less often quoted than the first


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """At most five, the most quoted first; `what` says what each is.

    With `?only=speakers` no words are offered, for a box that takes a name.
    """
    typed = clean_query(request.GET.get("q", ""))[:LONGEST]
    found: list[dict[str, str]] = []
    if len(typed) >= SHORTEST:
        found += [{"text": name, "what": _("speaker")} for name in _speakers(typed)]
    if len(typed) >= SHORTEST and request.GET.get("only") != "speakers":
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


# By key or by the key of another name: surnames, of those whom articles call by theirs.
SPEAKERS = """
WITH begun AS (
    SELECT id FROM corpus_speaker WHERE key LIKE ANY(%(keys)s)
    UNION SELECT speaker_id FROM corpus_speakeralias WHERE key LIKE ANY(%(keys)s)
)
SELECT s.name, said.n FROM begun JOIN corpus_speaker s USING (id)
CROSS JOIN LATERAL (SELECT count(*) AS n FROM corpus_statement WHERE speaker_id = s.id) AS said
WHERE s.merged_into_id IS NULL ORDER BY said.n DESC, s.name LIMIT %(limit)s
"""


def _speakers(typed: str) -> list[str]:
    """Folded as resolution folds names, so that spelling and titles do not matter.

    Beside one quoted very often the hardly ever quoted are left out: mostly they are the same
    name with a word too many.
    """
    keys = {person_key(name_parts(typed)), body_key(typed)} - {""}
    patterns = [
        key.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        for key in sorted(keys)
    ]
    with connection.cursor() as cursor:
        cursor.execute(SPEAKERS, {"keys": patterns, "limit": SHOWN})
        found = cursor.fetchall()
    return [name for name, n in found if n * RARELY >= found[0][1]]
