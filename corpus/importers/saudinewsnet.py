"""SaudiNewsNet: one JSON array a day of {source, url, date_extracted, title, author, content}.

The corpus names no ids: an article is "<file stem>-<index in the array>".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from corpus.dates import ParsedDate
from corpus.documents import Precision
from corpus.importers.base import Importer, Leaf, LimitExceededError, ReadOptions, Record
from corpus.importers.json_arrays import elements, is_array
from corpus.importers.records import date_of, document, flat


def detect(head: bytes, name: str) -> bool:
    """Whether it is an array whose first objects have the corpus' own fields."""
    return is_array(head) and b'"date_extracted"' in head and b'"content"' in head


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each element."""
    stem = leaf.stem.rpartition("/")[2]
    for index, element in elements(leaf, options):
        position = f"element {index}"
        if isinstance(element, LimitExceededError):
            yield leaf.error(element.reason, element.detail, position)
        elif not isinstance(element, dict):
            yield leaf.error("not-an-object", f"a {type(element).__name__}", position)
        else:
            fields = {
                "text": element.get("content"),
                "title": element.get("title"),
                "source": element.get("source"),
                "url": element.get("url"),
                "author": element.get("author"),
            }
            yield document(
                {"id": f"{stem}-{index}", **fields},
                leaf,
                options,
                position=position,
                fallback_id=f"{stem}-{index}",
                published=_day(
                    date_of(element.get("date_extracted"), leaf, options, flat(fields["source"]))
                ),
            )


def _day(found: ParsedDate) -> ParsedDate:
    """The time is that of the crawl: it vouches for the day at most."""
    if found.published is None or found.precision is not Precision.TIME:
        return found
    midnight = found.published.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(found, published=midnight, precision=Precision.DAY)


IMPORTER = Importer(
    "saudinewsnet", "SaudiNewsNet, one JSON array of articles a day (.json)", detect, read
)
