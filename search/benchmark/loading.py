"""The made corpus, written and indexed in the benchmark's database by several processes."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction

from corpus.indexing.frequencies import merge_frequencies
from corpus.indexing.gin import sort_in
from corpus.ingest.importing import BATCH_DOCUMENTS
from corpus.ingest.pool import Pool as Processes
from corpus.models import Article, Source
from corpus.reindexing import index_ids, reindex
from search.benchmark.recombining import MadeArticle, Pool, make_article, pools_of

SAMPLED = 20_000  # imported articles whose sentences are recombined
BATCH = 2000
COLUMNS = (
    *("source_id", "external_id", "title", "body", "published", "precision"),
    *("content_hash", "record_hash", "raw_text", "removals", "abstract", "url", "author"),
    *("section", "language", "published_raw", "arabic_letters", "persian_letters", "harakat"),
    *("latin_letters", "extractor_version", "created", "updated"),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How long the corpus took, and the most memory one process held (MB)."""

    articles: int
    index_seconds: float
    live_articles: int
    live_seconds: float
    memory: int

    @property
    def bulk_rate(self) -> float:
        """Articles a second into an empty index, building it counted in."""
        return self.articles / self.index_seconds

    @property
    def live_rate(self) -> float:
        """Articles a second into the index as it stands."""
        return self.live_articles / self.live_seconds


def write_pools(path: Path, seed: int) -> None:
    """The sentences of the corpus at hand, for `make_articles`' processes to read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, body FROM (SELECT source_id, body FROM corpus_article WHERE body <> ''"
            " ORDER BY hashint8extended(id, %s), id LIMIT %s) AS sampled"
            " JOIN corpus_source s ON s.id = source_id",
            [seed, SAMPLED],
        )
        bodies: dict[str, list[str]] = {}
        for name, body in cursor.fetchall():
            bodies.setdefault(name, []).append(body)
    pools = pools_of(bodies)
    path.write_text(json.dumps([[p.source, p.sentences, p.lengths, p.weight] for p in pools]))


@lru_cache(maxsize=1)
def _pools(path: Path) -> list[Pool]:
    read = json.loads(path.read_text())
    return [Pool(source, tuple(texts), tuple(n), weight) for source, texts, n, weight in read]


def write_articles(path: Path, seed: int, first: int, after: int) -> int:
    """Make the articles numbered `first` to `after` and copy them into the database."""
    pools = _pools(path)
    sources = dict(Source.objects.values_list("name", "pk"))
    now = datetime.now(UTC)
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy(f"COPY corpus_article ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for number in range(first, after):
            copy.write_row(_row(make_article(pools, seed, number), sources, now))
    return after - first


def _row(made: MadeArticle, sources: dict[str, int], now: datetime) -> tuple[object, ...]:
    digest = made.number.to_bytes(32, "big")
    return (
        *(sources[made.source], str(made.number), made.title, made.body),
        *(made.published, "time", digest, digest, "", "[]", "", "", "", "", "ar", ""),
        *(0, 0, 0, 0, 0, now, now),
    )


def load(
    pools: Path,
    seed: int,
    articles: int,
    *,
    workers: int,
    live: int,
    progress: Callable[[int], object],
) -> Loaded:
    """Fill the empty database: articles, then their index in bulk, then `live` more one by one.

    `progress` is told how many articles each step has done.
    """
    Source.objects.bulk_create([Source(name=p.source) for p in _pools(pools)])
    for done in _in_processes(write_articles, workers, pools, seed, 0, articles):
        progress(done)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE corpus_article")
    started = time.monotonic()
    for done in reindex(workers=workers, bulk=True):
        progress(done)
    index_seconds = time.monotonic() - started
    for done in _in_processes(write_articles, workers, pools, seed, articles, articles + live):
        progress(done)
    started = time.monotonic()
    added = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:live])
    processes: Processes[int] = Processes(workers, index_live)
    processes.start()
    for first in range(0, len(added), BATCH_DOCUMENTS):
        processes.submit(added[first : first + BATCH_DOCUMENTS])
    for done in processes.drain():
        progress(done)
    merge_frequencies()
    sort_in()
    live_seconds = time.monotonic() - started
    processes.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE corpus_articlesearchrow")
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Loaded(articles, index_seconds, len(added), live_seconds, most // 1024)


def index_live(ids: list[int]) -> int:
    """Index like an import into a corpus in use: counted at once."""
    return index_ids(ids, False)


def _in_processes(
    work: Callable[..., int], workers: int, pools: Path, seed: int, first: int, after: int
) -> Iterator[int]:
    processes: Processes[int] = Processes(workers, work)
    processes.start()
    try:
        for start in range(first, after, BATCH):
            processes.submit(pools, seed, start, min(after, start + BATCH))
            yield from processes.ready()
        yield from processes.drain()
    finally:
        processes.close()
