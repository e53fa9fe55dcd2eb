"""JSON: an array of articles, an object that holds one, or a single article.

Arrays are streamed. An object is read whole, within the member bound: exports wrap their
list in one ({"articles": […]}, Elasticsearch's {"hits": {"hits": […]}}).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from corpus.cleaning import decode
from corpus.importers.base import Importer, Leaf, LimitExceededError, ReadOptions, Record
from corpus.importers.json_arrays import elements, is_array
from corpus.importers.records import from_mapping, pick

# How deep the list may stand inside the object.
DEPTH = 3


def detect(head: bytes, name: str) -> bool:
    """Whether it is an array of objects, or an object."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return is_array(head) or (text[:1] == b"{" and text[1:].lstrip()[:1] in (b'"', b"}"))


def read(leaf: Leaf, options: ReadOptions) -> Iterator[Record]:
    """The article of each element, or of the one object."""
    if is_array(leaf.head):
        found = elements(leaf, options)
    else:
        data = leaf.read_whole(options.limits)
        try:
            value = json.loads(decode(data).text, strict=False)
        except (json.JSONDecodeError, RecursionError) as error:
            yield leaf.error("malformed-json", str(error)[:200])
            return
        listed = articles_in(value, options)
        found = iter(enumerate([value] if listed is None else listed))
        if listed is None:
            yield from_mapping(value, leaf, options, position="", fallback_id=leaf.stem)
            return
    for index, element in found:
        position = f"element {index}"
        if isinstance(element, LimitExceededError):
            yield leaf.error(element.reason, element.detail, position)
        elif not isinstance(element, dict):
            yield leaf.error("not-an-object", f"a {type(element).__name__}", position)
        else:
            fallback = f"{leaf.stem}-{index}"
            yield from_mapping(element, leaf, options, position=position, fallback_id=fallback)


def articles_in(value: Mapping[str, object], options: ReadOptions) -> list[object] | None:
    """The list of articles an object wraps: the first list of objects; None if it is one itself."""
    if "text" in pick(value, options.field_map):
        return None
    level: list[object] = [value]
    for _ in range(DEPTH):
        below: list[object] = []
        for holder in level:
            for inner in holder.values() if isinstance(holder, dict) else ():
                if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                    return inner
                below.append(inner)
        level = below
    return None


IMPORTER = Importer(
    "json", "JSON, an array of articles or an object holding one (.json)", detect, read
)
