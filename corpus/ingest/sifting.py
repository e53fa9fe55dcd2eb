"""Which documents can be articles at all, and what they repeat of the same run. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from corpus.documents import ParsedDocument, RecordError
from corpus.ingest.decisions import Candidate, Repeat
from corpus.ingest.hashing import content_hash, record_hash
from corpus.ingest.seen import SeenSet

# Above this a body is no article but an archive that lost its structure. UTF-8 bytes.
MAX_BODY_BYTES = 10 * 1024 * 1024
MAX_ID = 500
MAX_SOURCE = 200
NO_SOURCE = "غير محدد"  # the source of articles that name none


class Sifter:
    """Turns documents into candidates, in the order of the input."""

    def __init__(self) -> None:
        self._ids = SeenSet()
        self._texts = SeenSet()

    def sift(self, document: ParsedDocument) -> Candidate | RecordError:
        """A candidate that knows what it repeats, or why it cannot be an article."""
        if not document.source.strip():
            document = replace(document, source=NO_SOURCE)
        if problem := objection(document):
            reason, detail = problem
            return RecordError(
                file=document.file, position=document.position, reason=reason, detail=detail
            )
        record, content = record_hash(document), content_hash(document)
        key = f"{document.source}\0{document.external_id}".encode()
        new_id = self._ids.add(hashlib.sha256(key).digest())
        # A text that lost its id to an earlier record is not in the corpus, so it does
        # not count as seen.
        new_text = self._texts.add(content[1:]) if new_id else True
        repeat = Repeat.NOTHING if new_text else Repeat.TEXT
        return Candidate(document, record, content, repeat if new_id else Repeat.ID)


def objection(document: ParsedDocument) -> tuple[str, str] | None:
    """Why a document cannot be stored, as (reason, detail); None where it can."""
    if not document.title.strip() and not document.body.strip():
        return "no-text", "neither title nor body"
    if not document.external_id.strip():
        return "no-id", "no id, and nothing to make one of"
    if len(document.external_id) > MAX_ID:
        return "id-too-long", f"more than {MAX_ID} characters"
    if len(document.source) > MAX_SOURCE:
        return "source-too-long", f"more than {MAX_SOURCE} characters"
    try:
        size = len(document.body.encode())
        whole = "\0".join((document.title, document.raw_text, document.url, document.author))
        whole.encode()
    except UnicodeEncodeError:
        return "not-storable", "half a surrogate pair"
    if size > MAX_BODY_BYTES:
        return "body-too-large", f"{size} bytes; at most {MAX_BODY_BYTES}"
    return None
