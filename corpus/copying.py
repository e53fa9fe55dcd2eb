"""Many rows of one model, or many numbers, into the database at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from django.db import connection
from django.db.models import DateTimeField, JSONField, Model
from django.utils import timezone
from psycopg.types.json import Jsonb


def take_ids(rows: Sequence[Model]) -> None:
    """Set the keys that rows will have, in their order, before they are written."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(s.name) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) AS s",
            [len(rows), rows[0]._meta.db_table],
        )
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk


def copy_rows(rows: Sequence[Model]) -> None:
    """Insert rows by COPY in their order, with every field as it is, and set the keys of
    those that have none.

    Unlike bulk_create this keeps times that the model would set itself.
    IntegrityError where a row is there already.
    """
    if not rows:
        return
    meta = rows[0]._meta
    columns = [field for field in meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in columns)
    values_of = attrgetter("pk", *(field.attname for field in columns))
    as_json = [at for at, field in enumerate(columns, 1) if isinstance(field, JSONField)]
    # Set on every write, such as `updated`, where the row brings none.
    timed = [
        field.attname
        for field in columns
        if isinstance(field, DateTimeField) and (field.auto_now or field.auto_now_add)
    ]
    now = timezone.now()
    take_ids([row for row in rows if row.pk is None])
    for row in rows:
        for name in timed:
            if getattr(row, name) is None:
                setattr(row, name, now)
    with (
        connection.cursor() as cursor,
        # Django's own cursor turns the database's errors into Django's only for execute().
        connection.wrap_database_errors,
        cursor.copy(f'COPY "{meta.db_table}" (id, {names}) FROM STDIN') as copy,
    ):
        for row in rows:
            values = list(values_of(row))
            for at in as_json:
                values[at] = Jsonb(values[at])
            copy.write_row(values)
    for row in rows:
        row._state.adding = False  # a later save() updates


def number_array(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL writes it; the driver would quote number by number.

    >>> number_array([1, 2])
    '{1,2}'
    """
    return f"{{{','.join(map(str, numbers))}}}"
