"""The writes of one batch, in one transaction and in the order of their keys.

Sorted keys everywhere: two imports that write the same articles then wait for each
other instead of deadlocking. Speakers alone come before, in a transaction of their own:
whoever names somebody new at the same time would else wait until all is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from psqlextra.query import ConflictAction

from corpus import extraction
from corpus.copying import copy_rows, take_ids
from corpus.documents import ParsedDocument
from corpus.extraction import ArticleKey, Plan, Texts
from corpus.indexing.rows import index_articles
from corpus.indexing.texts import IndexedText, bounded
from corpus.ingest.decisions import Decision, Key
from corpus.ingest.stories import fingerprint, write_fingerprints
from corpus.models import Article, Statement
from corpus.models.imports import ImportRecord, Outcome
from corpus.quotes.types import FoundStatement
from corpus.resolution.evidence import EvidenceOf
from corpus.text.analysis import analyse_columns
from corpus.text.script import ScriptProfile, script_profile


class StaleDecisionError(Exception):
    """Another import wrote one of these articles since it was decided about."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is computed from a document before the transaction begins."""

    found: list[FoundStatement]
    extractor_version: int
    script: ScriptProfile
    bands: list[int]
    text: IndexedText


def prepare(document: ParsedDocument) -> Prepared:
    """Everything that needs no database."""
    found, version = extraction.find(document.title, document.body)
    script = script_profile(f"{document.title}\n{document.body}")
    # Analysed once, for the search row and for finding reprints.
    title, body = analyse_columns(document.title), analyse_columns(document.body)
    return Prepared(found, version, script, fingerprint(title, body), bounded(title, body))


Work = Sequence[tuple[Decision, Prepared]]


def write_batch(
    run: int,
    sources: Mapping[str, int],
    work: Work,
    duplicates: Sequence[Decision],
    *,
    counted: bool,
    evidence_of: EvidenceOf,
) -> int:
    """Write articles, statements, search rows and records; the number of statements.

    In a transaction of its own; no other may be open.

    `work` are the imported and updated ones. StaleDecisionError where another import
    was faster, IntegrityError where it is about to be: both mean to decide again.
    """
    work = sorted(work, key=lambda w: w[0].candidate.key)
    new = [w for w in work if w[0].outcome is Outcome.IMPORTED]
    changed = [w for w in work if w[0].outcome is Outcome.UPDATED]
    ids: dict[Key, int] = {}
    added = [Article(**_row(run, sources, *one)) for one in new]
    take_ids(added)
    plans_of_new = _plans(new, added, {})
    with transaction.atomic():
        extraction.introduce(plans_of_new, evidence_of)
    with transaction.atomic():
        plans_of_changed: list[Plan] = []
        # The changed ones first: they may give up a text that a new one has.
        if changed:
            old = _lock(changed)
            articles = _update_articles(run, sources, changed)
            plans_of_changed = _plans(changed, articles, old)
            extraction.resolve(plans_of_changed, evidence_of)
            _write_rest(changed, articles, plans_of_changed, replacing=True, counted=counted)
            ids |= _ids(changed, articles)
        if new:
            copy_rows(added)
            _write_rest(new, added, plans_of_new, replacing=False, counted=counted)
            ids |= _ids(new, added)
        _write_records(run, [d for d, _ in changed], duplicates, ids)
    return sum(len(plan.statements) for plan in (*plans_of_changed, *plans_of_new))


def _write_rest(
    work: Work,
    articles: Sequence[Article],
    plans: Sequence[Plan],
    *,
    replacing: bool,
    counted: bool,
) -> None:
    """What follows from articles that are written: statements, fingerprints, search rows."""
    extraction.write(plans)
    bands = [(a.pk, p.bands) for (_, p), a in zip(work, articles, strict=True)]
    write_fingerprints(bands, changed=replacing)
    index_articles(
        articles,
        {plan.article.pk: plan.statements for plan in plans},
        replacing=replacing,
        counted=counted,
        texts=[ready.text for _, ready in work],
    )


def _ids(work: Work, articles: Sequence[Article]) -> dict[Key, int]:
    return {d.candidate.key: a.pk for (d, _), a in zip(work, articles, strict=True)}


def _lock(work: Work) -> dict[int, Texts]:
    """Hold the articles to be changed; their old texts by id.

    StaleDecisionError where one is not what it was when its change was decided.
    """
    stored = {d.stored.pk: d.stored for d, _ in work if d.stored is not None}
    texts = {}
    for article in (
        Article.objects.filter(pk__in=stored)
        .only("title", "body", "record_hash")
        .order_by("pk")
        .select_for_update()
    ):
        if bytes(article.record_hash) != stored[article.pk].record_hash:
            raise StaleDecisionError
        texts[article.pk] = Texts(article.title, article.body)
    if len(texts) != len(stored):
        raise StaleDecisionError
    return texts


def _update_articles(run: int, sources: Mapping[str, int], work: Work) -> list[Article]:
    """Update articles, in their order; the rows as Article objects."""
    rows = [_row(run, sources, decision, ready) for decision, ready in work]
    Article.objects.on_conflict(  # type: ignore[attr-defined]
        ["source", "external_id"], ConflictAction.UPDATE
    ).bulk_insert(rows)
    stored = [decision.stored for decision, _ in work]
    return [Article(pk=s.pk, **row) for s, row in zip(stored, rows, strict=True) if s is not None]


def _row(
    run: int, sources: Mapping[str, int], decision: Decision, ready: Prepared
) -> dict[str, Any]:
    candidate = decision.candidate
    document = candidate.document
    return {
        "source_id": sources[document.source],
        "external_id": document.external_id,
        "title": document.title,
        "body": document.body,
        "raw_text": document.raw_text,
        "removals": [[r.rule, r.start, r.end] for r in document.removals],
        "abstract": document.abstract,
        "url": document.url,
        "author": document.author,
        "section": document.section[:200],
        "language": document.language[:10],
        "published": document.published,
        "precision": document.precision.value if document.published else "",
        "published_raw": document.published_raw[:200],
        "content_hash": candidate.content_hash,
        "record_hash": candidate.record_hash,
        "arabic_letters": ready.script.arabic,
        "persian_letters": ready.script.persian,
        "harakat": ready.script.harakat,
        "latin_letters": ready.script.latin,
        "extractor_version": ready.extractor_version,
        "import_run_id": run,
    }


def _plans(work: Work, articles: Sequence[Article], old: Mapping[int, Texts]) -> list[Plan]:
    """What becomes of every article's statements."""
    stored: dict[int, list[Statement]] = {}
    if old:
        for statement in Statement.objects.filter(article_id__in=old).order_by("pk"):
            stored.setdefault(statement.article_id, []).append(statement)
    return [
        extraction.reconcile(
            ArticleKey(article.pk, *decision.candidate.key),
            Texts(article.title, article.body),
            ready.found,
            stored.get(article.pk, ()),
            old.get(article.pk),
        )
        for (decision, ready), article in zip(work, articles, strict=True)
    ]


def _write_records(
    run: int,
    changed: Sequence[Decision],
    duplicates: Sequence[Decision],
    ids: Mapping[Key, int],
) -> None:
    missing = {d.equals for d in duplicates if d.equals and d.equals not in ids}
    known = dict(ids)
    if missing:
        found = Article.objects.filter(
            source__name__in={source for source, _ in missing},
            external_id__in={external_id for _, external_id in missing},
        ).values_list("source__name", "external_id", "pk")
        known |= {(source, external_id): pk for source, external_id, pk in found}
    records = [
        ImportRecord(
            run_id=run,
            outcome=str(decision.outcome),
            reason=decision.reason,
            file=decision.candidate.document.file,
            position=decision.candidate.document.position[:200],
            external_id=decision.candidate.document.external_id,
            article_id=known.get(decision.equals or decision.candidate.key),
        )
        for decision in (*changed, *duplicates)
    ]
    ImportRecord.objects.bulk_create(records)
