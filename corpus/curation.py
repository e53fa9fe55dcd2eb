"""What curators do to statements, speakers and texts; the admin's pages call these.

Each runs in one transaction and brings the search rows along. None of it is undone by
importing or extracting again: see `corpus.models.statements` and `corpus.extraction`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from corpus import extraction
from corpus.cleaning.clean import apply_removals
from corpus.documents import Removal
from corpus.indexing.frequencies import merge_frequencies
from corpus.indexing.rows import index_articles, refresh_speakers, reindex_articles
from corpus.models import (
    Article,
    Curation,
    MergeProposal,
    Speaker,
    SpeakerMerge,
    Statement,
)
from corpus.quotes.extract import EXTRACTOR_VERSION
from corpus.quotes.types import Field
from corpus.resolution.resolver import mark_due
from corpus.wording_kin import link_wordings

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class CurationError(Exception):
    """What was asked cannot be done; the message is for the curator."""


def find_words(words: str, text: str, near: int = 0) -> tuple[int, int] | None:
    """Where the pasted words stand, nearest to `near`; blanks may differ, letters not."""
    pieces = [re.escape(piece) for piece in words.split()]
    if not pieces:
        return None
    spans = [(m.start(), m.end()) for m in re.finditer(r"\s+".join(pieces), text)]
    return min(spans, key=lambda span: (abs(span[0] - near), span), default=None)


def text_of(article: Article, field: str) -> str:
    """The text that a statement's offsets point into."""
    return article.title if field == Field.TITLE.value else article.body


def remember_found(statement: Statement, start: int, end: int, kind: str) -> None:
    """Keep what the extractor had found, once, so that a re-run does not add it again."""
    if statement.found_start is None and statement.curation != Curation.ADDED:
        statement.found_start, statement.found_end, statement.found_kind = start, end, kind


def approve(statements: Collection[int]) -> int:
    """Approve these; what is corrected or added by a curator is so already."""
    with transaction.atomic():
        chosen = Statement.objects.filter(
            pk__in=statements, curation__in=(Curation.AUTO, Curation.REJECTED)
        )
        return _decide(chosen.values_list("pk", "article_id"), Curation.APPROVED)


def reject(statements: Collection[int]) -> int:
    """Hide these from readers and from search, for good."""
    with transaction.atomic():
        chosen = Statement.objects.filter(pk__in=statements).exclude(curation=Curation.REJECTED)
        # A curator's own has never been found; a later reading there may well be right.
        chosen.filter(found_start=None).exclude(curation=Curation.ADDED).update(
            found_start=F("start"), found_end=F("end"), found_kind=F("kind")
        )
        return _decide(chosen.values_list("pk", "article_id"), Curation.REJECTED)


def _decide(chosen: Collection[tuple[int, int]], curation: Curation) -> int:
    places = sorted(chosen)
    articles = {article for _, article in places}
    _hold(articles)
    decided = Statement.objects.filter(pk__in=[pk for pk, _ in places])
    decided.update(curation=curation)
    mark_due(decided.values_list("speaker", flat=True))
    reindex_articles(sorted(articles))
    return len(places)


def _hold(articles: Collection[int]) -> None:
    """Lock the articles, as imports do, so that neither overwrites the other's work."""
    list(
        Article.objects.filter(pk__in=articles)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )


def new_key(statement: Statement, article: Article) -> str:
    """A permalink for a statement that a curator adds."""
    words = extraction.said(statement.text)
    number = 0
    while True:
        key = extraction.permalink(
            article.source.name, article.external_id, statement.field, words, number
        )
        if not Statement.objects.filter(key=key).exists():
            return key
        number += 1


def merge(speakers: Collection[Speaker], into: Speaker, by: User | AnonymousUser | None) -> int:
    """Make all of these the one; how many statements went along."""
    ids = sorted({s.pk for s in speakers} | {into.pk})
    with transaction.atomic():
        held = {s.pk: s for s in Speaker.objects.select_for_update().filter(pk__in=ids)}
        if any(s.merged_into_id is not None for s in held.values()):
            raise CurationError("merged")
        moved = 0
        articles: set[int] = set()
        for pk in ids:
            if pk == into.pk:
                continue
            places = list(
                Statement.objects.filter(speaker_id=pk).order_by("pk").values_list("pk", "article")
            )
            articles |= {article for _, article in places}
            SpeakerMerge.objects.create(
                speaker_id=pk, into=into, by_id=by and by.pk, statements=[one for one, _ in places]
            )
            Speaker.objects.filter(pk=pk).update(merged_into=into)
        _hold(articles)
        moved = Statement.objects.filter(speaker_id__in=[p for p in ids if p != into.pk]).update(
            speaker=into
        )
        refresh_speakers(sorted(articles))
        mark_due(ids)
        _close_proposals(ids, by)
    return moved


def _close_proposals(merged: Collection[int], by: User | AnonymousUser | None) -> None:
    """Proposals among speakers that became one are accepted; other open ones of those
    vanish: the next run proposes anew what still is to be asked."""
    State = MergeProposal.State
    MergeProposal.objects.filter(one__in=merged, other__in=merged).update(
        state=State.ACCEPTED, decided=timezone.now(), by_id=by and by.pk
    )
    gone = Q(one__merged_into__isnull=False) | Q(other__merged_into__isnull=False)
    involved = Q(one__in=merged) | Q(other__in=merged)
    MergeProposal.objects.filter(gone & involved, state=State.OPEN).delete()


def dismiss_proposals(proposals: Collection[int], by: User | AnonymousUser | None) -> int:
    """These pairs are not one speaker and are never proposed again; how many were open."""
    return MergeProposal.objects.filter(pk__in=proposals, state=MergeProposal.State.OPEN).update(
        state=MergeProposal.State.DISMISSED, decided=timezone.now(), by_id=by and by.pk
    )


def reopen_proposals(proposals: Collection[int]) -> int:
    """Take a dismissal back; how many were. One of a merged speaker stays as it is."""
    return MergeProposal.objects.filter(
        pk__in=proposals,
        state=MergeProposal.State.DISMISSED,
        one__merged_into=None,
        other__merged_into=None,
    ).update(state=MergeProposal.State.OPEN, decided=None, by=None)


def undo_merge(made: SpeakerMerge) -> int:
    """Take a merge back; how many statements went back to their speaker.

    A statement that has been given to somebody else since stays with them.
    """
    with transaction.atomic():
        made = SpeakerMerge.objects.select_for_update().get(pk=made.pk)
        if made.undone is not None:
            return 0
        going = Statement.objects.filter(pk__in=made.statements, speaker_id=made.into_id)
        articles = sorted(set(going.values_list("article_id", flat=True)))
        _hold(articles)
        moved = going.update(speaker=made.speaker_id)
        Speaker.objects.filter(pk=made.speaker_id).update(merged_into=None)
        SpeakerMerge.objects.filter(pk=made.pk).update(undone=timezone.now())
        MergeProposal.objects.filter(
            Q(one=made.speaker_id) | Q(other=made.speaker_id), state=MergeProposal.State.ACCEPTED
        ).update(state=MergeProposal.State.OPEN, decided=None, by=None)
        # Statements that came after the merge carry the mention only: resolve them anew.
        later = Statement.objects.filter(
            Q(speaker_id=made.into_id, curation=Curation.AUTO),
            resolution__startswith="curator-merge",
        )
        again = sorted(set(later.values_list("article_id", flat=True)))
        refresh_speakers(articles)
        mark_due([made.speaker_id, made.into_id])
        if again:
            from corpus.resolution.rerun import resolve_articles

            resolve_articles(again)
    return moved


def undo_removal(article: Article, number: int) -> None:
    """Put back what cleaning took out of the body; statements follow or are found anew.

    The record's hash stays, so that importing the same record again changes nothing.
    """
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not 0 <= number < len(article.removals):
            raise CurationError("removal")
        left = [r for n, r in enumerate(article.removals) if n != number]
        body = apply_removals(article.raw_text, [Removal(*r) for r in left])
        old = extraction.Texts(article.title, article.body)
        article.removals, article.body = left, body
        article.save(update_fields=["removals", "body", "updated"])
        extract_again(article, old)


def extract_again(article: Article, old: extraction.Texts) -> None:
    """Statements of an article whose text a curator changed, and its search row."""
    found, version = extraction.find(article.title, article.body)
    stored: Sequence[Statement] = list(Statement.objects.filter(article=article).order_by("pk"))
    key = extraction.ArticleKey(article.pk, article.source.name, article.external_id)
    texts = extraction.Texts(article.title, article.body)
    plan = extraction.reconcile(key, texts, found, stored, old)
    extraction.resolve([plan])
    extraction.write([plan])
    index_articles([article], {article.pk: plan.statements}, replacing=True)
    merge_frequencies()
    link_wordings()
    if version:
        Article.objects.filter(pk=article.pk).update(extractor_version=EXTRACTOR_VERSION)
