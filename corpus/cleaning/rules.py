"""rules.toml, read once and checked: a misspelt key fails here, not in an import."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\xad]")
LETTERS = tuple(zip("أإآٱىیکة", "ااااييكه", strict=True))
SPACES = re.compile(r"\s+")
OUTER = " \t.:،؛*_-–—|•«»\"'“”()[]"


def fold_line(line: str) -> str:
    """A line as rules.toml compares it; see there.

    >>> fold_line("  اقرأ أيضاً: ")
    'اقرا ايضا'
    """
    return fold_inner(line).strip(OUTER)


def fold_inner(line: str) -> str:
    """The same with its outer punctuation kept."""
    line = MARKS.sub("", unicodedata.normalize("NFKC", line))
    # Ten times as quick as str.translate, and every short line of a corpus comes here.
    for letter, plain in LETTERS:
        line = line.replace(letter, plain)
    return SPACES.sub(" ", line).strip().lower()


@dataclass(frozen=True, slots=True)
class LineRule:
    """Whole lines to be taken out; `bullets` begin the lines that go with a heading."""

    name: str
    pattern: re.Pattern[str]
    at_end: bool
    safe: bool
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """A stretch at the head or the tail of the text; `pattern` reaches to that edge."""

    name: str
    pattern: re.Pattern[str]
    at_tail: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, compiled."""

    lines: tuple[LineRule, ...]
    edges: tuple[EdgeRule, ...]
    caption_name: str
    caption_pattern: re.Pattern[str]
    caption_length: int
    paragraph_length: int
    sentence_ends: str
    dateline_name: str
    dateline: re.Pattern[str]
    byline_name: str
    byline: re.Pattern[str]
    headline_name: str
    headline_repeated: str
    headline_length: int


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


@cache
def load() -> Rules:
    """The rules of this package."""
    data = tomllib.loads(files("corpus.cleaning").joinpath("rules.toml").read_text("utf-8"))
    caption, dateline = data["caption"], data["dateline"]
    agencies = "|".join(sorted((re.escape(a) for a in dateline["agencies"]), key=len, reverse=True))
    quote, unquote = '[«"“(]?', '[»"”)]?'
    place = r"(?:[^\s:()«»\-–—.,،؛]{2,20} ?){1,4}"
    prefixes = "|".join(re.escape(p) for p in data["byline"]["prefixes"])
    person = r"(?:[^\s:()«»\-–—.,،؛\d]{2,20} ?){2,5}"
    return Rules(
        lines=tuple(_line_rule(entry) for entry in data["line"]),
        edges=tuple(_edge_rule(entry) for entry in data["edge"]),
        caption_name=caption["name"],
        caption_pattern=_any(caption["patterns"]),
        caption_length=caption["max_length"],
        paragraph_length=caption["paragraph_length"],
        sentence_ends=caption["sentence_ends"],
        dateline_name=dateline["name"],
        # «القاهرة (رويترز) - », «القاهرة – رويترز: », «(رويترز) - », «سلمى حداد- سبق- جدة: »
        dateline=re.compile(
            rf"(?:{place})?\(\s*(?P<one>{agencies})\s*\) ?[-–—:] ?"
            rf"|(?:(?P<person>{person})[-–—] ?)?(?P<three>{agencies}) ?[-–—] ?{place}: ?"
            rf"|{place} ?[-–—] ?{quote}(?P<two>{agencies}){unquote} ?[-–—:] ?",
            re.IGNORECASE,
        ),
        byline_name=data["byline"]["name"],
        byline=re.compile(
            rf"{place} ?[:\-–—(] ?{quote}(?:{agencies}){unquote}\)?"
            rf"|{quote}(?:{agencies}){unquote}(?: ?[-–—] ?{place})?"
            rf"|(?:{prefixes}) ?[:\-–—/] ?(?P<person>{person})",
            re.IGNORECASE,
        ),
        headline_name=data["headline"]["name"],
        headline_repeated=data["headline"]["repeated"],
        headline_length=data["headline"]["max_length"],
    )


def _edge_rule(entry: dict[str, Any]) -> EdgeRule:
    if set(entry) != {"name", "where", "patterns"} or entry["where"] not in ("head", "tail"):
        raise ValueError(f"rules.toml: a wrong [[edge]] {entry.get('name')!r}")
    at_tail = entry["where"] == "tail"
    inner = _any(entry["patterns"]).pattern
    pattern = rf"\s*(?:{inner})\s*\Z" if at_tail else rf"(?:{inner})\s*"
    return EdgeRule(entry["name"], re.compile(pattern), at_tail)


def _line_rule(entry: dict[str, Any]) -> LineRule:
    if unknown := set(entry) - {"name", "where", "safe", "patterns", "bullets"}:
        raise ValueError(f"rules.toml: unknown keys {sorted(unknown)}")
    if entry["where"] not in ("anywhere", "end"):
        raise ValueError(f"rules.toml: where = {entry['where']!r}")
    return LineRule(
        name=entry["name"],
        pattern=_any(entry["patterns"]),
        at_end=entry["where"] == "end",
        safe=entry.get("safe", False),
        bullets=tuple(entry.get("bullets", ())),
    )
