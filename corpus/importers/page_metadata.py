"""What an HTML page says of itself: JSON-LD, OpenGraph, <meta>, <time>, canonical link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

# Schema.org types that are an article or what holds one.
ARTICLE_TYPES = (
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "blogposting",
    "liveblogposting",
    "report",
)

# <meta name or property> → our field, the most trusted first.
METAS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "url": ("og:url",),
    "source": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "author": ("author", "article:author", "dc.creator", "parsely-author"),
    "section": ("article:section", "section", "category"),
    "abstract": ("og:description", "description", "dc.description"),
    "published_at": (
        "article:published_time", "og:article:published_time", "datepublished", "pubdate",
        "publishdate", "publish-date", "publish_date", "dc.date", "dc.date.issued",
        "dcterms.created", "sailthru.date", "parsely-pub-date", "date",
    ),
}  # fmt: skip


def metadata(tree: etree._Element) -> dict[str, list[object]]:
    """Our fields → all values found, the most trusted first."""
    found: dict[str, list[object]] = {}

    def add(field: str, value: object) -> None:
        if value not in (None, "", [], {}):
            found.setdefault(field, []).append(value)

    for item in linked_data(tree):
        for field, key in (
            ("title", "headline"),
            ("url", "url"),
            ("source", "publisher"),
            ("author", "author"),
            ("section", "articleSection"),
            ("abstract", "description"),
            ("published_at", "datePublished"),
            ("text", "articleBody"),
        ):
            add(field, item.get(key))
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), (meta.get("content") or "").strip())
    for field, names in METAS.items():
        for name in names:
            add(field, metas.get(name))
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            found.setdefault("url", []).insert(0, link.get("href") or "")
    for time in tree.iter("time"):
        add("published_at", time.get("datetime") or _text(time))
    for tag in ("h1", "title"):
        for node in tree.iter(tag):
            add("title", _text(node))
            break
    return found


def _text(node: etree._Element) -> str:
    return " ".join("".join(node.itertext()).split())


def linked_data(tree: etree._Element) -> Iterator[Mapping[str, object]]:
    """The articles among the page's JSON-LD; broken blocks are passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            types = item.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(str(name).lower() in ARTICLE_TYPES for name in names):
                yield item


def _objects(data: object) -> Iterable[Mapping[str, object]]:
    """The objects of a block: itself, a list's, or those under @graph."""
    if isinstance(data, list):
        return [item for item in data if isinstance(item, dict)]
    if isinstance(data, dict):
        graph = data.get("@graph")
        return [data, *_objects(graph)] if isinstance(graph, list) else [data]
    return []
