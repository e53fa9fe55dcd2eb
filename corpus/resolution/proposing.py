"""Merges proposed to curators: the database side of `corpus.speakers.variants`.

A run makes the open proposals anew from the names that are there; what a curator decided
stays and is not asked again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from django.db import connection, transaction
from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Least

from corpus.models import MergeProposal, Speaker, SpeakerAlias
from corpus.models.speakers import Origin
from corpus.quotes.types import SpeakerType
from corpus.resolution.evidence import role_words
from corpus.resolution.resolver import roots_of
from corpus.speakers.names import name_parts
from corpus.speakers.variants import proposals

MOST_ROLES = 5
PROPOSE_LOCK = 7_301_003  # an advisory lock's number: one at a time

# Those that would bring most statements together come first.
WEIGHT = Least("one_statements", "other_statements")
OPEN_FIRST = Case(
    When(state=MergeProposal.State.OPEN, then=Value(0)),
    default=Value(1),
    output_field=IntegerField(),
)

Pair = tuple[int, int]  # speakers' ids, the lower one first


def propose_merges() -> int:
    """Make the open proposals anew; how many there are. Nothing is merged."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PROPOSE_LOCK])
        found = dict(_alike())
        ids = sorted({pk for pair in found for pk in pair})
        counts, together, roles = _counts(ids), _together(found), _roles(ids)
        rows = [
            MergeProposal(
                one_id=one,
                other_id=other,
                reason=reason,
                one_statements=counts.get(one, 0),
                other_statements=counts.get(other, 0),
                shared_articles=together.get((one, other), 0),
                shared_roles=_shared(roles.get(one, {}), roles.get(other, {})),
            )
            for (one, other), reason in sorted(found.items())
        ]
        still = MergeProposal.objects.filter(state=MergeProposal.State.OPEN)
        gone = [p.pk for p in still if (p.one_id, p.other_id) not in found]
        MergeProposal.objects.filter(pk__in=gone).delete()
        MergeProposal.objects.bulk_create(
            rows,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["one", "other"],
            # Not the state: a curator may be deciding just now.
            update_fields=[
                *("reason", "one_statements", "other_statements"),
                *("shared_articles", "shared_roles"),
            ],
        )
    return len(rows)


def _alike() -> Iterator[tuple[Pair, str]]:
    """Pairs of people whose names may be one, but for those that a curator has judged.

    A name that a merge or a curator's alias gave to somebody counts as theirs: so the
    third spelling is proposed to whom the second was merged into.
    """
    people = Speaker.objects.filter(type=SpeakerType.PERSON.value).exclude(key="")
    names = list(people.order_by("pk").values_list("pk", "name", "merged_into"))
    roots = roots_of({pk: into for pk, _, into in names})
    by_hand = SpeakerAlias.objects.filter(origin=Origin.CURATOR, speaker__in=roots)
    names += [(pk, name, None) for pk, name in by_hand.values_list("speaker", "name")]
    decided = {
        frozenset(pair)
        for pair in MergeProposal.objects.exclude(state=MergeProposal.State.OPEN).values_list(
            "one", "other"
        )
    }
    seen: set[Pair] = set()
    for a, b, reason in proposals((pk, name_parts(name)) for pk, name, _ in names):
        one, other = sorted((roots[a], roots[b]))
        if one == other or (one, other) in seen:
            continue
        if frozenset((a, b)) in decided or frozenset((one, other)) in decided:
            continue
        seen.add((one, other))
        yield (one, other), reason


def _counts(ids: Collection[int]) -> dict[int, int]:
    """Statements by speaker, rejected ones left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT speaker_id, count(*) FROM corpus_statement
            WHERE speaker_id = ANY(%s) AND curation <> 'rejected' GROUP BY speaker_id
            """,
            [list(ids)],
        )
        return dict(cursor.fetchall())


def _together(pairs: Collection[Pair]) -> dict[Pair, int]:
    """In how many articles both speak: one of them may well write one name in one way."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.one, p.other, count(DISTINCT a.article_id)
            FROM unnest(%s::bigint[], %s::bigint[]) AS p(one, other)
            JOIN corpus_statement a ON a.speaker_id = p.one AND a.curation <> 'rejected'
            JOIN corpus_statement b ON b.speaker_id = p.other AND b.curation <> 'rejected'
                AND b.article_id = a.article_id
            GROUP BY p.one, p.other
            """,
            [[one for one, _ in pairs], [other for _, other in pairs]],
        )
        return {(one, other): number for one, other, number in cursor.fetchall()}


def _roles(ids: Collection[int]) -> dict[int, Counter[str]]:
    """How often each speaker's statements give each role, as written."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT speaker_id, mention_role, count(*) FROM corpus_statement
            WHERE speaker_id = ANY(%s) AND curation <> 'rejected' AND mention_role <> ''
            GROUP BY speaker_id, mention_role
            """,
            [list(ids)],
        )
        for speaker, role, number in cursor.fetchall():
            found[speaker][role] = number
    return found


def _shared(one: dict[str, int], other: dict[str, int]) -> list[str]:
    """Roles that both have, whatever their spelling, the commonest first."""
    theirs = {role_words(role) for role in other}
    found: dict[frozenset[str], tuple[int, str]] = {}
    for role, number in one.items():
        words = role_words(role)
        if words and words in theirs:
            found[words] = min(found.get(words, (0, "")), (-number, role))
    return [role for _, role in sorted(found.values())[:MOST_ROLES]]
