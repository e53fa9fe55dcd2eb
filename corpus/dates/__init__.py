"""Publication times: strict reading of the dates Arabic news carries. Pure.

parse_date("18 شباط/فبراير 2018").published  # 2018-02-18 00:00 UTC, precision day
"""

from corpus.dates.parse import Order, ParsedDate, parse_date

__all__ = ["Order", "ParsedDate", "parse_date"]
