"""Ranking inside the database: every candidate by its stems, the best again by everything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from corpus.indexing.texts import STEM, WORD
from corpus.models import Curation
from search import ranking
from search.candidates import Plan
from search.filters import TABLE
from search.frequencies import Statistics
from search.query import Condition, PreparedQuery, all_of
from search.request import Scope

NUMBER = re.compile(r"\d+")
# Weights of labels D, C, B, A. Of a statement C is the name of a body or a post that speaks,
# which tells of the subject less surely than its words do; half of one was judged by eye.
EVERYWHERE = {
    Scope.ARTICLES: "'{1,1,1,1}'::float4[]",
    Scope.STATEMENTS: "'{1,0.5,1,1}'::float4[]",
}
# Of an article the title and the lead; of a statement, all of which is lead, a person's name.
IN_LEAD = {
    Scope.ARTICLES: "'{0,0,1,1}'::float4[]",
    Scope.STATEMENTS: "'{0,0,0,1}'::float4[]",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """A ranked document: its id, score, and whether it has all the query's words."""

    pk: int
    score: float
    has_all: bool


def scored_terms(prepared: PreparedQuery, stats: Statistics) -> list[ranking.ScoredTerm]:
    """The query's terms with their idf in both lanes."""
    return [
        ranking.ScoredTerm(
            stem=t.stem,
            weight=t.weight,
            stem_idf=stats.idf(STEM + t.stem),
            # Several spellings of one stem were typed: the commonest decides, cautiously.
            word_idf=min(stats.idf(WORD + w) for w in t.words),
        )
        for t in prepared.terms
    ]


def rank(
    prepared: PreparedQuery,
    stats: Statistics,
    plan: Plan,
    filters: Condition,
    scope: Scope,
    *,
    depth: int,
    reranked: int = ranking.RERANKED,
) -> list[Scored]:
    """The best `depth` documents of the plan's candidates, best first.

    The best `reranked` of them, or more where more are asked for, have the full score.
    """
    if not plan.parts:
        return []
    terms = scored_terms(prepared, stats)
    reranked = max(reranked, min(depth, 2 * reranked))
    first = list(_first_pass(prepared, terms, stats, plan, filters, scope, max(depth, reranked)))
    best = _second_pass(prepared, terms, stats, scope, first[:reranked])
    if len(terms) > 1:  # one word alone has neither company nor an absent one
        looked_at = _third_pass(prepared, terms, scope, best[: ranking.LOOKED_AT])
        best = looked_at + best[ranking.LOOKED_AT :]
    return (best + first[reranked:])[:depth]


def order_key(prepared: PreparedQuery, scored: Scored) -> tuple[bool, float, int]:
    """Sort key, best first: short queries put documents with all their words first."""
    all_first = len(prepared.clauses) <= ranking.ALL_FIRST and scored.has_all
    return (not all_first, -scored.score, -scored.pk)


def _candidate_sql(plan: Plan, filters: Condition, table: str) -> Condition:
    """The candidates as a condition: one OR where nothing is capped, row addresses otherwise."""
    free = [p.condition for p in plan.parts if p.limit is None]
    capped = [p for p in plan.parts if p.limit is not None]
    if not capped:
        either = " OR ".join(f"({c.sql})" for c in free)
        return Condition(
            f"({either}) AND ({filters.sql})",
            (*(p for c in free for p in c.parameters), *filters.parameters),
        )
    pieces: list[str] = []
    parameters: list[Any] = []
    for condition in free:
        pieces.append(f"(SELECT ctid FROM {table} WHERE {condition.sql} AND ({filters.sql}))")
        parameters += [*condition.parameters, *filters.parameters]
    for part in capped:
        pieces.append(
            f"(SELECT ctid FROM {table} WHERE {part.condition.sql} AND ({filters.sql}) LIMIT %s)"
        )
        parameters += [*part.condition.parameters, *filters.parameters, part.limit]
    return Condition(f"ctid = ANY(ARRAY({' UNION '.join(pieces)}))", tuple(parameters))


def _first_pass(
    prepared: PreparedQuery,
    terms: Sequence[ranking.ScoredTerm],
    stats: Statistics,
    plan: Plan,
    filters: Condition,
    scope: Scope,
    depth: int,
) -> Iterator[Scored]:
    """Exact BM25 over the stems of every candidate.

    Of few words most candidates have much the same, so their leads and pairs count here too:
    else the best by everything might not be among those that are looked at again.
    """
    table, pk = TABLE[scope]
    candidates = _candidate_sql(plan, filters, table)
    query = "to_tsquery('arabic_news', %s)"
    ranks = [f"ts_rank({EVERYWHERE[scope]}, stems, {query}) AS r{i}" for i in range(len(terms))]
    asked = [t.stem for t in terms]
    weights = [term.weight * term.stem_idf for term in terms]
    statements = scope == Scope.STATEMENTS
    length = ranking.statement_length_sql("length") if statements else "length"
    total = [
        f"{weight:.6f} * " + ranking.saturation_sql(f"r{i}", length, stats.average_length)
        for i, weight in enumerate(weights)
    ]
    # Most candidates have one word of several: what needs the others is not asked of them.
    more: list[str] = []
    asked_more: list[str] = []
    if len(terms) <= ranking.ALL_FIRST:
        for i, weight in enumerate(weights):
            more.append(
                f"CASE WHEN r{i} > 0 THEN ts_rank({IN_LEAD[scope]}, stems, {query}) ELSE 0 END"
                f" AS l{i}"
            )
            asked_more.append(terms[i].stem)
            total.append(f"{ranking.LEAD_WEIGHT * weight:.6f} * " + ranking.lead_sql(f"l{i}"))
        for n, (a, b) in enumerate(prepared.pairs):
            more.append(
                f"CASE WHEN r{a} > 0 AND r{b} > 0 THEN (stems @@ {query})::int ELSE 0 END AS p{n}"
            )
            asked_more.append(f"{terms[a].stem} <-> {terms[b].stem}")
            total.append(f"{ranking.pair_score(terms[a], terms[b]):.6f} * p{n}")
    rank_of = {t.stem: f"r{i}" for i, t in enumerate(terms)}
    has_all = " AND ".join(
        f"({' OR '.join(f'{rank_of[stem]} > 0' for stem in clause)})"
        for clause in prepared.clauses or [(t.stem,) for t in terms]
    )
    all_first = len(prepared.clauses) <= ranking.ALL_FIRST
    # OFFSET 0 keeps the planner from merging the levels, which would compute each rank twice.
    sql = f"""
        SELECT {pk}, score, has_all FROM (
            SELECT {pk}, {" + ".join(total)} AS score, has_all FROM (
                SELECT *, {", ".join([*more, f"{has_all} AS has_all"])} FROM (
                    SELECT {pk}, length, stems, {", ".join(ranks)}
                    FROM {table} WHERE {candidates.sql} OFFSET 0
                ) AS found OFFSET 0
            ) AS ranked OFFSET 0
        ) AS scored
        ORDER BY {"has_all DESC," if all_first else ""} score DESC, {pk} DESC LIMIT %s
    """
    parameters: list[Any] = [
        *asked_more,
        *asked,
        *candidates.parameters,
        depth,
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for row in cursor.fetchall():
            yield Scored(pk=row[0], score=float(row[1]), has_all=bool(row[2]))


def _second_pass(
    prepared: PreparedQuery,
    terms: Sequence[ranking.ScoredTerm],
    stats: Statistics,
    scope: Scope,
    first: Sequence[Scored],
) -> list[Scored]:
    """The full score of the best: the word lane, the lead, and words that stand together."""
    if not first:
        return []
    ids = [s.pk for s in first]
    has_all = {s.pk: s.has_all for s in first}
    sure = confidence(ids) if scope == Scope.STATEMENTS else {}
    told = [ranking.pair_score(terms[a], terms[b]) for a, b in prepared.pairs]
    found = []
    for pk, length, stems, words, leads, pairs in look_at(prepared, scope, ids):
        if scope == Scope.STATEMENTS:
            length = ranking.statement_length(length)
        total = ranking.total_score(
            terms,
            told,
            k=ranking.length_k(length, stats.average_length),
            stem_ranks=stems,
            word_ranks=words,
            lead_ranks=leads,
            pair_found=pairs,
        )
        if pk in sure:
            total = ranking.less_doubt(total, sure[pk])
        found.append(Scored(pk=pk, score=total, has_all=has_all[pk]))
    return sorted(found, key=lambda s: order_key(prepared, s))


def confidence(statements: Sequence[int]) -> dict[int, float]:
    """How sure each statement is; one that a curator has looked at is certain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, CASE curation WHEN %s THEN confidence ELSE 1 END"
            " FROM corpus_statement WHERE id = ANY(%s)",
            [Curation.AUTO, list(statements)],
        )
        return dict(cursor.fetchall())


def _third_pass(
    prepared: PreparedQuery,
    terms: Sequence[ranking.ScoredTerm],
    scope: Scope,
    best: Sequence[Scored],
) -> list[Scored]:
    """The very best again, by their passages and by words like the absent ones."""
    added = look_closer(prepared, terms, scope, [s.pk for s in best])
    found = []
    for scored in best:
        if scored.pk not in added:
            continue
        found.append(replace(scored, score=scored.score + sum(added[scored.pk])))
    return sorted(found, key=lambda s: order_key(prepared, s))


def look_closer(
    prepared: PreparedQuery,
    terms: Sequence[ranking.ScoredTerm],
    scope: Scope,
    ids: Sequence[int],
) -> dict[int, tuple[float, float]]:
    """For each document what its best passage and its likeness to absent words add."""
    if not ids:
        return {}
    table, pk = TABLE[scope]
    index = {term.stem: i for i, term in enumerate(terms)}
    typed = [t.words for t in prepared.terms]
    # The vector's text is read here: taken apart in the database it costs twice as much.
    places = re.compile(f"'({'|'.join(map(re.escape, index))})':([0-9A-D,]+)")
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {pk}, stems::text, CASE WHEN stems @@ to_tsquery('arabic_news', %s) THEN ''
                ELSE array_to_string(tsvector_to_array(words), ' ') END
            FROM {table} WHERE {pk} = ANY(%s)
            """,
            [all_of((stem,) for stem in index), list(ids)],
        )
        for document, stems, words in cursor.fetchall():
            positions: list[list[int]] = [[] for _ in terms]
            for match in places.finditer(stems):
                positions[index[match[1]]] = [int(n) for n in NUMBER.findall(match[2])]
            found[document] = (
                ranking.best_passage(terms, positions),
                ranking.likeness(terms, typed, positions, words),
            )
    return found


Look = tuple[int, int, list[float], list[float], list[float], list[bool]]


def look_at(prepared: PreparedQuery, scope: Scope, ids: Sequence[int]) -> list[Look]:
    """What the full score needs of each document: (id, length, ranks by lane, pairs)."""
    table, pk = TABLE[scope]
    query = "to_tsquery('arabic_news', %s)"
    stems = [f"ts_rank({EVERYWHERE[scope]}, stems, {query})" for _ in prepared.terms]
    words = [f"ts_rank({EVERYWHERE[scope]}, w, {query})" for _ in prepared.terms]
    leads = [f"ts_rank({IN_LEAD[scope]}, stems, {query})" for _ in prepared.terms]
    pairs = [f"stems @@ {query}" for _ in prepared.pairs]
    stem_queries = [t.stem for t in prepared.terms]
    sql = f"""
        SELECT {pk}, length, ARRAY[{", ".join(stems)}]::float4[],
            ARRAY[{", ".join(words)}]::float4[], ARRAY[{", ".join(leads)}]::float4[],
            ARRAY[{", ".join(pairs)}]::bool[]
        FROM (
            -- The stems stand in the row; the words come from elsewhere, once for all their uses.
            SELECT {pk}, length, stems, words || ''::tsvector AS w
            FROM {table} WHERE {pk} = ANY(%s) OFFSET 0
        ) AS best
    """
    parameters: list[Any] = [
        *stem_queries,
        *(" | ".join(t.words) for t in prepared.terms),
        *stem_queries,
        *(f"{prepared.terms[a].stem} <-> {prepared.terms[b].stem}" for a, b in prepared.pairs),
        list(ids),
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
