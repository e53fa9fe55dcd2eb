"""An export read back: rows as they were, with their curation; see `exporting`.

What the instance has already is left as it is: an article with the same record is
unchanged, one that differs is rejected, for a copy must not overwrite newer work.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from django.db import DataError, IntegrityError, transaction
from django.db.models import BinaryField, DateTimeField, Model

from corpus.copying import copy_rows
from corpus.documents import RecordError
from corpus.indexing.rows import index_articles
from corpus.indexing.texts import bounded
from corpus.ingest.batches import BatchResult, source_ids
from corpus.ingest.exporting import VERSION, fields, turned
from corpus.ingest.stories import fingerprint, write_fingerprints
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
from corpus.models.imports import Outcome
from corpus.text.analysis import analyse_columns

BATCH = 500
BATCH_CHARACTERS = 6_000_000
MARK = b'{"aqwal_export":'

KINDS = ("source", "speaker", "feed", "merge", "proposal")

Row = TypeVar("Row", bound=Model)
Line = tuple[int, dict[str, Any]]  # number from 1, content


class Broken(ValueError):
    """A line that is no part of an export."""


def is_export(path: Path) -> bool:
    """Whether a file is an export, gzipped or not."""
    try:
        with closing(_open(path)) as stream:
            return stream.read(len(MARK)) == MARK
    except (OSError, EOFError):
        return False


def _open(path: Path) -> IO[bytes]:
    with open(path, "rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path) if packed else open(path, "rb"))


def restore(path: Path, run: int | None) -> Iterator[BatchResult | RecordError]:
    """Read an export in; yields each batch's figures, and the lines that are wrong.

    Without a run nothing is written.
    """
    restorer = _Restorer(run)
    batch: list[Line] = []
    size = 0
    with closing(_open(path)) as stream:
        for number, data in enumerate(stream, 1):
            try:
                content = json.loads(data)
                kind = next(iter(content))
                if number == 1 and content[kind] != VERSION:
                    yield _error(path, number, "unknown-version", str(content[kind]))
                    return
                if kind == "article":
                    batch.append((number, content))
                    size += len(data)
                elif kind in KINDS:
                    restorer.note(kind, content[kind])
            except (ValueError, TypeError, KeyError, StopIteration) as error:
                yield _error(path, number, "malformed-export", repr(error)[:200])
                continue
            if len(batch) >= BATCH or size >= BATCH_CHARACTERS:
                yield from restorer.write(path, batch)
                batch, size = [], 0
    yield from restorer.write(path, batch)
    yield from restorer.finish(path)


def _error(path: Path, number: int, reason: str, detail: str) -> RecordError:
    return RecordError(file=str(path), position=f"line {number}", reason=reason, detail=detail)


class _Restorer:
    def __init__(self, run: int | None) -> None:
        self.run = run
        self.noted: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
        self.speaker_ids: dict[int, int] = {}

    def note(self, kind: str, content: dict[str, Any]) -> None:
        """Remember what is no article. Merges and proposals come after the last article, the
        others before."""
        self.noted[kind].append(content)

    def write(self, path: Path, batch: Sequence[Line]) -> Iterator[BatchResult | RecordError]:
        """Write a batch; one article at a time where the database refuses it whole."""
        if self.run is not None:
            self._write_names()
        try:
            with transaction.atomic():
                yield self._write_articles(batch)
            return
        except (DataError, IntegrityError, ValueError, TypeError, KeyError) as error:
            if len(batch) == 1:
                detail = repr(error).replace("\\x00", "")[:200]
                yield _error(path, batch[0][0], "not-storable", detail)
                return
        for one in batch:
            yield from self.write(path, [one])

    def _write_names(self) -> None:
        """Sources and speakers that are not there yet."""
        if not any(self.noted[kind] for kind in ("source", "speaker", "feed")):
            return
        with transaction.atomic():
            rows = [make(Source, source) for source in self.noted["source"]]
            Source.objects.bulk_create(rows, ignore_conflicts=True)
            self._write_speakers()
            self._write_feeds()
        for kind in ("source", "speaker", "feed"):
            self.noted[kind] = []

    def _write_speakers(self) -> None:
        known: dict[tuple[Any, ...], list[int]] = {}
        for speaker in Speaker.objects.order_by("pk"):
            known.setdefault(_identity(speaker), []).append(speaker.pk)
        new: list[tuple[dict[str, Any], Speaker]] = []
        for content in self.noted["speaker"]:
            speaker = make(Speaker, content)
            if there := known.get(_identity(speaker)):
                self.speaker_ids[content["ref"]] = there.pop(0)
            else:
                new.append((content, speaker))
        copy_rows([speaker for _, speaker in new])
        self.speaker_ids |= {content["ref"]: speaker.pk for content, speaker in new}
        aliases = []
        for content, speaker in new:
            if content.get("merged_into"):
                into = self.speaker_ids[content["merged_into"]]
                Speaker.objects.filter(pk=speaker.pk).update(merged_into=into)
            for alias in content["aliases"]:
                aliases.append(make(SpeakerAlias, alias, speaker_id=speaker.pk))
        copy_rows(aliases)

    def _write_feeds(self) -> None:
        named = {feed["source"] for feed in self.noted["feed"] if feed["source"]}
        sources = source_ids(named) if named else {}
        feeds = [
            make(Feed, feed, source_id=sources[feed["source"]] if feed["source"] else None)
            for feed in self.noted["feed"]
        ]
        Feed.objects.bulk_create(feeds, ignore_conflicts=True)

    def finish(self, path: Path) -> Iterator[RecordError]:
        """Write what an export without articles has, and the merges."""
        if self.run is None:
            return
        try:
            self._write_names()
            with transaction.atomic():
                self._write_merges()
                self._write_proposals()
        except (DataError, IntegrityError, ValueError, TypeError, KeyError) as error:
            yield RecordError(
                file=str(path), position="", reason="not-storable", detail=repr(error)[:200]
            )

    def _write_merges(self) -> None:
        merges = self.noted["merge"]
        keys = {key for content in merges for key in content["statements"]}
        ids = dict(Statement.objects.filter(key__in=keys).values_list("key", "pk"))
        known = set(SpeakerMerge.objects.values_list("speaker", "into", "made"))
        rows = []
        for content in merges:
            row = make(
                SpeakerMerge,
                content,
                speaker_id=self.speaker_ids[content["speaker"]],
                into_id=self.speaker_ids[content["into"]],
                statements=sorted(ids[key] for key in content["statements"] if key in ids),
            )
            if (row.speaker_id, row.into_id, row.made) not in known:
                rows.append(row)
        copy_rows(rows)

    def _write_proposals(self) -> None:
        """Decisions on pairs that nobody has decided on here."""
        State = MergeProposal.State
        stored = MergeProposal.objects.exclude(state=State.OPEN)
        known = set(stored.values_list("one", "other"))
        rows = []
        for content in self.noted["proposal"]:
            one, other = (self.speaker_ids[content[side]] for side in ("one", "other"))
            if one > other:
                one, other, content = other, one, turned(content)
            if (one, other) in known or one == other:
                continue
            MergeProposal.objects.filter(one=one, other=other).delete()
            rows.append(make(MergeProposal, content, one_id=one, other_id=other))
        copy_rows(rows)

    def _write_articles(self, batch: Sequence[Line]) -> BatchResult:
        result = BatchResult()
        stored = _stored([content["article"] for _, content in batch])
        new: list[dict[str, Any]] = []
        for _, content in batch:
            article = content["article"]
            there = stored.get((article["source"], article["external_id"]))
            if there is None:
                new.append(content)
            elif there == article["record_hash"]:
                result.counts[Outcome.UNCHANGED.value] += 1
            elif len(batch) == 1:
                raise Broken("differs from the stored article")
            else:
                # Told apart line by line.
                raise Broken("one of these differs")
        result.counts += Counter({Outcome.IMPORTED.value: len(new)})
        if self.run is None or not new:
            return result
        sources = source_ids({content["article"]["source"] for content in new})
        articles = [
            make(
                Article,
                content["article"],
                source_id=sources[content["article"]["source"]],
                import_run_id=self.run,
            )
            for content in new
        ]
        copy_rows(articles)
        by_article: dict[int, list[Statement]] = {}
        for article, content in zip(articles, new, strict=True):
            by_article[article.pk] = [
                make(
                    Statement,
                    one,
                    article_id=article.pk,
                    speaker_id=self.speaker_ids[one["speaker"]] if one["speaker"] else None,
                )
                for one in content["statements"]
            ]
        copy_rows([one for found in by_article.values() for one in found])
        analysed = [(analyse_columns(a.title), analyse_columns(a.body)) for a in articles]
        texts = [bounded(title, body) for title, body in analysed]
        index_articles(articles, by_article, replacing=False, texts=texts)
        prints = [fingerprint(title, body) for title, body in analysed]
        ids = [article.pk for article in articles]
        write_fingerprints(list(zip(ids, prints, strict=True)), changed=False)
        result.statements = sum(len(found) for found in by_article.values())
        return result


def _stored(articles: Sequence[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """(source, external id) → record hash in hex, of those that are there."""
    found = Article.objects.filter(
        source__name__in={a["source"] for a in articles},
        external_id__in={a["external_id"] for a in articles},
    ).values_list("source__name", "external_id", "record_hash")
    return {(source, external_id): bytes(h).hex() for source, external_id, h in found}


def _identity(speaker: Speaker) -> tuple[Any, ...]:
    """What makes a speaker of the file one that is there: for the program's, the name."""
    if speaker.origin == "program":
        return speaker.origin, speaker.key, speaker.type
    return speaker.origin, speaker.key, speaker.type, speaker.name, speaker.description


def make(model: type[Row], content: dict[str, Any], **more: Any) -> Row:
    """A row from its exported fields. KeyError where one is missing."""
    values = dict(more)
    for name in fields(model):
        value = content[name]
        field = model._meta.get_field(name)
        if isinstance(field, DateTimeField) and value is not None:
            value = datetime.fromisoformat(value)
        elif isinstance(field, BinaryField):
            value = bytes.fromhex(value)
        values[name] = value
    return model(**values)
