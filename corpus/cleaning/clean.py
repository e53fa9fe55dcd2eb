"""An article's text without its page's residue; every removal is kept and can be undone.

Nothing is rewritten: body = raw text minus removals, to the character. Where a rule is
in doubt the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.cleaning.rules import LineRule, Rules, fold_line, load
from corpus.documents import Removal

# Embeddings, overrides and isolates without letters of their own: unbalanced ones turn a
# page around, and all of them split words. ZWNJ and ZWJ are spelling, and stay.
BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")

# A line from its first visible character to its last.
CONTENT = re.compile(
    "[^\\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
    "(?:.*[^\\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069])?"
)

# Longer lines than this are paragraphs; rules are not even tried on them.
MAX_RESIDUE = 300

# How far from its edge the residue of an edge may begin.
MAX_EDGE = 400

# A heading of so few characters says nothing beside «read also»; so many links may follow.
BARE_HEADING = 20
MOST_LINKS = 6


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What clean() made of a text.

    `body` == apply_removals(raw, removals). `title` is the one given, or the headline that
    was found or that a link to the page names. `byline` is an agency or author found at the
    head of the text, or "".
    """

    title: str
    body: str
    removals: tuple[Removal, ...]
    byline: str = ""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    folded: str
    rule: str = ""


def apply_removals(raw: str, removals: Iterable[Removal]) -> str:
    """The raw text without the stretches of the removals (sorted, not overlapping)."""
    pieces, at = [], 0
    for removal in removals:
        pieces.append(raw[at : removal.start])
        at = removal.end
    pieces.append(raw[at:])
    return "".join(pieces)


def clean(
    raw: str, *, title: str = "", find_title: bool = False, safe_only: bool = False
) -> Cleaned:
    """Take the residue out of one article's storable text.

    `title` is what the record gives as its title; `find_title` takes the first line as
    the headline where no title is given. `safe_only` is for formats whose text is
    already clean: only rules marked safe, those of edges and bylines, bidi controls and
    outer blanks.
    """
    rules = load()
    lines = _lines(raw)
    byline = ""
    if not title and find_title and (title := _headline(lines, rules)):
        lines[0].rule = rules.headline_name
    elif (
        title
        and len(lines) > 1
        and not _may_be_verse(lines[1], rules)
        and fold_line(title) == lines[0].folded
    ):
        lines[0].rule = rules.headline_repeated
    _mark_residue(lines, rules, safe_only)
    extra, named = _edges(lines, rules)
    if not safe_only:
        _mark_captions(lines, rules)
    byline, more = _byline(lines, rules)
    if not any(removal.start < m.end for removal in extra for m in more):
        extra += more
    if lines and all(line.rule and line.rule != rules.headline_name for line in lines):
        # Nothing would be left of it: then it is no residue.
        for line in lines:
            line.rule = ""
        byline, extra, named = "", [], ""
    removals = _merge(raw, _line_removals(raw, lines) + extra)
    return Cleaned(title or named, apply_removals(raw, removals), removals, byline)


def _lines(raw: str) -> list[_Line]:
    """The lines with something in them; offsets without their outer blanks."""
    found, at = [], 0
    for line in raw.split("\n"):
        if match := CONTENT.search(line):
            text, start = match[0], at + match.start()
            folded = fold_line(text) if len(text) <= MAX_RESIDUE else ""
            found.append(_Line(start, start + len(text), text, folded))
        at += len(line) + 1
    return found


def _headline(lines: list[_Line], rules: Rules) -> str:
    """The first line, if it can be a headline: short, with text after it, no sentence."""
    if len(lines) < 2:
        return ""
    text = BIDI.sub("", lines[0].text)
    if len(text) > rules.headline_length or (text.endswith(".") and not text.endswith("..")):
        return ""
    # A first line longer than all that follows is the article, and the rest its residue.
    return text if len(text) < sum(len(line.text) for line in lines[1:]) else ""


def _mark_residue(lines: list[_Line], rules: Rules, safe_only: bool) -> None:
    active = [rule for rule in rules.lines if rule.safe or not safe_only]
    end = _end_of_text(lines, active)
    heading: LineRule | None = None
    links = 0  # how many lines may still be links without bullets
    for n, line in enumerate(lines):
        if line.rule:
            continue
        if heading and line.text.startswith(heading.bullets) and len(line.text) <= MAX_RESIDUE:
            line.rule = heading.name
            continue
        if heading and links and _may_be_link(line, rules) and not _matches(active, line):
            line.rule, links = heading.name, links - 1
            continue
        heading = None
        for rule in active:
            if (not rule.at_end or n >= end) and _is(rule, line):
                line.rule = rule.name
                heading = rule if rule.bullets else None
                links = MOST_LINKS if len(line.folded) <= BARE_HEADING else 0
                break
    for line, after in zip(lines[-2::-1], lines[:0:-1], strict=True):
        # A row of dashes belongs to what it sets apart.
        if after.rule and not line.rule and not any(map(str.isalnum, line.text)):
            line.rule = after.rule


def _may_be_verse(line: _Line, rules: Rules) -> bool:
    text = line.text
    return len(text) < rules.paragraph_length and not text.endswith(tuple(rules.sentence_ends))


def _may_be_link(line: _Line, rules: Rules) -> bool:
    text = line.text
    return len(text) <= rules.caption_length and not text.endswith(tuple(rules.sentence_ends))


def _matches(rules: list[LineRule], line: _Line) -> bool:
    return any(_is(rule, line) for rule in rules)


def _edges(lines: list[_Line], rules: Rules) -> tuple[list[Removal], str]:
    """Residue within the first and the last line that are kept, once for each rule; and the
    headline that it names, as «رابط الخبر بصحيفة الوئام: …» does."""
    removals: list[Removal] = []
    title = ""
    for rule in rules.edges:
        kept = [line for line in lines if not line.rule]
        if not kept:
            break
        line = kept[-1] if rule.at_tail else kept[0]
        if rule.at_tail:
            match = rule.pattern.search(line.text, max(0, len(line.text) - MAX_EDGE))
        else:
            match = rule.pattern.match(line.text)
        if match is None:
            continue
        title = title or BIDI.sub("", match.groupdict().get("title") or "").strip()
        if match.end() - match.start() == len(line.text):
            line.rule = rule.name
        else:
            start = line.start + match.start()
            removals.append(Removal(rule.name, start, line.start + match.end()))
    return removals, title


def _is(rule: LineRule, line: _Line) -> bool:
    return bool(line.folded and rule.pattern.fullmatch(line.folded))


def _end_of_text(lines: list[_Line], rules: list[LineRule]) -> int:
    """Where the closing run of residue begins: every line from there on matches a rule."""
    end = len(lines)
    while end and (
        _matches(rules, lines[end - 1])
        or (end < len(lines) and not any(map(str.isalnum, lines[end - 1].text)))
    ):
        end -= 1
    return end


def _mark_captions(lines: list[_Line], rules: Rules) -> None:
    seen: set[str] = set()
    for n, line in enumerate(lines):
        if line.rule or not line.folded:
            continue
        if rules.caption_pattern.fullmatch(line.folded):
            line.rule = "caption"
        elif (
            len(line.text) <= rules.caption_length
            and not line.text.endswith(tuple(rules.sentence_ends))
            and len(line.folded) > 2
        ):
            if line.text in seen and (
                lines[n - 1].text == line.text or _between_paragraphs(lines, n, rules)
            ):
                line.rule = rules.caption_name
            seen.add(line.text)


def _between_paragraphs(lines: list[_Line], n: int, rules: Rules) -> bool:
    """Whether long lines stand on both sides: among short ones it may be a refrain."""
    around = (*lines[n - 1 : n], *lines[n + 1 : n + 2])
    return all(len(line.text) >= rules.paragraph_length for line in around)


def _byline(lines: list[_Line], rules: Rules) -> tuple[str, list[Removal]]:
    """An agency or author at the head of the text: a line of its own, or before a dash."""
    rest = [line for line in lines if not line.rule]
    if len(rest) > 1 and len(rest[0].text) <= 80 and rules.byline.fullmatch(rest[0].text):
        rest[0].rule = rules.byline_name
        return rest[0].text, []
    match = rules.dateline.match(rest[0].text) if rest else None
    if match is None or match.end() == len(rest[0].text):
        return "", []
    start = rest[0].start
    removal = Removal(rules.dateline_name, start, start + match.end())
    # «القاهرة (رويترز) -» names an agency, «سلمى حداد – النهضة:» an author before it.
    named = match["one"] or match["person"] or match["three"] or match[0].rstrip(" -–—:")
    return named.strip(" -–—:"), [removal]


def _line_removals(raw: str, lines: list[_Line]) -> list[Removal]:
    """Marked lines with the blank lines after them, and the blanks around the text."""
    removals: list[Removal] = []
    kept = [n for n, line in enumerate(lines) if not line.rule]
    if not kept:
        return removals
    first, last = kept[0], kept[-1]
    for n, line in enumerate(lines):
        if not line.rule:
            continue
        # What follows the last kept line goes with the blanks before it, else the body
        # would end in them; every other line goes with those after it.
        start = lines[n - 1].end if n > last else (0 if n == 0 else line.start)
        end = len(raw) if n == len(lines) - 1 else lines[n + 1].start if n < last else line.end
        removals.append(Removal(line.rule, start, end))
    if first == 0 and lines[0].start:
        removals.append(Removal("blank", 0, lines[0].start))
    if last == len(lines) - 1 and lines[last].end < len(raw):
        removals.append(Removal("blank", lines[last].end, len(raw)))
    return removals


def _merge(raw: str, removals: list[Removal]) -> tuple[Removal, ...]:
    """All removals in order, with bidi controls outside the others added."""
    ordered = sorted(removals, key=lambda r: (r.start, r.end))
    result: list[Removal] = []
    at = 0
    for removal in [*ordered, Removal("", len(raw), len(raw))]:
        for match in BIDI.finditer(raw, at, removal.start):
            result.append(Removal("bidi-control", *match.span()))
        if removal.rule and removal.end > removal.start:
            result.append(removal)
        at = max(at, removal.end)
    return tuple(result)
