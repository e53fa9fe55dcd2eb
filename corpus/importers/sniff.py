"""What unknown bytes look like, in words, for the message that refuses them."""

from __future__ import annotations

from corpus.cleaning import UndecodableError, decode

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ", "a Windows program"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"\x00\x00\x00\x18ftyp", "an MP4 film"),
    (b"\x00\x00\x00 ftyp", "an MP4 film"),
)


def looks_like(head: bytes) -> str:
    """A description such as "a PDF document" or "text without Arabic letters"."""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith((b"<?xml", b"<!DOCTYPE", b"<")):
        return f"XML or HTML of an unknown kind: {_start(stripped)}"
    if stripped.startswith((b"{", b"[")):
        return f"JSON of an unknown kind: {_start(stripped)}"
    if b"\0" in head[:1000]:
        return "binary data"
    try:
        text = decode(head).text
    except UndecodableError:
        return "binary data, or text in an unknown charset"
    return f"text without Arabic letters: {text[:60]!r}"


def _start(data: bytes) -> str:
    return repr(data[:60].decode("utf-8", "replace"))
