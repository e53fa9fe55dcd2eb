"""Where quotation marks open and close, for every style Arabic newspapers type.

Handled: "…" «…» “…” ”…“ ''…'' ‹…›, mixed pairs, marks within marks, quotations of several
paragraphs, and quotations that are never closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Marks of one family close one another: typists mix straight and curly ones freely.
_STRAIGHT: Final = '"“”„‟＂'
_ANGLE: Final = "«»"
_SINGLE_ANGLE: Final = "‹›"
_ANY_SIGN: Final = re.compile(f"[{_STRAIGHT}{_ANGLE}{_SINGLE_ANGLE}]|''")
# A quotation longer than this many characters is a lost closing mark, not a speech.
_LONGEST: Final = 3000
_MOST_PARAGRAPHS: Final = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation: `start`/`end` without the marks and without outer blanks,
    `outer_start`/`outer_end` with the marks. `closed` is False when the closing mark is
    missing and the end of the paragraph stands in for it."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    nested: bool = False
    closed: bool = True


@dataclass(slots=True)
class _Sign:
    at: int
    length: int
    family: int
    faces: int  # +1 can only open, -1 can only close, 0 either


def find_marks(text: str) -> list[Mark]:
    """All quotations of `text` in order of their opening mark; never raises."""
    found: list[tuple[int, int, int, int, bool]] = []
    signs = _signs(text)
    for family in (0, 1, 2):
        found += _pair(text, [sign for sign in signs if sign.family == family])
    found.sort(key=lambda item: (item[0], -item[3]))
    marks: list[Mark] = []
    reach = -1
    for outer_start, start, end, outer_end, closed in found:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            continue
        crosses = outer_start < reach < outer_end
        if crosses:
            continue
        marks.append(Mark(start, end, outer_start, outer_end, outer_start < reach, closed))
        reach = max(reach, outer_end)
    return marks


def _signs(text: str) -> list[_Sign]:
    signs: list[_Sign] = []
    for match in _ANY_SIGN.finditer(text):
        at, char = match.start(), match.group()
        if char in _ANGLE:
            signs.append(_Sign(at, 1, 1, 1 if char == "«" else -1))
        elif char in _SINGLE_ANGLE:
            signs.append(_Sign(at, 1, 2, 1 if char == "‹" else -1))
        else:
            signs.append(_Sign(at, len(char), 0, _facing(text, at, len(char))))
    return signs


def _facing(text: str, at: int, length: int) -> int:
    """+1 when blanks stand only before the mark, -1 when only after it, 0 when unclear.

    The character's own shape (“ or ”) is not used: right-to-left typists use both ways.
    """
    before = text[at - 1] if at else " "
    after = text[at + length] if at + length < len(text) else " "
    opens = before.isspace() or before in "([:ـ-،"
    closes = after.isspace() or after in ").,،؛:؟!؛]-."
    if opens and not closes:
        return 1
    if closes and not opens:
        return -1
    return 0


def _pair(text: str, signs: list[_Sign]) -> list[tuple[int, int, int, int, bool]]:
    pairs: list[tuple[int, int, int, int, bool]] = []
    stack: list[_Sign] = []
    for position, sign in enumerate(signs):
        if stack and _too_far(text, stack[0], sign):
            pairs += [_unclosed(text, lost) for lost in stack]
            stack.clear()
        if sign.family == 0:
            _toggle(text, sign, stack, pairs, signs[position + 1 : position + 12])
        elif sign.faces > 0:
            stack.append(sign)
        elif stack:
            opening = stack.pop()
            pairs.append(_closed(opening, sign))
    pairs += [_unclosed(text, lost) for lost in stack]
    return pairs


def _toggle(
    text: str,
    sign: _Sign,
    stack: list[_Sign],
    pairs: list[tuple[int, int, int, int, bool]],
    following: list[_Sign],
) -> None:
    """Straight marks look alike: the open one closes, unless this one clearly opens anew."""
    if not stack:
        stack.append(sign)
        return
    opening = stack[-1]
    between = text[opening.at + opening.length : sign.at]
    if sign.faces > 0 and "\n" in between:
        line_start = not text[text.rfind("\n", 0, sign.at) + 1 : sign.at].strip()
        if line_start and following and following[0].faces <= 0:
            # A speech of several paragraphs repeats its opening mark at each of them.
            return
        pairs.append(_unclosed(text, stack.pop()))
        stack.append(sign)
        return
    if sign.faces > 0 and opening.faces >= 0:
        # A mark that opens while another is open: nested when enough marks follow to close
        # both in this paragraph, else a stray one inside the quotation.
        line_end = text.find("\n", sign.at)
        rest = [s for s in following if line_end < 0 or s.at < line_end]
        closing = sum(1 for s in rest if s.faces <= 0)
        opening_later = sum(1 for s in rest if s.faces > 0)
        if closing >= opening_later + 2:
            stack.append(sign)
            return
        if closing == opening_later + 1:
            return
    pairs.append(_closed(stack.pop(), sign))


def _closed(opening: _Sign, closing: _Sign) -> tuple[int, int, int, int, bool]:
    return (
        opening.at,
        opening.at + opening.length,
        closing.at,
        closing.at + closing.length,
        True,
    )


def _unclosed(text: str, opening: _Sign) -> tuple[int, int, int, int, bool]:
    start = opening.at + opening.length
    end = text.find("\n", start)
    if end < 0:
        end = len(text)
    stripped = end
    while stripped > start and (text[stripped - 1].isspace() or text[stripped - 1] == "."):
        stripped -= 1
    return (opening.at, start, stripped, max(stripped, start), False)


def _too_far(text: str, opening: _Sign, sign: _Sign) -> bool:
    if sign.at - opening.at > _LONGEST:
        return True
    return text.count("\n", opening.at, sign.at) > 2 * _MOST_PARAGRAPHS
