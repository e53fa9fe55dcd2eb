"""Results by date: the plan is chosen from document frequencies, not by the planner.

The planner underestimates how often words stand together by 3 to 22 times
(RETRIEVAL.md section 3), so left alone it sorts a hundred thousand rows to show ten.
"""

from __future__ import annotations

from django.db import connection

from search.filters import TABLE
from search.query import Condition
from search.request import SearchRequest, Sort
from search.scoring import Scored

# Above this many expected matches, walking the date index finds a page sooner than
# collecting all matches and sorting them.
WALK_FROM = 5000


def by_date(
    condition: Condition,
    request: SearchRequest,
    *,
    expected: float,
    documents: int,
    depth: int,
) -> list[Scored]:
    """The newest or oldest `depth` documents that satisfy the condition."""
    table, pk = TABLE[request.scope]
    order = (
        f"published ASC NULLS LAST, {pk} ASC"
        if request.sort == Sort.OLDEST
        else f"published DESC NULLS LAST, {pk} DESC"
    )
    if expected > WALK_FROM:
        sql = f"SELECT {pk} FROM {table} WHERE {condition.sql} ORDER BY {order} LIMIT %s"
    else:
        sql = f"""
            WITH matched AS MATERIALIZED (
                SELECT {pk}, published FROM {table} WHERE {condition.sql}
            )
            SELECT {pk} FROM matched ORDER BY {order} LIMIT %s
        """
    with connection.cursor() as cursor:
        if expected > WALK_FROM:
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(sql, [*condition.parameters, depth])
        found = cursor.fetchall()
        if expected > WALK_FROM:
            cursor.execute("SET LOCAL enable_bitmapscan = on")
    return [Scored(pk=row[0], score=0.0, has_all=True) for row in found]
