"""The best passage of an article for a query, cut from the article's own text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from corpus.text.analysis import Term, analyse
from corpus.text.sentences import sentences
from corpus.text.spans import merge
from search.highlighting import Highlighted, cut
from search.query import PreparedQuery, matches

SNIPPET_WORDS = 36
LEAD_IN = 6  # words shown before the first match
WHITE = re.compile(r"\s+")
NBSP = "\N{NO-BREAK SPACE}"  # so that no line is an ellipsis alone
LONGEST_ANALYSED = 60_000  # characters; a passage further down is not worth the wait


def snippet(text: str, prepared: PreparedQuery, weights: Mapping[str, float]) -> Highlighted:
    """The passage with the heaviest distinct query words, whole words marked.

    `weights` gives stems' idf. Without a match it is the text's beginning.
    """
    text = text[:LONGEST_ANALYSED]
    terms = analyse(text)
    if not terms:
        return Highlighted(text[:200].strip())
    found = matches(terms, prepared)
    first = _best_start(terms, found, prepared, weights)
    first = max(0, first - LEAD_IN) if found else 0
    first = _back_to_sentence(text, terms, first)
    last = min(len(terms), first + SNIPPET_WORDS) - 1
    start = terms[first].start if first else 0
    end = terms[last].end if last + 1 < len(terms) else len(text)
    while end < len(text) and text[end] in '.،؛؟!»”"':
        end += 1
    marked = cut(text, merge((terms[i].start, terms[i].end) for i in found), start, end)
    return _squeezed(marked, cut_before=start > 0, cut_after=end < len(text.rstrip()))


def _best_start(
    terms: Sequence[Term],
    found: Sequence[int],
    prepared: PreparedQuery,
    weights: Mapping[str, float],
) -> int:
    """The match at which the heaviest window of `SNIPPET_WORDS` words begins."""
    best, best_weight = (found[0] if found else 0), -1.0
    words = {word for term in prepared.terms for word in term.words}
    width = SNIPPET_WORDS - LEAD_IN
    for at, i in enumerate(found):
        seen: dict[str, float] = {}
        for j in found[at:]:
            if terms[j].position - terms[i].position >= width:
                break
            # A word as it was typed tells a little more than its stem alone.
            weight = weights.get(terms[j].stem, 1.0) * (1.2 if terms[j].word in words else 1.0)
            seen[terms[j].stem] = max(seen.get(terms[j].stem, 0.0), weight)
        total = sum(seen.values())
        if total > best_weight + 1e-9:
            best, best_weight = i, total
    return best


def _back_to_sentence(text: str, terms: Sequence[Term], first: int) -> int:
    """Begin at a sentence's first word where one starts just before or within the lead-in."""
    # A line break ends a sentence, so the lines that the lead-in touches are enough.
    line = text.rfind("\n", 0, terms[max(0, first - LEAD_IN)].start) + 1
    until = terms[min(len(terms) - 1, first + LEAD_IN)].end
    starts = [line + span.start for span in sentences(text[line:until])]
    near = [*range(first, max(-1, first - LEAD_IN), -1), *range(first, first + LEAD_IN)]
    for i in near:
        if i >= len(terms):
            break
        after = terms[i - 1].end if i else 0
        at = bisect_left(starts, after)
        if i == 0 or (at < len(starts) and starts[at] <= terms[i].start):
            return i
    return first


def _squeezed(marked: Highlighted, *, cut_before: bool, cut_after: bool) -> Highlighted:
    """Line breaks as spaces, an ellipsis where something was cut off."""
    pieces: list[str] = [f"…{NBSP}"] if cut_before else []
    spans: list[tuple[int, int]] = []
    length = len(pieces[0]) if pieces else 0
    for part, is_match in marked.parts():
        plain = WHITE.sub(" ", part)
        if is_match:
            spans.append((length, length + len(plain)))
        pieces.append(plain)
        length += len(plain)
    if cut_after:
        pieces.append(f"{NBSP}…")
    return Highlighted("".join(pieces), tuple(spans))
