"""From a parsed query to analysed terms and SQL conditions, through the one analyser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from corpus.indexing.texts import TITLE
from corpus.text.analysis import Term, analyse
from corpus.text.pairs import pair_keys
from corpus.text.remembered import checksum
from corpus.text.spans import Span, merge
from search.ranking import ASKING_WEIGHT, MAX_TERMS
from search.request import Scope
from search.syntax import And, Node, Not, Or, ParsedQuery, Phrase, Word, parse

# Interrogatives, folded. Some are other words too (من, ما, اي), which name as little.
ASKING = frozenset(
    "من ما ماذا متي اين كم كيف لماذا هل اي ايه ايهما ماهو ماهي مامن لم بم مم عم فيم".split()
)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A stem of the query, the folded words it was typed as, and how often."""

    stem: str
    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL condition on a search row's columns, with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True)
class PreparedQuery:
    """A query ready to be planned.

    `terms` rank (every positive word, typed order, one entry a stem); `clauses` are what
    a document must have to have "all the words": each a tuple of alternative stems.
    `pairs` are indexes into `terms` of words typed side by side. `conditions` come from
    exact words, phrases, groups, prefixes and exclusions, and always hold; `phrases` are
    the phrases among them as a reader is told about them.
    """

    parsed: ParsedQuery
    terms: tuple[QueryTerm, ...]
    clauses: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[int, int], ...]
    conditions: tuple[Condition, ...]
    phrases: tuple[str, ...] = field(default=())
    prefixes: tuple[str, ...] = field(default=())

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(term.stem for term in self.terms)

    @property
    def positive(self) -> bool:
        """Whether anything but filters and exclusions was asked for."""
        return bool(self.terms or self.prefixes)


def prepare(text: str, scope: Scope = Scope.ARTICLES) -> PreparedQuery:
    """Parse and analyse what a reader typed. Never raises."""
    return prepare_parsed(parse(text), scope)


def prepare_parsed(parsed: ParsedQuery, scope: Scope = Scope.ARTICLES) -> PreparedQuery:
    """Analyse a parsed query: the terms that rank, and the conditions that must hold.

    Words of headlines rank articles; of statements they say only in which articles they stand.
    """
    order: list[tuple[str, str]] = []  # (stem, word) in typed order
    clauses: list[tuple[str, ...]] = []
    adjacent: list[tuple[str, str]] = []
    last: str | None = None
    for alternatives in parsed.wanted:
        stems: list[str] = []
        for text in alternatives:
            terms = analyse(text)
            order += [(t.stem, t.word) for t in terms]
            if len(alternatives) == 1:
                # A run such as "covid-19" is several words that all count.
                clauses += [(t.stem,) for t in terms]
                for t in terms:
                    if last is not None and last != t.stem:
                        adjacent.append((last, t.stem))
                    last = t.stem
            else:
                stems += [t.stem for t in terms]
        if len(alternatives) > 1:
            last = None
            if stems:
                clauses.append(tuple(dict.fromkeys(stems)))
    conditions: list[Condition] = []
    phrases: list[str] = []
    prefixes: list[str] = []
    for node in parsed.required:
        if (condition := _condition(node, scope)) is not None:
            conditions.append(condition)
        for word in positive_words(node):
            if word.title and scope == Scope.STATEMENTS:
                continue
            terms = analyse(word.text)
            if isinstance(word, Phrase) and len(terms) > 1:
                text = " ".join(t.word for t in terms)
                phrases.append(f"{text} ~{word.near}" if word.near else text)
            if isinstance(word, Word) and word.prefix:
                prefixes += [t.word for t in terms]
            else:
                order += [(t.stem, t.word) for t in terms]
    for node in parsed.excluded:
        if (condition := _condition(node, scope)) is not None:
            conditions.append(Condition(f"NOT ({condition.sql})", condition.parameters))
    terms_found = _terms(order)
    index = {term.stem: i for i, term in enumerate(terms_found)}
    return PreparedQuery(
        parsed=parsed,
        terms=terms_found,
        clauses=tuple(dict.fromkeys(clauses)),
        pairs=tuple(
            dict.fromkeys((index[a], index[b]) for a, b in adjacent if a in index and b in index)
        ),
        conditions=tuple(conditions),
        phrases=tuple(phrases),
        prefixes=tuple(prefixes),
    )


def _terms(order: Sequence[tuple[str, str]]) -> tuple[QueryTerm, ...]:
    words: dict[str, list[str]] = {}
    for stem, word in order:
        words.setdefault(stem, []).append(word)
    return tuple(
        QueryTerm(
            stem,
            tuple(dict.fromkeys(typed)),
            len(typed) * (ASKING_WEIGHT if ASKING.issuperset(typed) else 1.0),
        )
        for stem, typed in words.items()
    )


def most_telling(
    prepared: PreparedQuery, idf: dict[str, float], limit: int = MAX_TERMS
) -> PreparedQuery:
    """The query with only its `limit` rarest terms, for a pasted paragraph."""
    if len(prepared.terms) <= limit:
        return prepared
    ranked = sorted(prepared.terms, key=lambda t: (-idf.get(t.stem, 0.0), t.stem))
    kept = {t.stem for t in ranked[:limit]}
    terms = tuple(t for t in prepared.terms if t.stem in kept)
    index = {t.stem: i for i, t in enumerate(terms)}
    pairs = ((prepared.terms[a].stem, prepared.terms[b].stem) for a, b in prepared.pairs)
    return PreparedQuery(
        parsed=prepared.parsed,
        terms=terms,
        clauses=tuple(c for c in prepared.clauses if all(s in kept for s in c)),
        pairs=tuple((index[a], index[b]) for a, b in pairs if a in index and b in index),
        conditions=prepared.conditions,
        phrases=prepared.phrases,
        prefixes=prepared.prefixes,
    )


def positive_words(node: Node) -> Iterable[Word | Phrase]:
    """The words and phrases of a node that are asked for, not excluded."""
    match node:
        case Word() | Phrase():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_words(part)
        case Not():
            return


def _condition(node: Node, scope: Scope) -> Condition | None:
    """The node as SQL on `stems`, `words` and `impacts`; None where no word is left in it."""
    match node:
        case Word(text=text, exact=exact, prefix=prefix, title=title):
            terms = analyse(text)
            if not terms:
                return None
            if title:
                return _titled(terms, scope, phrase=False)
            if prefix:
                *whole, last = terms
                parts = [*(t.word for t in whole), f"{last.word}:*"]
                return _match("words", " & ".join(parts))
            if exact:
                return _in_order(terms)
            return _match("stems", " & ".join(t.stem for t in terms))
        case Phrase(text=text, title=title, near=near):
            terms = analyse(text)
            if not terms:
                return None
            if near:
                return _near(terms, near)
            if title:
                return _titled(terms, scope, phrase=True)
            return _in_order(terms)
        case Not(part):
            inner = _condition(part, scope)
            return inner and Condition(f"NOT ({inner.sql})", inner.parameters)
        case And(parts) | Or(parts):
            found = [c for part in parts if (c := _condition(part, scope)) is not None]
            if not found:
                return None
            joint = " AND " if isinstance(node, And) else " OR "
            return Condition(
                joint.join(f"({c.sql})" for c in found),
                tuple(p for c in found for p in c.parameters),
            )


def _match(column: str, query: str) -> Condition:
    return Condition(f"{column} @@ to_tsquery('arabic_news', %s)", (query,))


def _in_order(terms: Sequence[Term]) -> Condition:
    words = _match("words", " <-> ".join(t.word for t in terms))
    if len(terms) == 1:
        return words
    # The index of pairs finds the few rows where the words are neighbours. IS TRUE keeps the
    # planner from reading the indexes of the words, which know no order, as well. The stems
    # stand in the row and are looked at first; the words are fetched from elsewhere.
    stems = _match("stems", " <-> ".join(t.stem for t in terms))
    return Condition(
        f"pairs @> %s::int[] AND ({stems.sql}) IS TRUE AND ({words.sql}) IS TRUE",
        (pair_keys([checksum(t.word) for t in terms]), *stems.parameters, *words.parameters),
    )


def _near(terms: Sequence[Term], distance: int) -> Condition:
    """Each stem no farther than `distance` words from the next, before or after it."""
    stems = list(dict.fromkeys(t.stem for t in terms))
    everything = _match("stems", " & ".join(stems))
    if len(stems) == 1:
        return everything
    between = " & ".join(f"({_either_way(a, b, distance)})" for a, b in pairwise(stems))
    # IS TRUE: the index, which knows no distances, is asked once, for all the words.
    near = _match("stems", between)
    return Condition(
        f"{everything.sql} AND ({near.sql}) IS TRUE", (*everything.parameters, *near.parameters)
    )


def _either_way(one: str, other: str, distance: int) -> str:
    steps = range(1, distance + 1)
    return " | ".join(f"{one} <{n}> {other} | {other} <{n}> {one}" for n in steps)


def _titled(terms: Sequence[Term], scope: Scope, *, phrase: bool) -> Condition:
    # The title lane of `impacts` finds the few rows; only they are read for the order.
    sql = "impacts @> %s"
    parameters: tuple[Any, ...] = ([TITLE + t.stem for t in terms],)
    if phrase:
        sql += " AND words @@ to_tsquery('arabic_news', %s)"
        parameters += (" <-> ".join(f"{t.word}:A" for t in terms),)
    if scope == Scope.STATEMENTS:
        # A statement's row has its speaker where its article's has the headline.
        sql = f"article_id IN (SELECT article_id FROM corpus_articlesearchrow WHERE {sql})"
    return Condition(sql, parameters)


def any_of(stems: Iterable[str]) -> str:
    """The text of a tsquery that any of the stems satisfies."""
    return " | ".join(stems)


def all_of(clauses: Iterable[tuple[str, ...]]) -> str:
    """The text of a tsquery that every clause must satisfy."""
    return " & ".join(c[0] if len(c) == 1 else f"({' | '.join(c)})" for c in clauses)


def matches(terms: Sequence[Term], prepared: PreparedQuery) -> list[int]:
    """Indexes of the terms that the query asked for."""
    stems, prefixes = prepared.stems, prepared.prefixes
    if not prefixes:
        return [i for i, term in enumerate(terms) if term.stem in stems]
    return [
        i for i, term in enumerate(terms) if term.stem in stems or term.word.startswith(prefixes)
    ]


def match_spans(text: str, prepared: PreparedQuery) -> tuple[Span, ...]:
    """Whole words of `text` that the query asked for, in the text's own spelling.

    Plain words match by stem, words of phrases and prefixes as written.
    """
    terms = analyse(text)
    return merge((terms[i].start, terms[i].end) for i in matches(terms, prepared))
