"""Plain text: one article a file, the headline first, with or without a metadata header.

العنوان: …            optional lines, in Arabic or English, up to the first line that
Date: …               is none of them; the rest is the article
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning import UndecodableError, clean, decode
from corpus.cleaning.decoding import ARABIC, unescape
from corpus.cleaning.markup import has_markup, to_text
from corpus.cleaning.rules import fold_line
from corpus.documents import ParsedDocument, Removal
from corpus.importers.base import HEAD_BYTES, Importer, Leaf, ReadOptions, Record
from corpus.importers.records import bounded, bounded_id, date_of, host, line
from corpus.importers.sections import place_of

# Header keys, folded as cleaning folds lines.
HEADER_KEYS: dict[str, str] = {
    fold_line(key): field
    for field, keys in {
        "id": ("id", "docno", "المعرف", "رقم الخبر"),
        "title": ("title", "headline", "subject", "العنوان", "عنوان"),
        "published_at": ("date", "published", "published at", "published_at", "time",
                         "التاريخ", "تاريخ", "تاريخ النشر", "نشر في", "نشر بتاريخ"),
        "source": ("source", "publisher", "المصدر", "مصدر", "الجريدة", "الصحيفة"),
        "url": ("url", "link", "الرابط", "رابط"),
        "author": ("author", "byline", "by", "الكاتب", "المؤلف", "بقلم"),
        "section": ("section", "category", "القسم", "التصنيف", "الباب"),
        "abstract": ("abstract", "summary", "الملخص", "الخلاصة"),
    }.items()
    for key in keys
}  # fmt: skip


LETTER = re.compile(r"[^\W\d_]")


def detect(head: bytes, name: str) -> bool:
    """Whether it decodes to text with at least a tenth of its letters Arabic."""
    try:
        text = decode(_whole_characters(head)).text
    except UndecodableError:
        return False
    letters = len(LETTER.findall(text))
    return letters > 0 and len(ARABIC.findall(text)) > letters / 10


def _whole_characters(head: bytes) -> bytes:
    """A head cut inside a UTF-8 character, without its broken end."""
    return head[: head.rfind(b" ")] if len(head) >= HEAD_BYTES and b" " in head else head


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The one article of a text file."""
    data = leaf.read_whole(options.limits)
    try:
        raw = decode(data).text
    except UndecodableError as error:
        yield leaf.error("unknown-charset", str(error))
        return
    raw = unescape(to_text(raw) if has_markup(raw[:5000]) else raw)
    fields, start = header(raw)
    cleaned = clean(raw[start:], title=line(fields.get("title")), find_title=True)
    if not any(map(str.isalpha, cleaned.body)):
        yield leaf.error("no-text", "nothing but a headline or residue")
        return
    removals = [Removal(r.rule, r.start + start, r.end + start) for r in cleaned.removals]
    if start:
        removals.insert(0, Removal("metadata-header", 0, start))
    source_folder, section = place_of(leaf, options)
    url = bounded("url", fields.get("url"))
    source = bounded("source", fields.get("source") or options.source or host(url) or source_folder)
    when = date_of(fields.get("published_at"), leaf, options, source)
    yield ParsedDocument(
        external_id=bounded_id(line(fields.get("id")) or leaf.stem),
        title=cleaned.title,
        body=cleaned.body,
        raw_text=raw if removals else "",
        removals=tuple(removals),
        source=source,
        url=url,
        author=bounded("author", fields.get("author") or cleaned.byline),
        section=bounded("section", fields.get("section") or section),
        abstract=fields.get("abstract", ""),
        published=when.published,
        precision=when.precision,
        published_raw=when.raw,
        date_problem=when.reason,
        file=leaf.file,
    )


def header(raw: str) -> tuple[dict[str, str], int]:
    """The fields of a metadata header, and the offset where the article begins.

    Lines «key: value» with known keys from the first line on; the first other line ends
    it. No header: no fields, and 0.
    """
    fields: dict[str, str] = {}
    at = 0
    for text in raw.splitlines(keepends=True):
        key, colon, value = text.partition(":")
        field = HEADER_KEYS.get(fold_line(key)) if colon and len(key) <= 20 else None
        if field is None and not (text.strip() == "" and not fields):
            break
        if field is not None:
            if field in fields:
                break
            fields[field] = value.strip()
        at += len(text)
    # A single line like «المصدر: رويترز» may be the article's own first line; a lone
    # title or date is surely a header.
    if not fields or (len(fields) == 1 and not fields.keys() & {"title", "published_at", "id"}):
        return {}, 0
    return fields, at


IMPORTER = Importer("text", "plain text, one article a file, headline first (.txt)", detect, read)
