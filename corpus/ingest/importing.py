"""One import from beginning to end: read, sift, hand out batches, count, report.

Reading happens here, in one process and in the order of the input, so that which of two
records with one id or one text comes first does not depend on how many workers there
are. Everything costly (extraction, analysis, writing) is in the batches.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.documents import RecordError
from corpus.importers import ReadOptions, check_format
from corpus.indexing.frequencies import merge_frequencies
from corpus.indexing.gin import WORDING_INDEX, build_indexes, bulk_load, ensure_indexes, sort_in
from corpus.ingest.batches import BatchResult, BatchSettings, process_batch
from corpus.ingest.decisions import Candidate
from corpus.ingest.pool import Beside, Pool
from corpus.ingest.reading import Reading, Records
from corpus.ingest.restoring import is_export, restore
from corpus.ingest.runs import recorded_run, save_counts, save_report, write_rejected
from corpus.ingest.sifting import Sifter
from corpus.ingest.stories import link_stories
from corpus.models import ImportRun, Source
from corpus.models.imports import Outcome
from corpus.resolution.settling import Settled, settle
from corpus.wording_kin import link_wordings

BATCH_DOCUMENTS = 500
# A batch is cut short at this many characters, so that long articles do not pile up.
BATCH_CHARACTERS = 6_000_000
SECONDS_BETWEEN_COUNTS = 2.0  # for whoever watches the run
REJECTED_AT_ONCE = 500
# Frequency deltas are added up on the way: a million articles would leave 200 million.
BATCHES_BETWEEN_MERGES = 40
# Sooner at first: until frequencies are added up, an empty instance finds nothing and says so.
FIRST_MERGES = (4, 10, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What to import and how; see the options of `import_corpus` for each.

    `inputs` are the names the run is recorded with, where they are not the paths. `run`
    is the id of a run that the admin has recorded already and that waits to be done.
    """

    paths: Sequence[Path]
    inputs: Sequence[str] = ()
    run: int | None = None
    format: str = "auto"
    source: str = ""
    field_map: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    workers: int = 1
    limit: int | None = None
    since: datetime | None = None
    update: bool = True
    bulk: bool = False

    def as_json(self) -> dict[str, Any]:
        """The options as an ImportRun keeps them."""
        return {
            "format": self.format,
            "source": self.source,
            "map": dict(self.field_map),
            "limit": self.limit,
            "since": self.since.isoformat() if self.since else None,
            "update": "changed" if self.update else "never",
            "workers": self.workers,
            "bulk": self.bulk,
        }


@dataclass(slots=True)
class Report:
    """What a run did. The counts add up to `read`."""

    read: int = 0
    documents: int = 0  # records that could be read as articles, whatever became of them
    skipped: int = 0  # older than --since: not counted as read
    result: BatchResult = field(default_factory=BatchResult)
    dates: Counter[str] = field(default_factory=Counter)  # why dates were left empty
    settled: Settled = field(default_factory=Settled)  # surnames, at the end
    seconds: float = 0.0
    run: int | None = None

    def count(self, outcome: Outcome) -> int:
        return self.result.counts[outcome.value]

    def as_json(self) -> dict[str, Any]:
        """For machines; the first eight keys are promised."""
        return {
            "read": self.read,
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "seconds": round(self.seconds, 3),
            "reasons": dict(sorted(self.result.reasons.items())),
            "statements": self.result.statements,
            "skipped": self.skipped,
            "dates_left_empty": dict(sorted(self.dates.items())),
            "script": dict(sorted(self.result.script.items())),
            "settled": self.settled.as_json(),
            "run": self.run,
            "peak_mb": peak_mebibytes(),
        }


def run_import(
    options: ImportOptions,
    *,
    quiet: bool = True,
    report: Report | None = None,
    records: Records | None = None,
) -> Report:
    """Import; with `dry_run` only decide. Never raises for what stands in the input.

    `records` gives what to import where it does not stand at the options' paths.
    The report given is filled and returned: so it says what was done even where this
    raises. ValueError for a format that does not exist. KeyboardInterrupt passes
    through after what was under way has been written and the run marked.
    """
    check_format(ReadOptions(format=options.format))
    return _Import(options, quiet, report or Report(), records).run()


class _Import:
    def __init__(
        self, options: ImportOptions, quiet: bool, report: Report, records: Records | None
    ) -> None:
        self.options = options
        self.quiet = quiet
        self.records = records
        self.reading: Reading | None = None
        self.report = report
        self.sifter = Sifter()
        self.rejected: list[RecordError] = []
        self.run_row: ImportRun | None = None
        self.pool: Pool[BatchResult]
        self.stories: Beside | None = None
        self.settings: BatchSettings
        self.counted = 0.0
        self.batches = 0
        self.put_off: list[Candidate] = []
        self.paths = list(options.paths)

    def run(self) -> Report:
        options = self.options
        with ExitStack() as stack:
            if not options.dry_run:
                self.run_row = stack.enter_context(
                    recorded_run(
                        list(options.inputs) or [str(path) for path in options.paths],
                        options.as_json(),
                        options.run,
                    )
                )
            stack.callback(self._tell, time.monotonic())
            stack.push(self._end_stories)
            if self.run_row is not None and options.bulk:
                stack.enter_context(bulk_load())
                stack.callback(self._say, "Building the search indexes and counting words …")
            elif self.run_row is not None:
                ensure_indexes()
            self.report.run = self.run_row.pk if self.run_row else None
            self.settings = BatchSettings(
                run=self.report.run, update=options.update, counted=not options.bulk
            )
            workers = 1 if options.dry_run else options.workers
            self.pool = Pool(workers, process_batch)
            stack.callback(self.pool.close)
            try:
                self._process()
            finally:
                self._wind_up()
        return self.report

    def _tell(self, started: float) -> None:
        """How long it took, the building of a bulk load's indexes too, and what came of it."""
        self.report.seconds = time.monotonic() - started
        if self.run_row is not None:
            save_report(self.run_row, self.report.as_json())

    def _process(self) -> None:
        """Batches to the pool as they fill; the last ones after all others."""
        self._restore()
        held: list[Candidate] | None = None
        for batch in self._batches():
            # The first batch waits for a second: a small import spawns no processes.
            if held is None and self.batches == 0:
                held = batch
                self.batches = 1
                continue
            if held is not None:
                self.pool.start()
                self._submit(held)
                held = None
            self._submit(batch)
            self.batches += 1
            due = self.batches in FIRST_MERGES or self.batches % BATCHES_BETWEEN_MERGES == 0
            if due and self._deltas:
                merge_frequencies()
        if held is not None:
            self._submit(held)
        self._drain()
        if self.run_row is not None:
            self._link()

    def _link(self) -> None:
        """What only all articles together tell: reprints, same statements, surnames.

        Stories meet nothing else of these, and with workers both find a core.
        """
        self._say("Looking for reprints, repeated statements and what surnames stand for …")
        if self.pool.started:
            self.stories = Beside(link_stories)
        else:
            link_stories()
        if self.options.bulk:
            build_indexes({WORDING_INDEX})
        link_wordings()
        self.report.settled = settle()

    def _say(self, text: str) -> None:
        """What is done after the last article is read, which takes its time in a large corpus."""
        if not self.quiet:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()

    def _end_stories(self, failure: type[BaseException] | None, *_: object) -> None:
        """They go on while a bulk load's indexes are built; after Ctrl-C, at the next run."""
        if self.stories is not None:
            if failure is None:
                self.stories.wait()
            else:
                self.stories.stop()

    def _restore(self) -> None:
        """Exports of another instance come first, as the rows that they are."""
        if self.options.format != "auto":
            return
        exports = [path for path in self.paths if is_export(path)]
        self.paths = [path for path in self.paths if path not in exports]
        for path in exports:
            for found in restore(path, self.report.run):
                if isinstance(found, RecordError):
                    self._reject(found)
                    continue
                number = found.counts.total()
                self.report.read += number
                self.report.documents += number
                self._take(found)

    @property
    def _deltas(self) -> bool:
        """Whether batches leave changes of frequencies to be added up."""
        return self.run_row is not None and not self.options.bulk

    def _submit(self, batch: list[Candidate]) -> None:
        self.pool.submit(self.settings, batch)
        for result in self.pool.ready():
            self._take(result)

    def _drain(self) -> None:
        """Finish what is under way, then what had to wait for it."""
        for result in self.pool.drain():
            self._take(result)
        while self.put_off:
            batch, self.put_off = self.put_off[:BATCH_DOCUMENTS], self.put_off[BATCH_DOCUMENTS:]
            self._take(process_batch(self.settings, batch, True))

    def _take(self, result: BatchResult) -> None:
        self.put_off += result.put_off
        result.put_off = []
        self.report.result.add(result)
        if self.run_row and time.monotonic() - self.counted > SECONDS_BETWEEN_COUNTS:
            self.counted = time.monotonic()
            self._save_counts()

    def _save_counts(self) -> None:
        if self.run_row:
            read, counts = self.report.read, self.report.result.counts
            size, done = (self.reading.size, self.reading.done) if self.reading else (0, 0)
            save_counts(self.run_row, read, counts, size, done)

    def _batches(self) -> Iterator[list[Candidate]]:
        batch: list[Candidate] = []
        size = 0
        for candidate in self._candidates():
            batch.append(candidate)
            size += len(candidate.document.body) + len(candidate.document.raw_text)
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_CHARACTERS:
                yield batch
                batch, size = [], 0
            if len(self.put_off) >= BATCH_DOCUMENTS:
                self._drain()
        if batch:
            yield batch

    def _candidates(self) -> Iterator[Candidate]:
        """The documents worth deciding about; everything else is counted here."""
        options = self.options
        self.reading = Reading(
            paths=self.paths,
            options=ReadOptions(
                format=options.format,
                source=options.source,
                field_map=options.field_map,
                date_orders=_date_orders(),
            ),
            limit=options.limit,
            since=options.since,
            quiet=self.quiet,
            # For the time left, on the screen or in the admin.
            measured=not self.quiet or options.run is not None,
            records=self.records,
        )
        for record in self.reading:
            if isinstance(record, RecordError):
                self._reject(record)
                continue
            self.report.documents += 1
            if record.date_problem:
                self.report.dates[record.date_problem] += 1
            sifted = self.sifter.sift(record)
            if isinstance(sifted, RecordError):
                self._reject(sifted)
                continue
            self.report.read += 1
            yield sifted

    def _reject(self, error: RecordError) -> None:
        self.report.read += error.count
        self.report.result.counts[Outcome.REJECTED.value] += error.count
        self.report.result.reasons[error.reason] += error.count
        self.rejected.append(error)
        if len(self.rejected) >= REJECTED_AT_ONCE:
            self._write_rejected()

    def _write_rejected(self) -> None:
        if self.run_row and self.rejected:
            write_rejected(self.run_row, self.rejected)
        self.rejected = []

    def _wind_up(self) -> None:
        """What must be right however the run ends: counts, records, frequencies."""
        self.pool.close()
        if self.reading is not None:
            self.report.skipped = self.reading.skipped
        if self.run_row is None:
            return
        self._write_rejected()
        self._save_counts()
        if not self.options.bulk:  # it counts everything, and builds the indexes, at its end
            merge_frequencies()
            sort_in()


def peak_mebibytes() -> int:
    """The most memory that this process, or one of its workers that have ended, has held."""
    of_both = (resource.getrusage(who).ru_maxrss for who in WHO)
    # Kibibytes on Linux, bytes on macOS.
    return max(of_both) // (1024 if sys.platform != "darwin" else 1024 * 1024)


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _date_orders() -> dict[str, Any]:
    """How sources write numeric dates, where it is not day first."""
    other = Source.objects.exclude(date_order=Source.DateOrder.DAY_FIRST)
    return dict(other.values_list("name", "date_order"))
