"""What becomes of each document, decided from stored hashes before anything is written.

Pure but for the vocabulary it shares with the models: same input, same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.documents import ParsedDocument
from corpus.models.imports import Outcome

# Reasons, as they stand in ImportRecord.reason and in reports.
SAME_TEXT = "same-text"
ID_REPEATED = "id-repeated"
CHANGED = "changed"
UPDATES_OFF = "update-never"

Key = tuple[str, str]  # source name, external id


class Repeat(StrEnum):
    """What of a document the run had met before, in the order of its input."""

    NOTHING = ""
    ID = "id"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document fit to be stored, with its hashes and what it repeats."""

    document: ParsedDocument
    record_hash: bytes
    content_hash: bytes
    repeat: Repeat = Repeat.NOTHING

    @property
    def key(self) -> Key:
        return self.document.source, self.document.external_id


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What deciding needs to know of an article in the database."""

    pk: int
    source: str
    external_id: str
    content_hash: bytes
    record_hash: bytes

    @property
    def key(self) -> Key:
        return self.source, self.external_id


@dataclass(frozen=True, slots=True)
class Decision:
    """One document's outcome. `outcome` None: another batch has to be written first.

    `stored` is the article's own row where it has one; `equals` is the key of the
    article that a duplicate is a duplicate of, stored already or decided in this batch.
    """

    candidate: Candidate
    outcome: Outcome | None
    reason: str = ""
    stored: StoredArticle | None = None
    equals: Key | None = None


def decide(
    candidates: Sequence[Candidate],
    stored: Iterable[StoredArticle],
    *,
    update: bool = True,
    final: bool = False,
) -> list[Decision]:
    """A decision for every candidate, in their order.

    `stored` are the articles that share an id or a text with a candidate. A candidate
    that repeats something which is not in the database yet is put off (outcome None),
    unless `final`: then everything before it has been written, and it stands for itself.
    """
    plan = _Plan(stored, update=update, final=final)
    return [plan.decide(candidate) for candidate in candidates]


class _Plan:
    def __init__(self, stored: Iterable[StoredArticle], *, update: bool, final: bool) -> None:
        self._update = update
        self._final = final
        self._by_key: dict[Key, StoredArticle] = {}
        self._holder: dict[tuple[str, bytes], Key] = {}  # (source, text) → who has it
        self._decided: set[Key] = set()
        for article in stored:
            self._by_key[article.key] = article
            self._holder[article.source, article.content_hash] = article.key

    def decide(self, candidate: Candidate) -> Decision:
        text = candidate.document.source, candidate.content_hash
        stored = self._by_key.get(candidate.key)
        holder = self._holder.get(text)
        if candidate.repeat is Repeat.ID or candidate.key in self._decided:
            return self._repeated(candidate, stored, holder)
        if stored and stored.record_hash == candidate.record_hash:
            self._decided.add(candidate.key)
            return Decision(candidate, Outcome.UNCHANGED, stored=stored)
        if holder is not None and holder != candidate.key:
            return Decision(candidate, Outcome.DUPLICATE, SAME_TEXT, stored=stored, equals=holder)
        if candidate.repeat is Repeat.TEXT and holder is None and not self._final:
            return Decision(candidate, None)
        if stored and not self._update:
            return Decision(candidate, Outcome.UNCHANGED, UPDATES_OFF, stored=stored)
        self._decided.add(candidate.key)
        self._holder[text] = candidate.key
        if stored is None:
            return Decision(candidate, Outcome.IMPORTED)
        if stored.content_hash != candidate.content_hash:
            # Its old text is free again for another article of this batch.
            self._holder.pop((stored.source, stored.content_hash), None)
        return Decision(candidate, Outcome.UPDATED, CHANGED, stored=stored)

    def _repeated(
        self, candidate: Candidate, stored: StoredArticle | None, holder: Key | None
    ) -> Decision:
        """An id met before in this run: the first one stands, whatever this one says."""
        known = stored is not None or candidate.key in self._decided
        if not known and holder is None and not self._final:
            return Decision(candidate, None)
        reason = SAME_TEXT if holder == candidate.key else ID_REPEATED
        equals = candidate.key if known else holder
        return Decision(candidate, Outcome.DUPLICATE, reason, stored=stored, equals=equals)
