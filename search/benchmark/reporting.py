"""The benchmark's figures as one object and as a table. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search.benchmark.timing import Times, times

ALL = "all"


def by_class(kinds: Sequence[str], milliseconds: Sequence[float]) -> dict[str, Times]:
    """Summaries of the times of each class of query, and of all of them under "all"."""
    groups: dict[str, list[float]] = {}
    for kind, value in zip(kinds, milliseconds, strict=True):
        groups.setdefault(kind, []).append(value)
    return {**{kind: times(values) for kind, values in groups.items()}, ALL: times(milliseconds)}


def table(measured: Mapping[str, Mapping[str, Times]]) -> str:
    """Lines of text: a class a row, "p50/p95/max" of each way to answer in milliseconds."""
    names = list(measured)
    kinds = list(next(iter(measured.values())))
    rows = [["class", "n", *names]]
    for kind in kinds:
        cells = [measured[name].get(kind) for name in names]
        first = next(cell for cell in cells if cell is not None)
        rows.append([kind, str(first.n), *(_cell(cell) for cell in cells)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _cell(found: Times | None) -> str:
    if found is None:
        return "-"
    return f"{found.p50:.0f}/{found.p95:.0f}/{found.max:.0f}"


def ratios(measured: Mapping[str, Mapping[str, Times]], ours: str) -> dict[str, Any]:
    """How many times longer the others' p95 is than ours, over all queries."""
    base = measured[ours][ALL].p95
    return {
        name: round(found[ALL].p95 / base, 1)
        for name, found in measured.items()
        if name != ours and base
    }
