"""The corpus as JSON lines that a fresh instance turns into the same corpus.

    {"aqwal_export": 1}                      the format's version
    {"source": {…}}                          by name
    {"speaker": {"ref": 1, …, "aliases"}}    by folded name; `ref` is its place in the file
    {"feed": {…}}                            by address, without what its server said
    {"article": {…}, "statements": […]}      by source and external id
    {"merge": {…}}                           speakers by ref, statements by key
    {"proposal": {…}}                        those a curator decided; speakers by ref

Nothing in it depends on row numbers, so that exporting what was restored gives the same
bytes. Search rows, fingerprints and stories are made again from what is here, and
open proposals by `resolve_speakers`; import runs belong to the instance and stay with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.db.models.functions import Collate

from corpus.models import (
    Article,
    Feed,
    MergeProposal,
    Source,
    Speaker,
    SpeakerAlias,
    SpeakerMerge,
    Statement,
)

VERSION = 1
BATCH = 500

# What is told otherwise (as a name or a ref), made again, or the instance's own.
NOT_EXPORTED: dict[type[Model], frozenset[str]] = {
    Source: frozenset({"id"}),
    Speaker: frozenset({"id", "merged_into_id"}),
    SpeakerAlias: frozenset({"id", "speaker_id"}),
    Article: frozenset({"id", "source_id", "story_id", "import_run_id", "updated"}),
    Statement: frozenset({"id", "article_id", "speaker_id"}),
    Feed: frozenset(
        {"id", "source_id", "etag", "last_modified", "fetched", "status", "error", "failures"}
        | {"run_id"}
    ),
    SpeakerMerge: frozenset({"id", "speaker_id", "into_id", "by_id", "statements"}),
    MergeProposal: frozenset({"id", "one_id", "other_id", "by_id"}),
}


def fields(model: type[Model]) -> list[str]:
    """The attributes of a model that an export holds, in the order of the model."""
    return [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in NOT_EXPORTED[model]
    ]


def lines() -> Iterator[str]:
    """Every line of an export, with its end, in an order that rows' numbers do not touch."""
    yield _line({"aqwal_export": VERSION})
    sources = sorted(Source.objects.all(), key=lambda source: source.name)
    for source in sources:
        yield _line({"source": plain(source)})
    refs: dict[int, int] = {}
    for line in _speakers(refs):
        yield _line({"speaker": line})
    for feed in sorted(Feed.objects.select_related("source"), key=lambda feed: feed.url):
        yield _line({"feed": {"source": feed.source and feed.source.name, **plain(feed)}})
    for source in sources:
        for article, statements in _articles(source):
            yield _line(
                {
                    "article": {"source": source.name, **plain(article)},
                    "statements": [
                        {**plain(one), "speaker": refs.get(one.speaker_id or 0)}
                        for one in statements
                    ],
                }
            )
    for merge in _merges(refs):
        yield _line({"merge": merge})
    for proposal in _proposals(refs):
        yield _line({"proposal": proposal})


def _merges(refs: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Merges of speakers in the order they were made; statements that are gone are left out."""
    merges = SpeakerMerge.objects.all()
    for made in sorted(merges, key=lambda m: (m.made, refs[m.speaker_id], refs[m.into_id])):
        keys = Statement.objects.filter(pk__in=made.statements).values_list("key", flat=True)
        yield {
            "speaker": refs[made.speaker_id],
            "into": refs[made.into_id],
            **plain(made),
            "statements": sorted(keys),
        }


def _proposals(refs: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Decided proposals of merges; the speaker whose ref is lower is `one`."""
    found = []
    for proposal in MergeProposal.objects.exclude(state=MergeProposal.State.OPEN):
        one, other = refs[proposal.one_id], refs[proposal.other_id]
        row = {"one": one, "other": other, **plain(proposal)}
        found.append(row if one < other else turned(row))
    yield from sorted(found, key=lambda row: (row["one"], row["other"]))


def turned(proposal: dict[str, Any]) -> dict[str, Any]:
    """A proposal as a dictionary with the two speakers in the other order."""
    swapped = {"one": "other", "other": "one"}
    swapped |= {f"{a}_statements": f"{b}_statements" for a, b in tuple(swapped.items())}
    return {name: proposal[swapped.get(name, name)] for name in proposal}


def _speakers(refs: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Speakers as dictionaries; fills `refs` with their places, 1 for the first."""
    ordered = sorted(
        Speaker.objects.all(),
        key=lambda s: (s.key, s.type, s.origin, s.name, s.description, s.created, s.pk),
    )
    refs |= {speaker.pk: place for place, speaker in enumerate(ordered, 1)}
    aliases: dict[int, list[SpeakerAlias]] = {}
    for alias in SpeakerAlias.objects.all():
        aliases.setdefault(alias.speaker_id, []).append(alias)
    for speaker in ordered:
        own = sorted(aliases.get(speaker.pk, ()), key=lambda alias: alias.key)
        yield {
            "ref": refs[speaker.pk],
            **plain(speaker),
            "merged_into": refs.get(speaker.merged_into_id or 0),
            "aliases": [plain(alias) for alias in own],
        }


def _articles(source: Source) -> Iterator[tuple[Article, list[Statement]]]:
    chosen = Article.objects.filter(source=source).order_by(Collate("external_id", "C"))
    batch: list[Article] = []
    for article in chosen.iterator(chunk_size=BATCH):
        batch.append(article)
        if len(batch) == BATCH:
            yield from _with_statements(batch)
            batch = []
    yield from _with_statements(batch)


def _with_statements(articles: list[Article]) -> Iterator[tuple[Article, list[Statement]]]:
    statements: dict[int, list[Statement]] = {article.pk: [] for article in articles}
    for statement in Statement.objects.filter(article__in=articles):
        statements[statement.article_id].append(statement)
    for article in articles:
        ordered = sorted(statements[article.pk], key=lambda s: (s.field, s.start, s.end, s.key))
        yield article, ordered


def plain(row: Model) -> dict[str, Any]:
    """A row's exported fields as JSON can hold them."""
    found: dict[str, Any] = {}
    for name in fields(type(row)):
        value = getattr(row, name)
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, bytes | memoryview):
            value = bytes(value).hex()
        found[name] = value
    return found


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
