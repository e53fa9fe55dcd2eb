"""From a record's own fields to a ParsedDocument: names, strings, dates and cleaning."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from corpus.cleaning import clean
from corpus.cleaning.decoding import storable, unescape
from corpus.cleaning.markup import has_markup, to_text
from corpus.dates import ParsedDate, parse_date
from corpus.documents import ParsedDocument
from corpus.importers.base import Leaf, ReadOptions, Record

# Our field → names other systems give it, the likeliest first. Compared in lower case.
ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "external_id", "article_id", "docno", "doc_id", "guid", "uid", "uuid"),
    "title": ("title", "headline", "head_line", "العنوان", "عنوان"),
    "text": ("text", "body", "content", "article", "article_text", "full_text", "fulltext",
             "articlebody", "story", "النص", "نص", "المحتوى"),
    "source": ("source", "publisher", "site", "newspaper", "outlet", "website", "source_name",
               "src", "المصدر"),
    "published_at": ("published_at", "published", "date", "pubdate", "publish_date",
                     "publication_date", "published_date", "datepublished", "date_published",
                     "datetime", "time", "timestamp", "created_at", "date_extracted", "التاريخ",
                     "تاريخ"),
    "url": ("url", "link", "canonical_url", "permalink", "source_url", "الرابط"),
    "author": ("author", "byline", "authors", "writer", "creator", "الكاتب"),
    "section": ("section", "category", "cat", "topic", "categories", "label", "القسم",
                "التصنيف"),
    "abstract": ("abstract", "summary", "description", "lead", "excerpt", "الملخص"),
}  # fmt: skip

# Bounds of the database's columns; a longer value is a misread record, not a longer name.
MAX_LENGTHS = {"title": 1000, "source": 200, "author": 300, "section": 200, "url": 2000}
MAX_ID = 500

SPACES = re.compile(r"\s+")

# Seconds beyond this are milliseconds (it is the year 5138 in seconds).
MILLISECONDS_FROM = 100_000_000_000


def pick(record: Mapping[str, object], field_map: Mapping[str, str]) -> dict[str, object]:
    """The record's values under our field names; a mapped field shadows its aliases."""
    lower = {str(k).strip().lower(): v for k, v in record.items()}
    found: dict[str, object] = {}
    for field, names in ALIASES.items():
        if field in field_map:
            found[field] = _reach(record, field_map[field])
            continue
        for name in names:
            if (value := lower.get(name)) not in (None, "", [], {}):
                found[field] = value
                break
    return found


def from_mapping(
    record: Mapping[str, object],
    leaf: Leaf,
    options: ReadOptions,
    *,
    position: str,
    fallback_id: str,
) -> Record:
    """The document of a record with field names of its own, by mapping and aliases.

    An Elasticsearch hit counts as what its `_source` holds. A record in which no field
    can be the text is an error that names its fields, so that one can be mapped.
    """
    inner = record.get("_source")
    if isinstance(inner, Mapping):
        record = {"_id": record.get("_id"), **inner}
    fields = pick(record, options.field_map)
    if "text" not in fields:
        names = "، ".join(map(str, list(record)[:20]))
        return leaf.error("no-text", f"no text field among: {names}"[:300], position)
    return document(fields, leaf, options, position=position, fallback_id=fallback_id)


def _reach(record: Mapping[str, object], path: str) -> object:
    """record["a"]["b"] for "a.b"; a key that itself contains dots comes first."""
    if path in record:
        return record[path]
    value: object = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def flat(value: object) -> str:
    """A value as one string: lists joined, {"name": …} by its name, None as ""."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "، ".join(part for part in map(flat, value) if part)
    if isinstance(value, Mapping):
        return flat(value.get("name") or value.get("title") or value.get("$oid"))
    return str(value)


def line(value: object) -> str:
    """A value as one storable line without entities or mark-up."""
    text = flat(value)
    if "<" in text and has_markup(text):
        text = to_text(text)
    return SPACES.sub(" ", unescape(storable(text))).strip()


def passage(value: object) -> str:
    """A value as storable text: entities resolved, mark-up turned into paragraphs."""
    if isinstance(value, list | tuple):
        return "\n\n".join(part for part in map(passage, value) if part)
    text = storable(flat(value))
    if "<" in text and has_markup(text):
        text = to_text(text)
    return unescape(text)


def bounded_id(text: str) -> str:
    """An id that fits its column; of a longer one the end is replaced by its hash."""
    if len(text) <= MAX_ID:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
    return f"{text[: MAX_ID - 33]}~{digest}"


def bounded(field: str, value: object) -> str:
    """A value as one line that fits the column of its field."""
    return line(value)[: MAX_LENGTHS[field]]


def date_of(value: object, leaf: Leaf, options: ReadOptions, source: str) -> ParsedDate:
    """A date field: a string, or seconds or milliseconds since 1970 as a number."""
    if isinstance(value, Mapping) and "$date" in value:
        value = value["$date"]
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 9999:
        seconds = value / 1000 if value > MILLISECONDS_FROM else value
        try:
            value = datetime.fromtimestamp(seconds, UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return ParsedDate(str(value), reason="date-out-of-range")
    return parse_date(
        line(value)[:200],
        reference=leaf.modified,
        order=options.date_order(source),
        now=options.now,
    )


def host(url: str) -> str:
    """The host of an address without www: the source where nothing better is known."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def document(
    fields: Mapping[str, object],
    leaf: Leaf,
    options: ReadOptions,
    *,
    position: str,
    fallback_id: str,
    clean_already: bool = True,
    published: ParsedDate | None = None,
) -> Record:
    """Build the document of one record from our own field names (see ALIASES).

    `fallback_id` is the id of a record that has neither id nor address. `clean_already`
    applies only the safe cleaning rules. A record without text is a RecordError.
    """
    raw = passage(fields.get("text")).strip()
    if not any(map(str.isalpha, raw)):
        return leaf.error("no-text", f"record {line(fields.get('id')) or fallback_id}", position)
    text = {name: bounded(name, fields.get(name)) for name in MAX_LENGTHS}
    url = text["url"]
    source = text["source"] or bounded("source", options.source or host(url) or leaf.folder)
    cleaned = clean(raw, title=text["title"], safe_only=clean_already)
    when = published or date_of(fields.get("published_at"), leaf, options, source)
    return ParsedDocument(
        external_id=bounded_id(line(fields.get("id")) or url or fallback_id),
        title=cleaned.title,
        body=cleaned.body,
        raw_text=raw if cleaned.removals else "",
        removals=cleaned.removals,
        source=source,
        url=url,
        author=text["author"] or cleaned.byline,
        section=text["section"],
        abstract=passage(fields.get("abstract")).strip(),
        published=when.published,
        precision=when.precision,
        published_raw=when.raw,
        date_problem=when.reason,
        file=leaf.file,
        position=position,
    )
