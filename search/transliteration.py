"""Names typed in Latin letters, found among the corpus's own words by their consonants."""

from __future__ import annotations

import math
import re

from django.db import connection

from corpus.text.rescue import closeness, latin_skeletons, skeleton
from search.spelling import as_written

# The expression of the index frequency_skeleton (corpus/sql/0012_skeletons.sql): a word's
# consonants by class, whatever article or ending it has. `skeleton` then decides.
CONSONANTS = """translate(substr(lexeme, 2),
    'بتطثجغژحهدضذزظسصقكخرشفلمنايوءؤئعأإآى', 'btttggghhdddzzsskkXrSflmn')"""
LOOK_UP = f"""
SELECT substr(lexeme, 2), articles FROM corpus_lexemefrequency
WHERE lexeme >= 'w' AND lexeme < 'x' AND articles > 0 AND {CONSONANTS} = ANY(%s)
ORDER BY articles DESC, lexeme LIMIT 200
"""
LATIN = re.compile(r"[A-Za-zÀ-ɏ'’-]+")
SHORTEST = 2  # consonants; a name of one is like everything
ALIKE = 0.5  # closeness below which a word is another name


def in_arabic(query: str) -> str:
    """The query with each Latin name as the corpus writes it; "" where no name is known."""
    folded = {name: word for name in set(LATIN.findall(query)) if (word := _likeliest(name))}
    if not folded:
        return ""
    spelled = as_written(folded.values())
    known = {name: spelled[word] for name, word in folded.items()}
    return LATIN.sub(lambda found: known.get(found.group(), found.group()), query)


def _likeliest(name: str) -> str:
    skeletons = latin_skeletons(name)
    keys = {s.lstrip("awy") for s in skeletons}
    keys = {k for k in keys if len(k) >= SHORTEST}
    if not keys:
        return ""
    with connection.cursor() as cursor:
        # With the article, and with the ending that a skeleton leaves out.
        cursor.execute(
            LOOK_UP, [sorted({a + k + z for k in keys for a in ("", "l") for z in ("", "h")})]
        )
        found = cursor.fetchall()
    best, best_weight = "", 0.0
    for word, articles in found:
        alike = closeness(word, name)
        if skeleton(word) in skeletons and alike >= ALIKE:
            # Squared: among names that sound alike the commoner one was meant.
            weight = alike * alike * math.log(articles + 1.7)
            if weight > best_weight:
                best, best_weight = word, weight
    return best
