"""An article or a statement as a citation: a footnote, BibTeX, RIS. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNDATED = "د.ت"  # دون تاريخ, as Arabic bibliographies have it


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a reader cites. `words` and `speaker` are empty for a whole article."""

    key: str
    headline: str
    source: str
    date: str = ""  # YYYY, YYYY-MM or YYYY-MM-DD: as far as it is known
    author: str = ""
    url: str = ""  # the original, where known
    permalink: str = ""  # here
    words: str = ""
    speaker: str = ""
    kind: str = ""  # direct, colon, indirect


def address(cited: Citation) -> str:
    """Where the reader finds it: the original, or our page of a statement."""
    return cited.permalink if cited.words else cited.url or cited.permalink


def in_parts(cited: Citation) -> list[str]:
    """The parts of a footnote in the Arabic manner; commas stand between them.

    Apart, so that a page can keep each in its own direction: a Latin source name and the
    date after it would otherwise change places.
    """
    parts = []
    if cited.words:
        words = f"«{cited.words}»" if cited.kind != "indirect" else cited.words
        parts.append(f"{cited.speaker}: {words}" if cited.speaker else words)
    if cited.author:
        parts.append(cited.author)
    parts.append(f"«{cited.headline}»")
    parts += [p for p in (cited.source, cited.date or UNDATED) if p]
    return parts


def as_bibtex(cited: Citation) -> str:
    """A BibTeX entry."""
    fields = [
        ("title", f"{{{_tex(cited.headline)}}}"),
        ("author", _tex(cited.author)),
        ("organization", _tex(cited.source)),
        ("year", cited.date[:4]),
        ("date", cited.date),
        ("url", _address(cited.url or cited.permalink)),
        ("note", _tex(_note(cited))),
        ("langid", "arabic"),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value.strip("{}")]
    return "\n".join([f"@misc{{aqwal-{cited.key},", *lines, "}", ""])


def as_ris(cited: Citation) -> str:
    """A RIS record, for reference managers."""
    fields = [
        ("TY", "NEWS"),
        ("ID", f"aqwal-{cited.key}"),
        ("TI", cited.headline),
        ("AU", cited.author),
        ("T2", cited.source),
        ("PY", cited.date[:4]),
        ("DA", _ris_date(cited.date)),
        ("UR", cited.url),
        ("L2", cited.permalink),
        ("N1", _note(cited)),
        ("LA", "ar"),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _note(cited: Citation) -> str:
    if not cited.words:
        return ""
    return f"{cited.speaker}: {cited.words}" if cited.speaker else cited.words


def _ris_date(day: str) -> str:
    year, month, of_month = (*day.split("-"), "", "")[:3]
    return f"{year}/{month}/{of_month}/" if year else ""


def _line(text: str) -> str:
    # A line break would let imported text begin a tag of its own.
    return " ".join(text.split())


def _tex(text: str) -> str:
    safe = _line(text).replace("\\", " ").replace("{", "(").replace("}", ")")
    return re.sub(r"([&%$#_])", r"\\\1", safe)


def _address(url: str) -> str:
    return re.sub(r"[{}\\\s]", "", url)
