"""Percentiles of measured times. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: the median, the 95th percentile and the longest, of `n` measurements."""

    n: int
    p50: float
    p95: float
    max: float


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    ordered = sorted(values)
    place = max(0, -(-int(share * 10_000) * len(ordered) // 10_000) - 1)
    return ordered[place]


def times(milliseconds: Sequence[float]) -> Times:
    """Summary of measurements. Raises ValueError for none."""
    if not milliseconds:
        raise ValueError("nothing was measured")
    return Times(
        n=len(milliseconds),
        p50=round(percentile(milliseconds, 0.50), 1),
        p95=round(percentile(milliseconds, 0.95), 1),
        max=round(max(milliseconds), 1),
    )
