"""Bytes to characters, and characters to ones that a database can hold.

Order of belief: byte order mark, UTF-16 by its high bytes, UTF-8 that is valid
throughout, the declared charset, then charset-normalizer among the charsets Arabic was
written in. UTF-16 comes before UTF-8, because Arabic in UTF-16 is made of bytes below
128 only and so is valid UTF-8, of control characters.
Valid UTF-8 comes before the declaration, because pages re-saved as UTF-8 keep their old
<meta charset=windows-1256> far more often than Arabic in cp1256 is valid UTF-8.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Declared names that are wrong or that Python knows otherwise.
ALIASES = {
    "windows-1256": "cp1256",
    "x-windows-1256": "cp1256",
    "asmo-708": "iso8859_6",
    "iso-8859-6-i": "iso8859_6",
    "iso-8859-6-e": "iso8859_6",
    "unicode": "utf-16",
}

# A guess needs no more than this; the whole is decoded with what it finds.
SAMPLE_BYTES = 64 * 1024

# UTF-8 with at most this share of broken sequences (a cut-off end, a pasted byte) is
# UTF-8; cp1256 read as UTF-8 breaks at nearly every letter.
TOLERATED_DAMAGE = 0.01

# Bytes that no text holds, in any charset of one byte a letter.
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))

ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")


class UndecodableError(ValueError):
    """The bytes are text in no charset known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Storable text, the charset it came in, and whether some of it was broken."""

    text: str
    charset: str
    damaged: bool = False


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode an article's bytes; UndecodableError where no charset fits.

    >>> decode("خبر".encode("cp1256")).text
    'خبر'
    """
    if wide := wide_charset(data):
        text = data.decode(wide, "replace")
        return Decoded(storable(text), wide, "\ufffd" in text)
    try:
        # A byte order mark of UTF-8 is among the characters storable() takes out.
        return Decoded(storable(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= max(1, TOLERATED_DAMAGE * len(text)) and ARABIC.search(text):
        return Decoded(storable(text), "utf-8", True)
    if declared and (known := _declared(data, declared)):
        return known
    return _guessed(data)


def wide_charset(data: bytes) -> str:
    """The charset of two or four bytes a character that these bytes are in, or "".

    By the byte order mark, or without one because Arabic letters then show 06, and
    spaces and Latin letters 00, at every other byte.
    """
    for mark, charset in BOMS:
        if data.startswith(mark):
            return charset
    sample = data[:2000]
    if 3 * (sample.count(0) + sample.count(6)) < len(sample):
        return ""
    even, odd = sample[0::2], sample[1::2]
    half = len(sample) / 2
    for name, high in (("utf-16-le", odd), ("utf-16-be", even)):
        other = even if high is odd else odd
        if (high.count(0) + high.count(6)) > 0.7 * half and other.count(0) < 0.3 * half:
            return name
    return ""


def _declared(data: bytes, declared: str) -> Decoded | None:
    name = declared.strip().strip("\"'").lower()
    name = ALIASES.get(name, name)
    try:
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    return Decoded(storable(text), codecs.lookup(name).name)


def _guessed(data: bytes) -> Decoded:
    sample = data[:SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, CONTROLS)) > len(sample) / 100:
        raise UndecodableError("binary data")
    best = from_bytes(sample, cp_isolation=["utf_8", "cp1256", "iso8859_6", "utf_16"]).best()
    names = [best.encoding] if best else []
    for name in (*names, "cp1256"):
        text = data.decode(name, "replace")
        # A wrong charset gives few Arabic letters or many characters of no text.
        if len(ARABIC.findall(text)) > len(text) / 4:
            return Decoded(storable(text), name, "\ufffd" in text)
    raise UndecodableError("no known charset gives Arabic text")


# NUL and lone surrogates cannot be stored in PostgreSQL; the other control characters
# mean nothing in an article. A byte order mark inside is a join of two files.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
NEWLINES = re.compile("\r\n?|\u2028|\u2029|\x85")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def storable(text: str) -> str:
    """The text with newlines made plain and what cannot be stored taken out.

    Entities are left alone (see unescape): a text/plain file may speak of "&amp;".
    """
    # Asked for one by one because a search for a letter is much quicker than a pattern.
    if "\r" in text or "\x85" in text or "\u2028" in text or "\u2029" in text:
        text = NEWLINES.sub("\n", text)
    return UNSTORABLE.sub("", text)


def unescape(text: str) -> str:
    """Storable text's HTML entities to characters, twice where an export escaped twice.

    Only entities with their semicolon: "&copy=1" in an address is none.
    """
    if "&" not in text:
        return text
    for _ in range(2):
        text = ENTITY.sub(lambda m: html.unescape(m[0]), text)
    return storable(text)
