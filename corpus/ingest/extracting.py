"""Stored articles brought to the current extractor's version, batch by batch.

Which articles are left to do stands in the articles themselves (`extractor_version`), so
a run that was killed goes on where it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Q

from corpus import extraction
from corpus.extraction import ArticleKey, Plan, Texts
from corpus.indexing.frequencies import merge_frequencies
from corpus.indexing.rows import index_articles
from corpus.ingest.pool import Pool
from corpus.models import Article, Statement
from corpus.quotes.extract import EXTRACTOR_VERSION
from corpus.resolution.settling import settle
from corpus.wording_kin import link_wordings

BATCH = 200  # articles in one transaction
BATCHES_BETWEEN_MERGES = 100


def outdated(since: int | None = None) -> Q:
    """Articles read by an older extractor; with `since`, only by that version or later."""
    found = Q(extractor_version__lt=EXTRACTOR_VERSION)
    return found if since is None else found & Q(extractor_version__gte=since)


def bring_up_to_date(which: Q, *, workers: int = 1) -> Iterator[Counter[str]]:
    """Extract again what `which` selects; yields the counts of each batch as it is done.

    Counted are articles, failed, added, changed, removed, same, and kept (a curator's).
    Every article is done once, whatever `which` says of it afterwards.
    """
    pool: Pool[Counter[str]] = Pool(workers, extract_batch)
    try:
        for number, ids in enumerate(_batches(which)):
            if len(ids) == BATCH:
                pool.start()
            pool.submit(ids)
            yield from pool.ready()
            if (number + 1) % BATCHES_BETWEEN_MERGES == 0:
                merge_frequencies()
        yield from pool.drain()
        link_wordings()
        settle()
    finally:
        pool.close()
        merge_frequencies()


def _batches(which: Q) -> Iterator[list[int]]:
    last = 0
    while True:
        chosen = Article.objects.filter(which, pk__gt=last).order_by("pk")
        ids = list(chosen.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield ids
        last = ids[-1]


def extract_batch(ids: Sequence[int]) -> Counter[str]:
    """Extract these articles again, in one transaction."""
    counts: Counter[str] = Counter()
    with transaction.atomic():
        articles = list(
            Article.objects.filter(pk__in=ids)
            .select_related("source")
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        stored: dict[int, list[Statement]] = {}
        for statement in Statement.objects.filter(article__in=articles).order_by("pk"):
            stored.setdefault(statement.article_id, []).append(statement)
        speakers = {s.pk: s.speaker_id for kept in stored.values() for s in kept}
        plans: list[Plan] = []
        for article in articles:
            found, version = extraction.find(article.title, article.body)
            counts["articles"] += 1
            if version:
                plans.append(_plan(article, found, stored.get(article.pk, ())))
            else:
                counts["failed"] += 1
        done = {plan.article.pk: plan for plan in plans}
        extraction.resolve(plans)
        extraction.write(plans)
        touched = [a for a in articles if a.pk in done and _is_touched(done[a.pk], speakers)]
        if touched:
            statements = {a.pk: done[a.pk].statements for a in touched}
            index_articles(touched, statements, replacing=True)
        Article.objects.filter(pk__in=done).update(extractor_version=EXTRACTOR_VERSION)
    for plan in plans:
        counts["added"] += len(plan.added)
        counts["changed"] += len(plan.changed)
        counts["removed"] += len(plan.removed)
        counts["same"] += len(plan.same)
        counts["kept"] += len(plan.kept) + len(plan.moved)
    return counts


def _plan(
    article: Article, found: list[extraction.FoundStatement], stored: Sequence[Statement]
) -> Plan:
    key = ArticleKey(article.pk, article.source.name, article.external_id)
    return extraction.reconcile(key, Texts(article.title, article.body), found, stored)


def _is_touched(plan: Plan, speakers: dict[int, int | None]) -> bool:
    """Whether search has to hear of it."""
    if plan.added or plan.changed or plan.removed or plan.moved:
        return True
    return any(statement.speaker_id != speakers.get(statement.pk) for statement in plan.same)
