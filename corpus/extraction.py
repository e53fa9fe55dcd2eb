"""From what extraction found to statement rows, keeping what curators decided.

    found, version = find(title, body)
    plan = reconcile(article, texts, stored, old_texts, found)
    write(plans)

How curation survives (docs: "Re-runs"):

- A statement that a curator touched is never removed or rewritten. If its words still
  stand in the text, it moves with them; if not, it stays with the words it has, marked
  `stands=False`, and comes back when the words do.
- It takes the place of what the extractor now finds there: the same span, or one that
  overlaps at least half (`SAME_PLACE`) and is of the same kind. A rejected one only
  takes nearly the same span (`SAME_SPAN`), so that a better reading can still come up.
- Everything else follows the extractor. A statement whose words are found again keeps
  its row and its permalink, even when kind, cue or speaker changed.
"""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import connection
from psqlextra.query import ConflictAction

from corpus.copying import copy_rows
from corpus.models import Curation, Statement
from corpus.quotes.extract import EXTRACTOR_VERSION, extract_statements
from corpus.quotes.types import Field, FoundStatement
from corpus.resolution.evidence import EvidenceOf
from corpus.resolution.resolver import mark_due, resolve_statements

logger = logging.getLogger(__name__)

SAME_PLACE = 0.5  # intersection over union of two spans that are one statement
SAME_SPAN = 0.8  # … so nearly the same that the kind does not matter

# What a re-run takes over from the extractor. Speaker and resolution follow from these.
FOUND_FIELDS = (
    *("kind", "field", "start", "end", "text", "inside", "cue", "cue_start", "cue_end"),
    *("mention", "mention_start", "mention_end", "mention_name", "mention_role"),
    *("mention_type", "rule", "confidence"),
)
MAX_LENGTHS = {"cue": 200, "mention": 500, "mention_name": 500, "mention_role": 500, "rule": 60}

_LETTERS = str.maketrans("أإآٱىیېۍکڪگةۀہھؤئ", "اااايييي" + "ككك" + "هههه" + "وي")
_MARK = "[\u00ad\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\ufeff]"
_MARKS = re.compile(_MARK)
_WORD = re.compile(r"[^\W_]+")
_WORD_AS_WRITTEN = re.compile(rf"(?:[^\W_]|{_MARK})+")


def find(title: str, body: str) -> tuple[list[FoundStatement], int]:
    """The statements of a text and the extractor's version; 0 where it failed.

    A text the extractor cannot read is stored without statements, to be tried again by
    the next `extract_statements`, rather than lost.
    """
    try:
        return extract_statements(title, body), EXTRACTOR_VERSION
    except Exception as error:
        logger.error("statement extraction failed on %r: %r", title[:60], error)
        return [], 0


def said(text: str) -> str:
    """The words of a statement without their spelling: what its permalink is made of.

    Kept apart from the search's analysis, which may improve: links must not change then.
    """
    return " ".join(_WORD.findall(_plain(text))) or text.strip()


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", plain).translate(_LETTERS)


def _words(text: str) -> list[tuple[str, int, int]]:
    """(word as `said` has it, start, end) of each word."""
    found = []
    for match in _WORD_AS_WRITTEN.finditer(text):
        word = " ".join(_WORD.findall(_plain(match.group())))
        if word:
            found.append((word, match.start(), match.end()))
    return found


def permalink(source: str, external_id: str, in_field: str, words: str, number: int) -> str:
    """16 characters of base32: 80 bits over the article, the words and which time it is."""
    parts = "\0".join((source, external_id, in_field, words, str(number)))
    return b32encode(hashlib.sha256(parts.encode()).digest()[:10]).decode().lower()


@dataclass(frozen=True, slots=True)
class Texts:
    """An article's two texts, which offsets point into."""

    title: str
    body: str

    def of(self, in_field: str) -> str:
        return self.title if in_field == Field.TITLE.value else self.body


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """What statements need to know of their article."""

    pk: int
    source: str
    external_id: str


@dataclass(slots=True)
class Plan:
    """What becomes of one article's statements; `removed` are primary keys."""

    article: ArticleKey
    kept: list[Statement] = field(default_factory=list)  # a curator's, as they were
    moved: list[Statement] = field(default_factory=list)  # a curator's, at new offsets
    same: list[Statement] = field(default_factory=list)  # found again, nothing new
    changed: list[Statement] = field(default_factory=list)  # found again, differently
    added: list[Statement] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)

    @property
    def statements(self) -> list[Statement]:
        """All that the article has when the plan is carried out."""
        return [*self.kept, *self.moved, *self.same, *self.changed, *self.added]


def reconcile(
    article: ArticleKey,
    texts: Texts,
    found: Sequence[FoundStatement],
    stored: Sequence[Statement] = (),
    old_texts: Texts | None = None,
) -> Plan:
    """The plan for one article. Writes nothing; changes `stored` objects in place.

    `old_texts` are the texts the stored offsets point into, where they differ from
    `texts`; they are needed only where a curator moved a found span.
    """
    plan = Plan(article)
    open_found = list(found)
    automatic: dict[tuple[str, str, int], Statement] = {}
    counter: Counter[tuple[str, str]] = Counter()
    keys: set[str] = set()
    for statement in sorted(stored, key=lambda s: (s.field, s.start, s.end, s.pk)):
        keys.add(statement.key)
        if statement.curation == Curation.AUTO:
            place = statement.field, said(statement.text)
            automatic[(*place, counter[place])] = statement
            counter[place] += 1
        else:
            moved = follow(statement, texts, old_texts or texts)
            (plan.moved if moved else plan.kept).append(statement)
            if statement.stands:
                _claim(statement, open_found)
    numbers: Counter[tuple[str, str]] = Counter()
    for one in open_found:
        place = one.field.value, said(one.text)
        number = numbers[place]
        numbers[place] += 1
        old = automatic.pop((*place, number), None)
        if old is not None:
            (plan.changed if _take_over(old, one) else plan.same).append(old)
            continue
        key = permalink(article.source, article.external_id, *place, number)
        while key in keys:
            number += 1
            key = permalink(article.source, article.external_id, *place, number)
        keys.add(key)
        statement = Statement(article_id=article.pk, key=key)
        _take_over(statement, one)
        plan.added.append(statement)
    plan.removed = [statement.pk for statement in automatic.values()]
    return plan


def _take_over(statement: Statement, found: FoundStatement) -> bool:
    """Set what was found on a row; whether anything is different now."""
    values: dict[str, Any] = {
        "kind": found.kind.value,
        "field": found.field.value,
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "inside": found.inside,
        "cue": found.cue,
        "cue_start": found.cue_start,
        "cue_end": found.cue_end,
        "mention": found.speaker,
        "mention_start": found.speaker_start,
        "mention_end": found.speaker_end,
        "mention_name": found.speaker_name,
        "mention_role": found.speaker_role,
        "mention_type": found.speaker_type.value,
        "rule": found.rule,
        "confidence": found.confidence,
    }
    different = False
    for name, value in values.items():
        if name in MAX_LENGTHS:
            value = value[: MAX_LENGTHS[name]]
        if getattr(statement, name) != value:
            setattr(statement, name, value)
            different = True
    return different


def _claim(statement: Statement, found: list[FoundStatement]) -> None:
    """Take out of `found` what this curated statement stands for."""
    places = [(statement.start, statement.end, statement.kind)]
    if statement.found_start is not None and statement.found_end is not None:
        kind = statement.found_kind or statement.kind
        places.append((statement.found_start, statement.found_end, kind))
    rejected = statement.curation == Curation.REJECTED
    for start, end, kind in places:
        best, claimed = (False, 0.0), None
        for one in found:
            if one.field.value != statement.field:
                continue
            share = overlap((start, end), (one.start, one.end))
            same_kind = one.kind.value == kind
            if share < (SAME_PLACE if same_kind and not rejected else SAME_SPAN):
                continue
            if (same_kind, share) > best:
                best, claimed = (same_kind, share), one
        if claimed is not None:
            found.remove(claimed)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two spans, 0 to 1."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def follow(statement: Statement, texts: Texts, old: Texts) -> bool:
    """Move a curated statement to where its words stand now; whether it changed."""
    text = texts.of(statement.field)
    if statement.stands and text[statement.start : statement.end] == statement.text:
        return False
    span = _locate(statement.text, text, statement.start)
    if span is None:
        changed = statement.stands
        statement.stands = False
        return changed
    if statement.found_start is not None and statement.found_end is not None:
        before = old.of(statement.field)[statement.found_start : statement.found_end]
        shift = span[0] - statement.start
        again = _locate(before, text, statement.found_start + shift) if before else None
        statement.found_start, statement.found_end = again or (None, None)
    for part in ("cue", "mention"):
        _follow_part(statement, part, text, span[0] - statement.start)
    statement.start, statement.end = span
    statement.text = text[span[0] : span[1]]
    statement.stands = True
    return True


def _follow_part(statement: Statement, part: str, text: str, shift: int) -> None:
    """Move the cue's or the mention's offsets along; -1 where they no longer hold."""
    start: int = getattr(statement, f"{part}_start")
    end: int = getattr(statement, f"{part}_end")
    if start < 0:
        return
    start, end = start + shift, end + shift
    holds = start >= 0 and text[start:end] == getattr(statement, part)
    setattr(statement, f"{part}_start", start if holds else -1)
    setattr(statement, f"{part}_end", end if holds else -1)


def _locate(words: str, text: str, near: int) -> tuple[int, int] | None:
    """Where words stand in a text, as given or in another spelling; nearest to `near`."""
    spans = [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)]
    if not spans:
        wanted = [word for word, _, _ in _words(words)]
        there = _words(text)
        n = len(wanted)
        spans = [
            (there[i][1], there[i + n - 1][2])
            for i in range(len(there) - n + 1)
            if n and there[i][0] == wanted[0] and [w for w, _, _ in there[i : i + n]] == wanted
        ]
    return min(spans, key=lambda span: (abs(span[0] - near), span), default=None)


def resolve(plans: Iterable[Plan], evidence_of: EvidenceOf | None = None) -> None:
    """Say which speaker each mention means; a curator's statements are left alone."""
    resolve_statements([s for plan in plans for s in plan.statements], evidence_of)


def introduce(plans: Sequence[Plan], evidence_of: EvidenceOf) -> None:
    """`resolve`, in a transaction that ends before `write`'s begins.

    Should `write` never come to it, the end of the next import removes the new speakers.
    """
    resolve(plans, evidence_of)
    mark_due(s.speaker_id for plan in plans for s in plan.statements)


def write(plans: Iterable[Plan]) -> None:
    """Carry plans out in the caller's transaction, in sorted order so that none deadlock.

    New statements go in by COPY with ids taken beforehand: there are some ten to an
    article, and search rows need the ids. Search rows of removed ones are left for
    `index_articles(replacing=True)`, which has to count them back first; until then
    only the foreign key, checked at commit, misses them.
    """
    plans = list(plans)
    _mark_due(plans)
    added, changed, removed = [], [], []
    for plan in plans:
        added += plan.added
        changed += [*plan.moved, *plan.same, *plan.changed]
        removed += plan.removed
    if removed:
        Statement.objects.filter(pk__in=sorted(removed))._raw_delete(connection.alias)
    if changed:
        _update(changed)
    if added:
        copy_rows(sorted(added, key=attrgetter("key")))


def _mark_due(plans: Sequence[Plan]) -> None:
    """Note whose statements come, go or change, before they do."""
    due = {s.speaker_id for plan in plans for s in (*plan.added, *plan.changed)}
    gone = {pk for plan in plans for pk in plan.removed} | {
        s.pk for plan in plans for s in plan.changed
    }
    same = {s.pk: s.speaker_id for plan in plans for s in plan.same}
    if gone or same:
        stored = Statement.objects.filter(pk__in=gone | same.keys())
        for pk, speaker in stored.values_list("pk", "speaker"):
            if pk in gone:
                due.add(speaker)
            elif same[pk] != speaker:
                due |= {speaker, same[pk]}
    mark_due(due)


def _columns() -> list[tuple[str, str]]:
    """(attribute, column) of every stored field but the primary key."""
    fields = Statement._meta.concrete_fields
    return [(f.attname, str(f.column)) for f in fields if not f.primary_key]


def _update(statements: list[Statement]) -> None:
    rows = [
        {name: getattr(statement, name) for name, _ in _columns()}
        for statement in sorted(statements, key=lambda s: s.key)
    ]
    Statement.objects.on_conflict(["key"], ConflictAction.UPDATE).bulk_insert(rows)
