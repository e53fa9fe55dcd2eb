"""HTML inside a field to plain paragraphs.

For fields of exports and feeds, where the text is the article already; whole pages go
through the html importer, which looks for the article first.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

# A "<" alone proves nothing: «إذا كان س < ص». A known element does.
MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|img|ul|ol|li|h[1-6]|blockquote|table|figure|"
    r"section|article|font|center|script|style|iframe|html|body)\b[^<>]*>",
    re.IGNORECASE,
)
_BLOCKS = """
p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote table tr section article header footer
figure aside main pre dd dt dl hr
"""
PARAGRAPHS = re.compile(r"<(?:p|div|br)\b", re.IGNORECASE)
BLOCKS = frozenset(_BLOCKS.split())
_DROPPED = "script style iframe noscript form button svg object template"
DROPPED = frozenset(_DROPPED.split())
CAPTIONS = frozenset({"figcaption"})
SPACES = re.compile(r"[ \t\r\n\xa0]+")


def has_markup(text: str) -> bool:
    """Whether the text holds an HTML element by name."""
    return MARKUP.search(text) is not None


def to_text(markup: str) -> str:
    """The visible text, a paragraph a line with a blank line between.

    Scripts, forms and picture captions are left out; entities are resolved.
    """
    if not PARAGRAPHS.search(markup):
        # Inline tags only, as WordPress stores posts: its newlines are the paragraphs.
        markup = markup.replace("\n", "<br>")
    parser = lxml.html.HTMLParser(huge_tree=False, recover=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(f"<div>{markup}</div>", parser=parser)
    except (etree.ParserError, ValueError):
        return MARKUP.sub("\n", markup)
    paragraphs: list[str] = []
    current: list[str] = []

    def end() -> None:
        if text := SPACES.sub(" ", "".join(current)).strip():
            paragraphs.append(text)
        current.clear()

    # Walked by events, not by recursion: twenty thousand nested divs are legal.
    skipping: etree._Element | None = None
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and skipping is None:
            if tag in DROPPED or tag in CAPTIONS:
                skipping = node
                continue
            if tag in BLOCKS:
                end()
            current.append(node.text or "")
        elif event == "end":
            if skipping is node:
                skipping = None
            elif skipping is None and tag in BLOCKS:
                end()
            if skipping is None:
                current.append(node.tail or "")
        elif event in ("comment", "pi") and skipping is None:
            current.append(node.tail or "")
    end()
    # libxml2 gives up on a tree some hundred levels deep and leaves nothing.
    return "\n\n".join(paragraphs) or MARKUP.sub("\n", markup).strip()
