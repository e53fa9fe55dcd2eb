"""What the statement page shows of a group: where the statement stands, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus import dossier
from corpus.models import Statement
from corpus.text.analysis import words
from corpus.wording_kin import groups_of
from corpus.wordings import differing

PLACES = 50  # articles listed
WORDINGS = 8  # compared word by word
LAST = datetime.max.replace(tzinfo=UTC)  # where undated articles stand


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `differs` where the other text has not these words here."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Another wording beside the shown one, and the statements that have it."""

    statements: tuple[Statement, ...]
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """A statement in its articles, one statement of each, the earliest first.

    `articles` counts all; `places` and `wordings` are at most `PLACES` and `WORDINGS`.
    """

    articles: int
    places: tuple[Statement, ...]
    wordings: tuple[Compared, ...]

    @property
    def unlisted(self) -> int:
        """How many articles are not among the places."""
        return self.articles - len(self.places)


def same_elsewhere(shown: Statement) -> Same | None:
    """The group of a statement; None where it stands in one article only."""
    group = groups_of([shown.pk]).get(shown.pk)
    if group is None:
        return None
    by_article: dict[int, Statement] = {shown.article_id: shown}
    for statement in dossier.loaded(list(group.statements)):
        by_article.setdefault(statement.article_id, statement)
    ordered = sorted(
        by_article.values(),
        key=lambda s: (s.article.published or LAST, s.article.source.name, s.article_id),
    )
    return Same(len(ordered), tuple(ordered[:PLACES]), tuple(_wordings(shown, ordered)))


def _wordings(shown: Statement, others: Sequence[Statement]) -> Iterator[Compared]:
    """The wordings that differ by more than spelling from the shown one, in the given order."""
    by_words: dict[tuple[str, ...], list[Statement]] = {}
    for statement in others:
        by_words.setdefault(tuple(words(statement.text)), []).append(statement)
    found = 0
    for statements in by_words.values():
        mine, theirs = differing(shown.text, statements[0].text)
        if not mine and not theirs:
            continue
        found += 1
        if found > WORDINGS:
            return
        yield Compared(
            tuple(statements),
            tuple(_pieces(shown.text, mine)),
            tuple(_pieces(statements[0].text, theirs)),
        )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    last = 0
    for start, end in spans:
        if start > last:
            yield Piece(text[last:start], differs=False)
        yield Piece(text[start:end], differs=True)
        last = end
    if last < len(text):
        yield Piece(text[last:], differs=False)
