"""Articles with nearly the same text linked into stories, after their batches are written.

Not within a batch: two batches under way do not see each other's articles. Every pair is
judged by its texts alone and groups are the connected pairs, so the groups do not depend
on the order or the number of imports. What is still to do stands in `StoryDue`; a killed
run's rest is done by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import connection, transaction

from corpus.models import Article, Story, StoryDue
from corpus.neardup import Joined, alike, bands, groups, shingles
from corpus.resolution.rerun import hold
from corpus.resolution.settling import SETTLE_LOCK
from corpus.text.analysis import Columns, words

BATCH = 500
LINK_LOCK = 7_301_002  # an advisory lock's number: one linker at a time
# Beyond so many texts that look alike to the index an article is compared with no more.
CANDIDATES = 200


SHARED_BANDS = """
SELECT least(d.article_id, f.article_id), greatest(d.article_id, f.article_id)
FROM corpus_fingerprint d
CROSS JOIN LATERAL (
    -- OFFSET 0: else, of a large table, the planner reads all rows in the order of their keys
    -- until it has enough.
    SELECT alike.article_id FROM (
        SELECT o.article_id FROM corpus_fingerprint o
        WHERE o.bands && d.bands AND o.article_id <> d.article_id AND (
            -- A later one that is due as well will be compared with this one at its own turn.
            o.article_id < d.article_id
            OR NOT EXISTS (SELECT FROM corpus_storydue q WHERE q.article_id = o.article_id)
        ) OFFSET 0
    ) AS alike
    ORDER BY alike.article_id LIMIT %s
) AS f
WHERE d.article_id = ANY(%s) AND d.bands <> '{}'
"""


def fingerprint(title: Columns, body: Columns) -> list[int]:
    """The bands of an analysed text; none where it is too short to compare."""
    return bands(_shingles(title.words, body.words))


def _shingles(title: list[str], body: list[str]) -> set[int]:
    return shingles(body) or shingles(title + body)


def write_fingerprints(prints: Sequence[tuple[int, list[int]]], *, changed: bool) -> None:
    """Keep the articles' bands, in the caller's transaction, and put them in the queue."""
    ordered = sorted(prints)
    with connection.cursor() as cursor:
        if changed:
            ids = [pk for pk, _ in ordered]
            cursor.execute("DELETE FROM corpus_fingerprint WHERE article_id = ANY(%s)", [ids])
            cursor.execute(
                """
                INSERT INTO corpus_storydue (article_id, changed)
                SELECT unnest(%s::bigint[]), true
                ON CONFLICT (article_id) DO UPDATE SET changed = true
                """,
                [ids],
            )
        with cursor.copy("COPY corpus_fingerprint (article_id, bands) FROM STDIN") as copy:
            for pk, found in ordered:
                copy.write_row((pk, found))
        if not changed:
            with cursor.copy("COPY corpus_storydue (article_id, changed) FROM STDIN") as copy:
                for pk, _ in ordered:
                    copy.write_row((pk, False))


def link_stories(tell: Callable[[int], None] = lambda done: None) -> None:
    """Empty the queue. `tell` hears of each batch's size."""
    while done := _link_batch():
        tell(done)


def _link_batch() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINK_LOCK])
        due = list(StoryDue.objects.order_by("article_id")[:BATCH])
        ids = [row.article_id for row in due]
        if not ids:
            return 0
        if changed := [row.article_id for row in due if row.changed]:
            # Two rounds of locking articles: nobody else may be at it who takes many.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETTLE_LOCK])
            _dissolve(changed)
        pairs = [pair for pair in _candidates(ids) if pair[0] != pair[1]]
        found = groups(_judge(pairs))
        _hold({pk for members in found for pk in members})
        for members in found:
            _join(members)
        StoryDue.objects.filter(article_id__in=ids).delete()
        return len(ids)


def _dissolve(ids: Sequence[int]) -> None:
    """Take apart the stories of changed articles; the others in them are due again."""
    stories = list(
        Article.objects.filter(pk__in=ids, story__isnull=False)
        .order_by("story")
        .values_list("story", flat=True)
        .distinct()
    )
    if not stories:
        return
    members = list(
        Article.objects.filter(story__in=stories).order_by("pk").values_list("pk", flat=True)
    )
    _set_story(members, None)
    Story.objects.filter(pk__in=stories).delete()
    others = sorted(set(members) - set(ids))
    StoryDue.objects.bulk_create([StoryDue(article_id=pk) for pk in others], ignore_conflicts=True)


def _candidates(ids: Sequence[int]) -> set[tuple[int, int]]:
    """Pairs (lower id, higher id) that share a band, one of each being in `ids`."""
    with connection.cursor() as cursor:
        # New entries wait in a list that every single look-up would read from end to end.
        cursor.execute("SELECT gin_clean_pending_list('fingerprint_bands')")
        # The index is the whole point, and a small table's statistics talk the planner
        # out of it.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            SHARED_BANDS,
            [CANDIDATES, list(ids)],
        )
        found = set(cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = on")
        return found


def _judge(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of these pairs as many that are alike as join the same groups as all of them would.

    What belongs together already, by a story or by the pairs before, is not judged: of a
    thousand versions of one text only a thousand pairs are, not half a million.
    """
    ordered = sorted(pairs)
    together = Joined()
    for pk, story in _stories_of({pk for pair in ordered for pk in pair}).items():
        together.join(pk, -story)  # below zero, where no article is
    texts = _Texts()
    linked = []
    for start in range(0, len(ordered), BATCH):
        part = [(a, b) for a, b in ordered[start : start + BATCH] if not together.are(a, b)]
        texts.fetch({pk for pair in part for pk in pair})
        for a, b in part:
            if not together.are(a, b) and alike(texts[a], texts[b]):
                together.join(a, b)
                linked.append((a, b))
    return linked


def _stories_of(ids: Collection[int]) -> dict[int, int]:
    """The stories of those of these articles that are in one.

    The database is not told that only those are wanted: as long as its statistics know of
    none, it would read all articles that are in any story, for each group that is joined.
    """
    found = Article.objects.filter(pk__in=ids).values_list("pk", "story")
    return {pk: story for pk, story in found if story is not None}


class _Texts:
    """Shingles of the articles looked at last; as many as stay well below the memory bound."""

    MOST = 2 * BATCH

    def __init__(self) -> None:
        self._known: dict[int, set[int]] = {}

    def __getitem__(self, pk: int) -> set[int]:
        return self._known[pk]

    def fetch(self, wanted: set[int]) -> None:
        """See that these are known; the others may be forgotten."""
        if len(self._known) + len(wanted) > self.MOST:
            self._known = {pk: found for pk, found in self._known.items() if pk in wanted}
        missing = Article.objects.filter(pk__in=wanted - self._known.keys())
        for pk, title, body in missing.values_list("pk", "title", "body").iterator():
            self._known[pk] = _shingles(words(title), words(body))


def _hold(members: set[int]) -> None:
    """Lock all articles that joining these will write, in order, as everybody does."""
    stories = set(_stories_of(members).values())
    hold([*members, *Article.objects.filter(story__in=stories).values_list("pk", flat=True)])


def _join(members: Sequence[int]) -> None:
    """Make one story of these articles and of the stories they were in."""
    stories = sorted(set(_stories_of(members).values()))
    story = stories[0] if stories else Story.objects.create().pk
    joined = set(members)
    if len(stories) > 1:
        joined |= set(Article.objects.filter(story__in=stories[1:]).values_list("pk", flat=True))
    _set_story(sorted(joined), story)
    Story.objects.filter(pk__in=stories[1:]).delete()


def _set_story(ids: Sequence[int], story: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE corpus_article a SET story_id = %s FROM (SELECT id FROM corpus_article "
            "WHERE id = ANY(%s) AND story_id IS DISTINCT FROM %s ORDER BY id FOR UPDATE) AS chosen "
            "WHERE a.id = chosen.id",
            [story, list(ids), story],
        )
