"""`manage.py benchmark_search`: the search page's speed at scale, beside two other ways."""

from __future__ import annotations

import json
import os
import random
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from tqdm import tqdm

from corpus.models import Article
from search.benchmark import database, loading, measuring, reporting, stock
from search.benchmark.drawing import DrawnQuery
from search.benchmark.fts5 import Fts5
from search.benchmark.timing import Times, times

LONGEST = 30  # seconds that a statement of the other ways may take
AQWAL, STOCK_ALL, STOCK_ANY = "aqwal", "stock, all words", "stock, any word"
FTS5_ALL, FTS5_ANY = "fts5, all words", "fts5, any word"


class Command(BaseCommand):
    help = (
        "Measure the search page on a corpus made by recombining the sentences of the imported"
        " articles, in a database of its own, beside Django's stock full-text search and"
        " SQLite's FTS5. Ratios are the result: times depend on the machine."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=int, default=1_000_000, help="default 1,000,000")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--queries", type=int, default=100, help="default 100")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--clients", type=int, default=4, help="at once, besides one alone")
        parser.add_argument("--live", type=int, default=5000, help="added to the built index")
        parser.add_argument("--only-aqwal", action="store_true", help="measure no other way")
        parser.add_argument(
            "--keep",
            action="store_true",
            help="keep the databases, and use them if they are there from an earlier run",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object at the end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["articles"] < 100 or options["queries"] < 1 or options["live"] < 1:
            raise CommandError(
                "Give at least 100 --articles, 1 --live and 1 of --queries.", returncode=2
            )
        self.quiet = options["json"]
        name = f"{database.PREFIX}_{options['articles']}_{options['seed']}"
        try:
            with tempfile.TemporaryDirectory(prefix="aqwal-benchmark-") as folder:
                found = self._run(name, Path(folder), options)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error}", returncode=1) from error
        finally:
            if not options["keep"]:
                database.drop(name)
        if options["json"]:
            self.stdout.write(json.dumps(found))

    def _run(self, name: str, folder: Path, options: dict[str, Any]) -> dict[str, Any]:
        pools = folder / "pools.json"
        self._say("reading sentences of the imported articles")
        loading.write_pools(pools, options["seed"])
        found: dict[str, Any] = {
            "articles": options["articles"],
            "seed": options["seed"],
            "cores": os.cpu_count(),
        }
        with database.benchmark_database(name):
            if not Article.objects.exists():
                found["loading"] = self._load(pools, options)
            found["bytes"] = self._sizes()
            queries = measuring.draw(options["seed"], options["queries"])
            measured = {AQWAL: self._measure(queries, "aqwal", measuring.page)}
            several, rate = measuring.several_clients(queries, options["clients"])
            self._overlap(queries, found)
            if not options["only_aqwal"]:
                measured |= self._stock(queries)
                kept = settings.DATA_DIR if options["keep"] else folder
                measured |= self._fts5(queries, kept / f"{name}.sqlite")
            found["clients"] = {
                **asdict(times(several)),
                "clients": options["clients"],
                "pages_a_second": round(rate, 1),
            }
            found["times"] = {
                way: {kind: asdict(t) for kind, t in found_times.items()}
                for way, found_times in measured.items()
            }
            found["p95_ratio"] = reporting.ratios(measured, AQWAL)
        self._report(found, measured)
        return found

    def _load(self, pools: Path, options: dict[str, Any]) -> dict[str, Any]:
        self._say("making, copying and indexing the articles")
        with tqdm(
            total=2 * (options["articles"] + options["live"]),
            unit="steps",
            disable=self.quiet or None,
        ) as progress:
            loaded = loading.load(
                pools,
                options["seed"],
                options["articles"],
                workers=options["workers"],
                live=options["live"],
                progress=progress.update,
            )
        return {
            **asdict(loaded),
            "bulk_rate": round(loaded.bulk_rate),
            "live_rate": round(loaded.live_rate),
        }

    def _measure(
        self,
        queries: Sequence[DrawnQuery],
        name: str,
        page: Callable[[DrawnQuery], object],
        rounds: int = measuring.ROUNDS,
    ) -> dict[str, Times]:
        kinds = [query.kind for query in queries]
        pages = [partial(page, query) for query in queries]
        progress = tqdm(pages, desc=name, unit="queries", disable=self.quiet or None)
        return reporting.by_class(kinds, measuring.timed(progress, rounds))

    def _overlap(self, queries: Sequence[DrawnQuery], found: dict[str, Any]) -> None:
        """For some of the queries: ranking all of the corpus takes many seconds for each."""
        shares: dict[str, list[float]] = {}
        for query in tqdm(
            _some(queries), desc="overlap", unit="queries", disable=self.quiet or None
        ):
            share = measuring.overlap(query)
            if share is not None:
                shares.setdefault(query.kind, []).append(share)
        every = [share for values in shares.values() for share in values]
        found["overlap"] = {
            **{kind: round(mean(values), 3) for kind, values in shares.items()},
            reporting.ALL: round(mean(every), 3) if every else None,
        }

    def _stock(self, queries: Sequence[DrawnQuery]) -> dict[str, dict[str, Times]]:
        if stock.StockArticle._meta.db_table not in connection.introspection.table_names():
            self._say("building Django's stock shape")
            stock.load()
        return {
            way: self._measure(
                queries if not any_word else _some(queries),
                way,
                lambda q, any_word=any_word: measuring.limited(  # type: ignore[misc]
                    lambda: stock.page(q, any_word=any_word), LONGEST
                )(),
                rounds=1,
            )
            for way, any_word in ((STOCK_ALL, False), (STOCK_ANY, True))
        }

    def _fts5(self, queries: Sequence[DrawnQuery], path: Path) -> dict[str, dict[str, Times]]:
        other = Fts5(path)
        try:
            if not other.loaded:
                self._say("building SQLite's FTS5")
                other.load()
            return {
                way: self._measure(
                    queries if not any_word else _some(queries),
                    way,
                    lambda q, any_word=any_word: other.page(q, any_word=any_word),  # type: ignore[misc]
                    rounds=1,
                )
                for way, any_word in ((FTS5_ALL, False), (FTS5_ANY, True))
            }
        finally:
            other.close()

    def _sizes(self) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_total_relation_size('corpus_article'),"
                " pg_total_relation_size('corpus_articlesearchrow')"
            )
            articles, rows = cursor.fetchone()
        return {"articles": articles, "search_rows": rows}

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stderr.write(text)

    def _report(self, found: dict[str, Any], measured: dict[str, dict[str, Times]]) -> None:
        if self.quiet:
            return
        write = self.stdout.write
        write(f"{found['articles']} articles, seed {found['seed']}, {found['cores']} cores")
        if "loading" in found:
            write(
                "indexing: {bulk_rate} articles/s in bulk, {live_rate}/s into the live index,"
                " {memory} MB at most in one process".format(**found["loading"])
            )
        write("p50/p95/max in ms, one client:")
        write(reporting.table(measured))
        several = "{clients} clients: {p50}/{p95}/{max} ms, {pages_a_second} pages/s"
        write(several.format(**found["clients"]))
        write(f"overlap@10 with exhaustive ranking: {found['overlap']}")
        write(f"p95 of the others as a multiple of ours: {found['p95_ratio']}")


def _some(queries: Sequence[DrawnQuery]) -> list[DrawnQuery]:
    """A quarter of the queries, all classes among them, where each may take half a minute."""
    some = list(queries)
    random.Random(1).shuffle(some)
    return sorted(some[: max(9, len(some) // 4)], key=queries.index)
