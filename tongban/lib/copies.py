"""Very many rows of one table, copied in: no object for each of them, one stream for all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connections, models, router, transaction

from tongban.lib.writes import Stale

Row = Sequence[str | int | None]
"""The values of a row's columns, in the text in which PostgreSQL reads them; nothing is NULL."""
_AT_ONCE = 1_000


def insert(kind: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write new rows, all of them or none; columns that aren't named get what the database gives them.

    :raises django.db.IntegrityError: if a row breaks what the table demands
    """
    alias = router.db_for_write(kind)
    with transaction.atomic(alias, savepoint=False), _cursor(alias) as cursor:
        _copy(cursor, f'"{kind._meta.db_table}"', _fields(kind, names), rows)


def update(kind: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Save the named columns of rows that are there; the first is the key by which each is found.

    :raises Stale: if a row isn't there any more
    """
    alias, fields = router.db_for_write(kind), _fields(kind, names)
    table, columns = f'"{kind._meta.db_table}"', [f'"{field.column}"' for field in fields]
    key, *rest = columns
    sets = ", ".join(f"{column} = r.{column}" for column in rest)
    with transaction.atomic(alias), _cursor(alias) as cursor:
        wide = f"SELECT {', '.join(columns)} FROM {table} WITH NO DATA"  # noqa: S608  # names of our own
        cursor.execute(f"CREATE TEMP TABLE copied_over ON COMMIT DROP AS {wide}")
        wanted = _copy(cursor, "copied_over", fields, rows)
        over = f"UPDATE {table} AS t SET {sets} FROM copied_over AS r WHERE t.{key} = r.{key}"  # noqa: S608  # the same
        cursor.execute(over)
        if cursor.rowcount != wanted:
            raise Stale(kind._meta.label)
        cursor.execute("DROP TABLE copied_over")


@contextmanager
def _cursor(alias: str) -> Iterator[Any]:
    """Give a cursor whose copies fail as its other statements do."""
    with connections[alias].cursor() as cursor, connections[alias].wrap_database_errors:
        yield cursor


def _fields(kind: type[models.Model], names: Sequence[str]) -> list[models.Field[Any, Any]]:
    found = (kind._meta.get_field(name) for name in names)
    return [field for field in found if isinstance(field, models.Field)]


def _copy(cursor: Any, table: str, fields: Sequence[models.Field[Any, Any]], rows: Iterable[Row]) -> int:
    """Copy the rows into a table, and return how many there were."""
    columns = ", ".join(f'"{field.column}"' for field in fields)
    # Without this a text that happens to be the sign for NULL would become NULL.
    never = ", ".join(f'"{field.column}"' for field in fields if not field.null)
    sql = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '\\N', FORCE_NOT_NULL ({never}))"
    count, waiting = 0, iter(rows)
    with cursor.copy(sql) as copy:
        while some := list(islice(waiting, _AT_ONCE)):
            out = io.StringIO(newline="")
            # The writer quotes what the end of a line is made of: a lone CR in a cell must be quoted too.
            csv.writer(out, lineterminator="\r\n").writerows(
                [["\\N" if value is None else value for value in row] for row in some]
                if any(None in row for row in some)
                else some
            )
            copy.write(out.getvalue())
            count += len(some)
    return count
