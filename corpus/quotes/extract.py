"""Who said what in one article: the entry point of the extractor.

>>> [s.speaker for s in extract_statements("", 'وقال أحمد سالم: "سنبدأ العمل غدا".')]
['أحمد سالم']
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from corpus.quotes.acceptance import accepted
from corpus.quotes.confidence import confidence
from corpus.quotes.drafts import Draft
from corpus.quotes.headline import headline_draft
from corpus.quotes.lexicon import PLACES
from corpus.quotes.mentions import Mention, speaker_type
from corpus.quotes.names import Known, fullest_name, known_names
from corpus.quotes.rules import passage_drafts
from corpus.quotes.types import Field, FoundStatement, SpeakerType
from corpus.quotes.words import Passage, fold, read_passage

# Raised whenever output can change, so that stored statements are known to be out of date.
EXTRACTOR_VERSION: Final = 7


@dataclass(frozen=True, slots=True)
class Analysed:
    """One statement with the draft it came from, for training and inspection."""

    draft: Draft
    statement: FoundStatement


def extract_statements(title: str, body: str) -> list[FoundStatement]:
    """All statements of title and body, the title's first, each text in order.

    Offsets point into the string of the statement's `field`. Never raises; an empty or
    statement-free text gives an empty list.
    """
    return [found.statement for found in analyse(title, body)]


def analyse(title: str, body: str) -> list[Analysed]:
    """What `extract_statements` finds, with the evidence."""
    title_passage, body_passage = read_passage(title), read_passage(body)
    body_drafts, discourse = passage_drafts(body_passage)
    title_drafts, title_discourse = passage_drafts(title_passage)
    body_drafts = accepted(body_passage, body_drafts)
    title_drafts = accepted(title_passage, title_drafts)
    speakers = discourse.speakers + title_discourse.speakers
    names = _speaker_words(body_passage, discourse.speakers)
    head = headline_draft(title_passage, 0, len(title_passage.words), set())
    if head is not None and _only_a_place(head, speakers):
        head = None
    if head is not None:
        title_drafts = [d for d in title_drafts if d.end <= head.start] + [head]
    for first, after in _lines(body_passage):
        line = headline_draft(body_passage, first, after, names) if names else None
        if line is not None:
            body_drafts = [d for d in body_drafts if d.end <= line.start or d.start >= line.end] + [
                line
            ]
    body_drafts.sort(key=lambda draft: (draft.start, -draft.end))
    passages = [body_passage, title_passage]
    known = known_names(passages, speakers)
    return [
        *(
            Analysed(d, _found(d, title_passage, Field.TITLE, passages, known))
            for d in title_drafts
        ),
        *(Analysed(d, _found(d, body_passage, Field.BODY, passages, known)) for d in body_drafts),
    ]


def _only_a_place(head: Draft, speakers: list[Mention]) -> bool:
    """«إيطاليا: مكاتب الاقتراع تفتح أبوابها»: a country before a headline's colon is where the
    news is from, unless the article has it speak."""
    place = head.mention.head if head.mention is not None else ""
    return place in PLACES and not any(mention.head == place for mention in speakers)


def _lines(passage: Passage) -> list[tuple[int, int]]:
    """Paragraphs short enough to be sub-headlines, as word ranges."""
    lines: list[tuple[int, int]] = []
    start = 0
    words = passage.words
    for index in range(1, len(words) + 1):
        if index == len(words) or words[index].paragraph != words[start].paragraph:
            if index - start <= 25:
                lines.append((start, index))
            start = index
    return lines


def _speaker_words(passage: Passage, mentions: list[Mention]) -> set[str]:
    found: set[str] = set()
    for mention in mentions:
        if mention.named:
            found |= {fold(part) for part in passage.text[mention.start : mention.end].split()}
    return found


def _found(
    draft: Draft, passage: Passage, field: Field, passages: list[Passage], known: list[Known]
) -> FoundStatement:
    text = passage.text
    cue_start = cue_end = -1
    if draft.cue is not None:
        cue_start = passage.words[draft.cue.first].start
        cue_end = passage.words[draft.cue.after - 1].end
    mention = draft.mention
    if mention is None:
        return FoundStatement(
            kind=draft.kind,
            field=field,
            start=draft.start,
            end=draft.end,
            text=text[draft.start : draft.end],
            cue=text[cue_start:cue_end] if cue_end > 0 else "",
            cue_start=cue_start,
            cue_end=cue_end,
            inside=draft.inside,
            rule=draft.rule,
            confidence=confidence(draft),
        )
    speaker = text[mention.start : mention.end]
    full = fullest_name(mention.name or speaker, mention.named, mention.head, passages, known)
    kind = speaker_type(mention)
    if kind is SpeakerType.ROLE and full != speaker:
        kind = SpeakerType.PERSON
    return FoundStatement(
        kind=draft.kind,
        field=field,
        start=draft.start,
        end=draft.end,
        text=text[draft.start : draft.end],
        cue=text[cue_start:cue_end] if cue_end > 0 else "",
        cue_start=cue_start,
        cue_end=cue_end,
        speaker=speaker,
        speaker_start=mention.start,
        speaker_end=mention.end,
        speaker_name=full,
        speaker_role=mention.role,
        speaker_type=kind,
        inside=draft.inside,
        rule=draft.rule,
        confidence=confidence(draft),
    )


def to_record(article_id: str, statements: list[FoundStatement]) -> dict[str, Any]:
    """The JSON object of one article's body statements, as the scorer and exports read it."""
    return {
        "id": article_id,
        "statements": [
            {
                "kind": s.kind.value,
                "start": s.start,
                "end": s.end,
                "text": s.text,
                "speaker": s.speaker,
                "speaker_name": s.speaker_name,
                "cue": s.cue,
                "inside": s.inside,
                "rule": s.rule,
                "confidence": round(s.confidence, 3),
            }
            for s in statements
            if s.field is Field.BODY
        ],
    }
