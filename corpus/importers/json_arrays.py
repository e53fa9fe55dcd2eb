"""The elements of a JSON array, one after the other, without holding the array.

json.loads of a day's dump needs ten times its size; here one element is in memory.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

from corpus.cleaning import decode
from corpus.importers.base import MEBIBYTE, Leaf, LimitExceededError, ReadOptions

SPACE = re.compile(r"[ \t\r\n]*")
# Where reading goes on after a broken element: the next object that follows a comma.
NEXT = re.compile(r"\}\s*,\s*(?=\{)")


def is_array(head: bytes) -> bool:
    """Whether these first bytes begin an array of objects."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return re.match(rb"\[\s*(?:\{|\])", text) is not None


def charset(head: bytes) -> str:
    """The charset to decode a stream by, from its first bytes: UTF-8 where it fits."""
    try:
        # Not final: a letter may be cut at the head's end.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return decode(head).charset
    return "utf-8-sig"


class _Window:
    """The part of the text being looked at: refilled at its end, cut at its start."""

    def __init__(self, leaf: Leaf) -> None:
        self._stream = leaf.stream
        decoder = codecs.getincrementaldecoder(charset(leaf.head))
        self._decoder = decoder("replace")
        self.text = ""
        self.at = 0
        self.ended = False

    def more(self) -> bool:
        """Read on; false at the end of the file."""
        if self.ended:
            return False
        # What is behind is cut off; what is ahead doubles, so that a long element is
        # not decoded again for every mebibyte of it.
        self.text, self.at = self.text[self.at :], 0
        data = self._stream.read(max(MEBIBYTE, len(self.text)))
        self.ended = not data
        self.text += self._decoder.decode(data, final=self.ended)
        return not self.ended

    def skip(self) -> str:
        """Pass over white space; the character after it, "" at the end."""
        while True:
            match = SPACE.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""


def elements(leaf: Leaf, options: ReadOptions) -> Iterator[tuple[int, object | LimitExceededError]]:
    """(index from 0, element); an error object in place of an element that is broken.

    After a broken element reading goes on at the next object that follows a comma, so
    the indexes of later elements are right wherever one object was lost.
    """
    window = _Window(leaf)
    raw_decode = json.JSONDecoder(strict=False).raw_decode
    limit = options.limits.member_bytes
    if window.skip() == "[":
        window.at += 1
    index = 0
    while (char := window.skip()) != "":
        if char == "]":
            return
        if char == ",":
            window.at += 1
            continue
        try:
            value, end = raw_decode(window.text, window.at)
            # A number or word that touches the window's edge may go on.
            if end == len(window.text) and char not in '{["' and window.more():
                continue
            window.at = end
            yield index, value
        except (ValueError, RecursionError) as error:
            if not window.ended and len(window.text) - window.at < limit and _cut(error, window):
                window.more()
                continue
            yield index, LimitExceededError("malformed-json", str(error)[:200])
            if not _resume(window):
                return
        index += 1
    yield index, LimitExceededError("truncated-file", "the array is not closed")


def _cut(error: Exception, window: _Window) -> bool:
    """Whether a decoding error may come from the window's end and not from the text.

    A cut-off string is reported at its start, all else where the text ends or a little
    before (a number or an escape cut in two).
    """
    if not isinstance(error, json.JSONDecodeError):
        return False
    return "Unterminated string" in error.msg or error.pos >= len(window.text) - 16


def _resume(window: _Window) -> bool:
    """Move to the next object after a broken one; false where there is none."""
    while True:
        match = NEXT.search(window.text, window.at)
        if match:
            window.at = match.end()
            return True
        window.at = max(window.at, len(window.text) - 100)
        if not window.more():
            return False
