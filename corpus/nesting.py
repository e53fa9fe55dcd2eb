"""Statements that repeat words of another one: direct words inside reported speech, mostly."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.models import Statement


def repeated(statements: Iterable[Statement]) -> set[int]:
    """The ids of those that lie within one given before them, or around it, of the same speaker
    in the same article.

    «إن الهجوم "حدث مأسوي"» and «حدث مأسوي» are two statements of the article, each with a place
    of its own, but one after the other in a list they say the same twice.
    """
    seen: dict[tuple[int, str, int | None], list[tuple[int, int]]] = {}
    found = set()
    for one in statements:
        if not one.stands:
            continue  # its offsets mean nothing any more
        spans = seen.setdefault((one.article_id, one.field, one.speaker_id), [])
        if any(
            s <= one.start and one.end <= e or one.start <= s and e <= one.end for s, e in spans
        ):
            found.add(one.pk)
        spans.append((one.start, one.end))
    return found
