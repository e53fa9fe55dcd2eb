"""Who bears a surname, as the corpus tells: the roles that articles naming people in full gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import lru_cache

from django.db import connection

from corpus.speakers.lexicon import TITLES
from corpus.speakers.names import folded_words

Roles = dict[frozenset[str], int]  # words of a role -> articles
EvidenceOf = Callable[[Collection[int]], dict[int, Roles]]
# Statements of this many articles are read for a speaker's evidence in one batch, on average.
ARTICLES_A_BATCH = 500
FEW_ARTICLES = 20  # not worth remembering


@lru_cache(maxsize=20_000)
def role_words(role: str) -> frozenset[str]:
    """The words of a role that tell something: السيد and الدكتور do not."""
    return frozenset(word for word in folded_words(role) if word not in TITLES)


def stored_evidence(speakers: Collection[int]) -> dict[int, Roles]:
    """By speaker, the roles that articles naming them in full gave, and in how many."""
    found: dict[int, Roles] = {}
    if not speakers:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT speaker_id, mention_role, count(DISTINCT article_id)
            FROM corpus_statement
            WHERE speaker_id = ANY(%s) AND curation <> 'rejected'
                AND (curation <> 'auto' OR resolution !~ '^surname')
            GROUP BY speaker_id, mention_role
            """,
            [sorted(speakers)],
        )
        for speaker, role, articles in cursor.fetchall():
            roles = found.setdefault(speaker, defaultdict(int))
            roles[role_words(role)] += articles
    return found


class RememberedEvidence:
    """`stored_evidence` for the many batches of one import.

    Read for each batch, all statements of everybody well known were, which at 800,000 articles
    took as long as writing the search rows. So it is read again when the import has grown by a
    tenth, or by a batch for each `ARTICLES_A_BATCH` in it: until surnames are settled at the
    end, what they stand for is provisional.
    """

    def __init__(self) -> None:
        self._batch = 0
        self._known: dict[int, tuple[Roles, int]] = {}  # and the last batch it holds for

    def __call__(self, speakers: Collection[int]) -> dict[int, Roles]:
        """What is known of these, for one batch more."""
        self._batch += 1
        found = {
            speaker: self._known[speaker][0]
            for speaker in speakers
            if speaker in self._known and self._batch <= self._known[speaker][1]
        }
        for speaker, roles in stored_evidence(set(speakers) - found.keys()).items():
            found[speaker] = roles
            articles = sum(roles.values())
            if articles > FEW_ARTICLES:
                batches = max(articles // ARTICLES_A_BATCH, self._batch // 10)
                self._known[speaker] = roles, self._batch + batches
        return found
