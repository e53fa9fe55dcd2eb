"""How far a long command is: a bar with rate and time left on a terminal, else plain lines."""

from __future__ import annotations

import sys
import time
from typing import Any, TextIO

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Counts items, and shows how many there are a second and how long the rest takes.

    `total` is the size of the whole in any measure that `advance` is told in (bytes,
    rows); 0 where it is not known. `noun` names the items.
    """

    def __init__(
        self, total: int, noun: str, *, quiet: bool = False, stream: TextIO | None = None
    ) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._noun = noun
        self._quiet = quiet
        self._done = 0
        self._items = 0
        self._start = self._told = time.monotonic()
        self._bar: Any = None
        if not quiet and self._stream.isatty():
            self._bar = tqdm(
                total=total or None,
                file=self._stream,
                bar_format="{percentage:3.0f}% |{bar}| {elapsed}<{remaining} {postfix}"
                if total
                else "{elapsed} {postfix}",
                dynamic_ncols=True,
            )

    def advance(self, done: int, items: int = 0) -> None:
        """So much more of the whole is done, so many more items."""
        done = min(done, max(0, self._total - self._done)) if self._total else 0
        self._done += done
        self._items += items
        if self._bar is not None:
            self._bar.set_postfix_str(self._figures(), refresh=False)
            self._bar.update(done)
        elif not self._quiet and time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._stream.write(f"{self._figures()}{self._left()}\n")
            self._stream.flush()

    def _figures(self) -> str:
        elapsed = time.monotonic() - self._start
        rate = self._items / elapsed if elapsed > 0 else 0.0
        return f"{self._items:,} {self._noun}, {rate:,.0f}/s"

    def _left(self) -> str:
        if not self._total or not self._done:
            return ""
        elapsed = time.monotonic() - self._start
        seconds = elapsed * (self._total - self._done) / self._done
        return f", {100 * self._done // self._total}%, about {duration(seconds)} left"

    def close(self) -> None:
        """Leave the last state standing."""
        if self._bar is not None:
            self._bar.close()


def duration(seconds: float) -> str:
    """Seconds as people say them: "40 s", "3 min", "2 h 5 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
