"""The one frozen type that every importer yields, and the error it yields instead.

Pure: no Django import, so that parsing can be tested without a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How much of a publication time is known."""

    UNKNOWN = ""
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of the raw text that cleaning took out of the body.

    `start` and `end` are character offsets into `ParsedDocument.raw_text`;
    `rule` names the cleaning rule, so that a curator can see why and undo it.
    """

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """One article as an importer read it.

    `body` is the article's own text in its own spelling, with only the residue of
    its page (captions, comment forms) taken out; statement offsets point into it.
    `raw_text` is the text as it was found, and is empty where it equals `body`.
    `published` is timezone-aware or None: an uncertain date is left empty, with the
    string as found kept in `published_raw` and a slug in `date_problem` that says why.
    `file` and `position` say where the record stood, for error messages.
    """

    external_id: str
    title: str
    body: str
    source: str = ""
    raw_text: str = ""
    removals: tuple[Removal, ...] = ()
    url: str = ""
    author: str = ""
    section: str = ""
    abstract: str = ""
    language: str = "ar"
    published: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    published_raw: str = ""
    date_problem: str = ""
    file: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordError:
    """A record that could not be read: where it stood and why.

    `reason` is one of a small set of stable slugs (counted in reports);
    `detail` is for people. `count` is how many records the error stands for: more than
    one only where naming each would flood a report (a million empty members).
    """

    file: str
    position: str
    reason: str
    detail: str = field(default="")
    count: int = 1
