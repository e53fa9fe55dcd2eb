"""Sentences and paragraphs of a text, as spans of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from corpus.text.characters import (
    ANGLE_QUOTES,
    ARABIC_LETTERS,
    CONTROLS,
    DOUBLE_QUOTES,
    MARKS,
    SENTENCE_ENDS,
    SINGLE_ANGLE_QUOTES,
    SINGLE_QUOTES,
    TATWEEL,
)
from corpus.text.spans import Span
from corpus.text.tokens import RUN, tokens_of_run

_PARAGRAPH: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CLOSING: Final = re.escape(
    DOUBLE_QUOTES + SINGLE_QUOTES + ANGLE_QUOTES + SINGLE_ANGLE_QUOTES + ")]"
)
# Stops, and what closes with the sentence: marks of quotation, brackets, invisible characters.
_STOP: Final = re.compile(f"[{re.escape(SENTENCE_ENDS)}]+[{_CLOSING}{CONTROLS}]*")
_OPENING: Final = re.compile("[«‹《“‘„]")
# A title (د. for doctor), an initial (ج. بوش, J. Smith, أ.ف.ب.) or a list's letter before a
# full stop: one letter, perhaps with و before it.
_INITIAL: Final = re.compile(
    rf"(?:^|[^\w{MARKS}{TATWEEL}])(?:و?[{ARABIC_LETTERS}][{MARKS}{TATWEEL}]*|[A-Z])$"
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[^\w])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Sen|Rep|St|Jr|No|vs|etc|الخ|إلخ)$"
)
_LOOK_BACK: Final = 8  # characters: as long as an abbreviation and what precedes it


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that hold more than blanks, without the blanks around them."""
    return [
        span
        for match in _PARAGRAPH.finditer(text)
        if (span := _trimmed(text, match.start(), match.end()))
    ]


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the blanks around them. Never raises.

    They hold all of the text's words; a lone row of stops is none. A line break ends a
    sentence. A stop ends it unless it stands inside a number (3.5) or address (bbc.co.uk),
    or after a title or initial (د. أحمد). Closing marks of quotation go with the sentence
    they close.

    >>> [text[a:b] for text in ["قال د. علي: نعم. ثم مضى."] for a, b in sentences(text)]
    ['قال د. علي: نعم.', 'ثم مضى.']
    """
    return [
        span
        for start, end in paragraphs(text)
        for first, after in pairwise([start, *_stops(text, start, end), end])
        if (span := _trimmed(text, first, after)) and _has_word(text, span)
    ]


def _has_word(text: str, span: Span) -> bool:
    return any(tokens_of_run(run.group()) for run in RUN.finditer(text, *span))


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences end, between two offsets: after the stop and what closes with it."""
    for match in _STOP.finditer(text, start, end):
        after = match.end()
        # A straight or opening mark after the stop may open the next sentence's quotation.
        opening = _OPENING.search(text, match.start(), after)
        if opening:
            after = opening.start()
        if match.group()[0] != "." or match.group().startswith(".."):
            yield after
            continue
        before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
        if _INITIAL.search(before) or _ABBREVIATION.search(before):
            continue
        if after < end and after == match.start() + 1 and _goes_on(before[-1:], text[after]):
            continue
        yield after


def _goes_on(before: str, after: str) -> bool:
    """Whether a stop between two characters stands inside a number or an address.

    Arabic newspapers often leave the blank out after a stop: between Arabic letters it ends
    the sentence all the same.
    """
    if before.isdigit() or not before:
        return after.isdigit()
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
