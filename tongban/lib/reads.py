"""Rows read by a statement of our own, as the objects that the ORM would make of them.

For statements that are sent all the time: the ORM compiles its own anew each time, which costs more than reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)


@lru_cache(maxsize=64)
def columns(model: type[models.Model], table: str) -> str:
    """Return the columns of a model for a SELECT, in the order in which `rows` takes them."""
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def rows(sql: str, params: Sequence[Any], *kinds: type[models.Model]) -> Iterator[tuple[Any, ...]]:
    """Yield for each row an object of each model, whose columns come first and in that order, and the values left."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    for row in found:
        made, start = [], 0
        for kind in kinds:
            made.append(_made(kind, row[start : start + len(kind._meta.concrete_fields)]))
            start += len(kind._meta.concrete_fields)
        yield *made, *row[start:]


def by_key(kind: type[Row], key: Any, *, lock: bool = False) -> Row | None:
    """Return the row with this primary key, if there is one; locked until the transaction ends if asked for."""
    return next((found for (found,) in rows(_by_key(kind, lock), [key], kind)), None)


@lru_cache(maxsize=64)
def _by_key(kind: type[models.Model], lock: bool) -> str:
    table, pk = kind._meta.db_table, kind._meta.pk
    where = f'WHERE t."{pk.column}" = %s{" FOR UPDATE" if lock else ""}'
    return f'SELECT {columns(kind, "t")} FROM "{table}" t {where}'  # noqa: S608  # names of columns


def _made(kind: type[models.Model], values: Sequence[Any]) -> models.Model | None:
    """Return the object; none where the row of a LEFT JOIN is missing."""
    if not any(value is not None for value in values):
        return None
    names, converted = _reading(kind)
    plain = list(values)
    for index, read in converted:
        plain[index] = read(plain[index], None, connection)
    # What `from_db` does for a whole row, without asking each attribute and sending signals that nobody hears.
    made = kind.__new__(kind)
    made._state = ModelState()
    made._state.adding, made._state.db = False, connection.alias
    made.__dict__.update(zip(names, plain, strict=True))
    return made


@lru_cache(maxsize=64)
def _reading(kind: type[models.Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """Return the names of a model's columns, and those that aren't what the driver says with how they are read."""
    fields = kind._meta.concrete_fields
    converted = [
        (index, field.from_db_value) for index, field in enumerate(fields) if hasattr(field, "from_db_value")
    ]
    return [field.attname for field in fields], converted
