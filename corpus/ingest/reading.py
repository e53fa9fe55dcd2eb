"""What an import reads: every record of its input, up to the limit, with progress told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corpus.documents import ParsedDocument
from corpus.importers import ReadOptions, Record, list_inputs, read_unit
from corpus.progress import Progress

Records = Callable[[ReadOptions], Iterator[Record]]


@dataclass(kw_only=True)
class Reading:
    """One pass over the input.

    `records` gives what to read where it does not stand at `paths`. Articles published before
    `since` are passed over and count towards no `limit`. `measured` asks for `size`, the bytes
    of all input, of which `done` are read; else both stay 0, as finding out takes time.
    """

    paths: Sequence[Path]
    options: ReadOptions
    limit: int | None
    since: datetime | None
    quiet: bool
    measured: bool
    records: Records | None = None
    size: int = field(init=False, default=0)
    done: int = field(init=False, default=0)
    skipped: int = field(init=False, default=0)
    _passed: int = field(init=False, default=0)  # bytes of the part at hand that are read
    _progress: Progress = field(init=False)

    def __iter__(self) -> Iterator[Record]:
        """Documents, and errors for what could not be read."""
        if self.measured:
            self.size = sum(unit.size for unit in list_inputs(self.paths, self.options))
        self._progress = Progress(self.size, "articles", quiet=self.quiet)
        left = self.limit
        try:
            for records, size in self._parts():
                self._passed = 0
                for record in records:
                    if left is not None and left <= 0:
                        return
                    if isinstance(record, ParsedDocument) and self._too_old(record):
                        self.skipped += 1
                        continue
                    if left is not None:
                        left -= 1 if isinstance(record, ParsedDocument) else record.count
                    self._progress.advance(0, 1)
                    yield record
                self._pass(size)
        finally:
            self._progress.close()

    def _parts(self) -> Iterator[tuple[Iterator[Record], int]]:
        """Records in parts, each with the bytes it stands for."""
        if self.records is not None:
            yield self.records(self.options), 0
            return
        for unit in list_inputs(self.paths, self.options):
            yield read_unit(unit, self.options, self._pass), unit.size

    def _pass(self, read: int) -> None:
        """So many bytes of the part at hand are read."""
        self._progress.advance(read - self._passed)
        self.done += read - self._passed
        self._passed = read

    def _too_old(self, document: ParsedDocument) -> bool:
        since, published = self.since, document.published
        return since is not None and published is not None and published < since
