"""Other queries for one that found little: the other keyboard layout, and the corpus's spelling.

For one that found more, the spelling of words that look like slips (`search.slips`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db import connection

from corpus.indexing.texts import STEM, WORD
from corpus.text.analysis import analyse, stems, words
from corpus.text.rescue import other_layout
from search import slips
from search.frequencies import Statistics
from search.query import PreparedQuery
from search.request import SearchRequest, clean_query
from search.results import Suggestion
from search.spelling import as_written
from search.transliteration import LATIN, in_arabic

FEW = 3  # results; with more, the reader has something to go on
MOST = 3  # suggestions shown, and words of a query that are doubted
SHORTEST_TYPED = 3  # letters of at least one word typed on the other layout
PART = 3  # letters of each of two words written as one
ALIKE = 0.35  # trigram likeness below which a word is another word

LIKE = """
SELECT lexeme FROM corpus_lexemefrequency
WHERE lexeme >= 'w' AND lexeme < 'x' AND lexeme %% %(word)s AND articles > 0
    AND similarity(lexeme, %(word)s) >= %(alike)s AND lexeme <> %(word)s
ORDER BY similarity(lexeme, %(word)s) * ln(articles + 1.7) DESC, lexeme LIMIT 1
"""


def suggestions(
    request: SearchRequest,
    prepared: PreparedQuery,
    stats: Statistics,
    *,
    count: int,
    relaxed: bool,
) -> tuple[Suggestion, ...]:
    """Queries that find something where this one found little; none for an empty query.

    `count` results have all the words, or any of them where `relaxed`. Every word suggested
    stands in the corpus. Where enough was found nothing more is asked of the database, unless a
    word is rare and looks like a slip, or Latin letters found only bits: «f,jdk» has its "f".
    """
    slipped = _slips(prepared, stats)
    few = count < FEW
    offers: list[tuple[str, str]] = []
    if few or (relaxed and LATIN.search(request.query)):
        # What makes sense on the other layout was typed on it: bits of it are no names.
        offers += [*_typed_on_the_other_layout(request.query)] or [*_in_arabic(request.query)]
    if few and not any(reason == "keyboard" for _query, reason in offers):
        offers += _spelled(request.query, {**_unknown(request.query), **slipped})
    elif not few:
        offers += _spelled(request.query, slipped)
    found: dict[str, Suggestion] = {}
    for query, reason in offers:
        if query != request.query:
            made = replace(request, query=query, page=1)
            found.setdefault(query, Suggestion(query=query, reason=reason, request=made))
    return tuple(found.values())[:MOST]


def _typed_on_the_other_layout(query: str) -> Iterator[tuple[str, str]]:
    """f,jdk is بوتين on the wrong layout."""
    for reading in other_layout(query):
        typed = words(reading)
        # Single letters stand in every corpus: of them any nonsense can be made.
        if max(map(len, typed), default=0) >= SHORTEST_TYPED and _known(typed) == set(typed):
            yield clean_query(reading), "keyboard"


def _in_arabic(query: str) -> Iterator[tuple[str, str]]:
    """Putin is بوتين."""
    if arabic := in_arabic(query):
        yield arabic, "transliteration"


def _spelled(query: str, better: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The query with words replaced by better ones, everything else as the reader typed it."""
    if not better:
        return
    spelled = as_written(dict.fromkeys(like for parts in better.values() for like in parts))
    made, at = "", 0
    for term in analyse(query):
        if term.word in better:
            made += query[at : term.start] + " ".join(spelled[w] for w in better[term.word])
            at = term.end
    yield clean_query(made + query[at:]), "spelling"


def _slips(prepared: PreparedQuery, stats: Statistics) -> dict[str, tuple[str, ...]]:
    """For rare words that look like slips what was meant."""
    rarely = slips.RARE_SHARE * stats.documents
    rare = [t for t in prepared.terms if stats.frequency.get(STEM + t.stem, 0) <= rarely]
    doubted = [(word, t.stem) for t in rare for word in t.words if slips.doubtful(word)]
    better: dict[str, tuple[str, ...]] = {}
    for word, stem in doubted[:MOST]:
        undone = slips.undone(word)
        articles = _articles([STEM + stem, WORD + word, *(WORD + w for w in undone)])
        here = max(articles.pop(STEM + stem, 0), articles.pop(WORD + word, 0))
        found = {key.removeprefix(WORD): n for key, n in articles.items()}
        # Other words of the same stem are found already.
        if meant := [w for w in slips.meant(word, here, found) if stems(w) != [stem]]:
            better[word] = (meant[0],)
    return better


def _unknown(query: str) -> dict[str, tuple[str, ...]]:
    """For each word that the corpus lacks the likest one it has, or two that it is made of."""
    typed = words(query)
    unknown = {w for w in typed if len(w) >= slips.SHORTEST} - _known(typed)
    better: dict[str, tuple[str, ...]] = {}
    for word in sorted(unknown):
        like = _like(word)
        # A likeness that only leaves letters out is one of two words written as one.
        if (like is None or like in word) and (parts := _parted(word)):
            better[word] = parts
        elif like:
            better[word] = (like,)
    return better


def _known(typed: list[str]) -> set[str]:
    return {key.removeprefix(WORD) for key in _articles([WORD + word for word in typed])}


def _articles(keys: list[str]) -> dict[str, int]:
    """In how many articles each of these keys stands; absent ones stand in none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, articles FROM corpus_lexemefrequency"
            " WHERE lexeme = ANY(%s) AND articles > 0",
            [keys],
        )
        return dict(cursor.fetchall())


def _parted(word: str) -> tuple[str, str] | None:
    """The two words of the corpus that make up this one, where the space between is missing.

    Of several ways to part it the one whose rarer half is commonest.
    """
    ways = [(word[:i], word[i:]) for i in range(PART, len(word) - PART + 1)]
    articles = _articles([WORD + part for way in ways for part in way])
    known = {key.removeprefix(WORD): n for key, n in articles.items()}
    found = [way for way in ways if way[0] in known and way[1] in known]
    return max(found, key=lambda way: min(known[way[0]], known[way[1]]), default=None)


def _like(word: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(LIKE, {"word": WORD + word, "alike": ALIKE})
        row = cursor.fetchone()
    return row[0].removeprefix(WORD) if row else None
