"""WordPress exports (WXR): published posts, streamed one <item> at a time.

Entities are not resolved and no DTD is loaded. Pages, attachments, menus, revisions and
drafts are no articles and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.importers.base import Importer, Leaf, ReadOptions, Record
from corpus.importers.records import document, line

POST_TYPES = frozenset({"post", "article", "news", "articles"})

# Captions and galleries in WordPress's own notation, and the tags of page builders.
SHORTCODES = re.compile(
    r"\[caption\b.*?\[/caption\]|\[/?(?:gallery|embed|audio|video|playlist|vc_\w+|et_pb_\w+)"
    r"\b[^\]\[]*\]",
    re.DOTALL,
)


def detect(head: bytes, name: str) -> bool:
    """Whether the root declares WordPress's export namespace."""
    return b"<rss" in head and b"wordpress.org/export/" in head


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each published post."""
    events = etree.iterparse(
        leaf.stream,
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
    )
    site, number = "", 0
    try:
        for _, node in events:
            tag = local(node)
            if tag == "title" and local(node.getparent()) == "channel":
                site = line(node.text)
            if tag != "item":
                continue
            number += 1
            fields = values(node)
            # The tree behind is let go, or a large export would all stay in memory.
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
            if (
                fields.get("post_type", "post") not in POST_TYPES
                or fields.get("status", "publish") != "publish"
            ):
                continue
            yield article(fields, site, leaf, options, number)
    except etree.XMLSyntaxError as error:
        yield leaf.error("malformed-xml", str(error)[:200], f"item {number + 1}")


def local(node: etree._Element | None) -> str:
    """An element's name without its namespace, whose address varies by version."""
    tag = node.tag if node is not None and isinstance(node.tag, str) else ""
    return tag.rpartition("}")[2]


def values(item: etree._Element) -> dict[str, str]:
    """The item's fields by local name; content and excerpt, both "encoded", apart."""
    fields: dict[str, str] = {}
    for child in item:
        name = local(child)
        if name == "encoded":
            name = "excerpt" if "excerpt" in child.tag else "content"
        if name == "category" and child.get("domain", "category") != "category":
            continue
        fields.setdefault(name, (child.text or "").strip())
    return fields


def article(
    fields: dict[str, str], site: str, leaf: Leaf, options: ReadOptions, number: int
) -> Record:
    """The document of one post; WordPress writes 0000-00-00 for no date."""
    gmt = fields.get("post_date_gmt", "")
    local_time = fields.get("post_date", "")
    return document(
        {
            "id": fields.get("guid") or fields.get("link"),
            "title": fields.get("title"),
            "text": SHORTCODES.sub("", fields.get("content", "")),
            "source": site or options.source,
            "url": fields.get("link"),
            "author": fields.get("creator"),
            "section": fields.get("category"),
            "abstract": fields.get("excerpt"),
            "published_at": next(
                (d for d in (gmt, local_time) if d and not d.startswith("0000")),
                fields.get("pubDate"),
            ),
        },
        leaf,
        options,
        position=f"item {number}",
        fallback_id=f"{leaf.stem}-{fields.get('post_id') or number - 1}",
        clean_already=False,
    )


IMPORTER = Importer("wxr", "WordPress export, published posts (.xml)", detect, read)
