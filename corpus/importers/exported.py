"""Lines of our own export: taken to the letter, so that an export comes back identical.

Such a record is told by its `removals`, a list of [rule, start, end] into `raw_text`
(empty where it equals the text). Its text was cleaned once and is not cleaned again; its
entities and mark-up, if any, are the article's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from corpus.cleaning import apply_removals, storable
from corpus.dates import ParsedDate
from corpus.documents import ParsedDocument, Precision, Removal
from corpus.importers.base import Leaf, ReadOptions, Record
from corpus.importers.records import bounded_id, date_of

# Fields that are strings to the letter, and ParsedDocument's name for each.
STRINGS = {
    "title": "title",
    "text": "body",
    "raw_text": "raw_text",
    "source": "source",
    "url": "url",
    "author": "author",
    "section": "section",
    "abstract": "abstract",
    "language": "language",
    "published_raw": "published_raw",
}


def is_exported(record: Mapping[str, object]) -> bool:
    """Whether a record is a line of our export."""
    return isinstance(record.get("removals"), list) and isinstance(record.get("raw_text"), str)


def document(
    record: Mapping[str, object], leaf: Leaf, options: ReadOptions, *, position: str
) -> Record:
    """The document as it was exported; an error where its parts do not fit together."""
    values = {name: record.get(name) for name in STRINGS}
    wrong = [n for n, v in values.items() if not (v is None or isinstance(v, str))]
    identity = record.get("id")
    if wrong or not isinstance(identity, str) or not identity or not values["text"]:
        return leaf.error("malformed-export", f"fields {wrong or 'id, text'}", position)
    texts = {STRINGS[name]: storable(str(v)) for name, v in values.items() if v is not None}
    removals = _removals(record["removals"])
    if (
        removals is None
        or apply_removals(texts["raw_text"] or texts["body"], removals) != (texts["body"])
    ):
        return leaf.error("malformed-export", "the removals do not give the text", position)
    when = _when(record, leaf, options, texts.get("source", ""))
    if isinstance(when, str):
        return leaf.error("malformed-export", when, position)
    exported = ParsedDocument(
        external_id=bounded_id(identity),
        removals=removals,
        published=when.published,
        precision=when.precision,
        date_problem=when.reason,
        file=leaf.file,
        position=position,
        **{"title": "", **texts},
    )
    return exported if exported.source else replace(exported, source=options.source or leaf.folder)


def _removals(value: object) -> tuple[Removal, ...] | None:
    """The removals of a list of [rule, start, end]; None where it is anything else."""
    found = []
    for item in value if isinstance(value, list) else ():
        match item:
            case [str(rule), int(start), int(end)] if 0 <= start <= end:
                found.append(Removal(rule, start, end))
            case _:
                return None
    return tuple(found)


def _when(
    record: Mapping[str, object], leaf: Leaf, options: ReadOptions, source: str
) -> ParsedDate | str:
    """The date with the precision exported; a string says what is wrong with it."""
    raw = record.get("published_raw")
    at = record.get("published_at")
    if not at:
        # Read again only for its reason: what was uncertain stays so.
        reason = date_of(raw, leaf, options, source).reason if raw else ""
        return ParsedDate(str(raw or ""), reason=reason)
    try:
        moment = datetime.fromisoformat(str(at))
        precision = Precision(str(record.get("precision") or Precision.TIME))
    except ValueError as error:
        return str(error)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return ParsedDate(str(raw or ""), moment.astimezone(UTC), precision)
