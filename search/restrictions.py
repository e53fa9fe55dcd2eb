"""Restrictions typed into the query (مصدر:…, متحدث:…, من:…) as conditions on search rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q

from corpus.models import Article, Source, Speaker
from corpus.speakers.names import folded_words, name_parts
from corpus.text.analysis import analyse
from search.query import Condition
from search.request import Scope
from search.syntax import read_date

MOST_SPEAKERS = 200  # a restriction to a first name alone names more people than anybody means
NOTHING = Condition("FALSE")


def restriction_conditions(
    restrictions: tuple[tuple[str, str], ...], scope: Scope
) -> tuple[list[Condition], list[str]]:
    """Conditions for (name, value) pairs, and slugs of notes on what names nothing.

    Values of one name are alternatives, as filters are; dates all hold.
    """
    conditions: list[Condition] = []
    notes: list[str] = []
    for name in ("source", "section", "speaker"):
        values = [value for key, value in restrictions if key == name]
        if values:
            condition = READERS[name](values, scope)
            if condition is NOTHING:
                notes.append(f"unknown-{name}")
            conditions.append(condition)
    for name, value in restrictions:
        if name in ("from", "to") and (days := read_date(value)):
            first, last = days
            if name == "from":
                start = datetime.combine(first, time.min, UTC)
                conditions.append(Condition("published >= %s", (start,)))
            else:
                end = datetime.combine(last, time.min, UTC) + timedelta(days=1)
                conditions.append(Condition("published < %s", (end,)))
    return conditions, notes


def _words(text: str) -> list[str]:
    return [t.word for t in analyse(text)]


def _contains(name: str, value: str) -> bool:
    """Whether all words of `value` stand in `name`, both folded."""
    wanted = _words(value)
    return bool(wanted) and set(wanted) <= set(_words(name))


def _sources(values: list[str], scope: Scope) -> Condition:
    ids = [
        pk
        for pk, name in Source.objects.values_list("pk", "name")
        if any(_contains(name, value) for value in values)
    ]
    return Condition("source_id = ANY(%s)", (ids,)) if ids else NOTHING


def _sections(values: list[str], scope: Scope) -> Condition:
    known = Article.objects.exclude(section="").order_by().values_list("section", flat=True)
    names = [s for s in known.distinct() if any(_contains(s, value) for value in values)]
    return Condition("section = ANY(%s)", (names,)) if names else NOTHING


def _speakers(values: list[str], scope: Scope) -> Condition:
    ids: set[int] = set()
    for value in values:
        named = Q()
        # A person's key has no articles and titles, an organisation's has everything.
        for words in {name_parts(value), tuple(folded_words(value))}:
            if words:
                named |= _all_in("key", words) | _all_in("aliases__key", words)
        if named:
            found = Speaker.objects.filter(named).values_list("pk", "merged_into_id")
            ids.update(merged or pk for pk, merged in found[:MOST_SPEAKERS])
    if not ids:
        return NOTHING
    column = "speaker = ANY(%s)" if scope == Scope.STATEMENTS else "speakers && %s::bigint[]"
    return Condition(column, (sorted(ids),))


def _all_in(field: str, words: Iterable[str]) -> Q:
    """All the words stand in the key, as whole words."""
    found = Q()
    for word in words:
        found &= Q(**{f"{field}__regex": rf"(^| ){re.escape(word)}( |$)"})
    return found


READERS: dict[str, Callable[[list[str], Scope], Condition]] = {
    "source": _sources,
    "section": _sections,
    "speaker": _speakers,
}
