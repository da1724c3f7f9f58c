"""Many rows written in one round trip: each table's rows go as one JSON array into one statement.

Statement by statement, the ORM writes a filing at a sixth of what one round trip does; see `docs/decisions/`.
The text of a statement depends only on which tables and columns are written, never on how many rows, so
PostgreSQL prepares it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

import orjson
from django.db import connections, models, router, transaction
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)


class Stale(Exception):
    """A row that was to be updated isn't there any more."""


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows of one table."""

    rows: Sequence[models.Model]


@dataclass(frozen=True, slots=True)
class Update:
    """Rows of one table of which the named columns are saved, found by primary key."""

    rows: Sequence[models.Model]
    fields: tuple[str, ...]


Write = Insert | Update
_PLAIN = (
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.ForeignKey,
    models.IntegerField,
    models.UUIDField,
)
"""Fields whose value goes into JSON as it is."""
Shape = tuple[tuple[type[models.Model], str, tuple[str, ...]], ...]


def run(*writes: Write) -> None:
    """Write everything in one statement, and so all of it or nothing.

    :raises Stale: if an update finds fewer rows than it was given
    """
    wanted = [write for write in writes if write.rows]
    if not wanted:
        return
    connection = connections[router.db_for_write(type(wanted[0].rows[0]))]
    arrays = [_array(write, connection) for write in wanted]
    # Outside a transaction a row that is gone must undo the rest; inside one this sends nothing.
    with transaction.atomic(connection.alias, savepoint=False), connection.cursor() as cursor:
        cursor.execute(_statement(tuple(_shape(write) for write in wanted)), arrays)
        touched = cursor.fetchone()
        for write, count in zip(wanted, touched or (), strict=True):
            if count != len(write.rows):
                raise Stale(write.rows[0]._meta.label)
    _mark_saved(wanted, connection.alias)


def _mark_saved(writes: Iterable[Write], alias: str) -> None:
    for write in writes:
        for row in write.rows:
            row._state.adding, row._state.db = False, alias


def _shape(write: Write) -> tuple[type[models.Model], str, tuple[str, ...]]:
    if isinstance(write, Update):
        return type(write.rows[0]), "update", write.fields
    return type(write.rows[0]), "insert", ()


@lru_cache(maxsize=512)
def _fields(model: type[models.Model], names: tuple[str, ...]) -> list[models.Field[Any, Any]]:
    """Return the columns that a write names: all that Python fills, or the key and those given."""
    if names:
        keys = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
        return [field for field in keys if isinstance(field, models.Field)]
    concrete = model._meta.concrete_fields
    return [field for field in concrete if not isinstance(field, models.AutoField)]


def fresh(kind: type[Row], /, **values: Any) -> Row:
    """Return a new row, not yet saved, as the model's constructor makes it of its columns alone.

    The constructor asks every field in turn, which is what costs most of a step that writes many rows.

    :raises TypeError: if the model has no such column
    """
    made = kind.__new__(kind)
    made._state = ModelState()
    made.__dict__.update(_blank(kind))
    for name, make in _made_anew(kind):
        if name not in values:
            made.__dict__[name] = make()
    made.__dict__.update(values)
    if len(made.__dict__) != len(kind._meta.concrete_fields) + 1:
        raise TypeError(f"{kind.__name__} has no column for one of {sorted(values)}")
    return made


@lru_cache(maxsize=64)
def _blank(kind: type[models.Model]) -> dict[str, Any]:
    return {
        field.attname: None if callable(field.default) else field.get_default() for field in _columns(kind)
    }


@lru_cache(maxsize=64)
def _made_anew(kind: type[models.Model]) -> list[tuple[str, Callable[[], Any]]]:
    return [(field.attname, field.get_default) for field in _columns(kind) if callable(field.default)]


def _columns(kind: type[models.Model]) -> Sequence[models.Field[Any, Any]]:
    return kind._meta.concrete_fields


def _array(write: Write, connection: Any) -> str:
    names = write.fields if isinstance(write, Update) else ()
    columns, values, made = _form(type(write.rows[0]), names)
    rows = []
    for row in write.rows:
        line = dict(zip(columns, values(row.__dict__), strict=True))
        for column, field in made:
            line[column] = field.get_db_prep_save(line[column], connection)
        rows.append(line)
    return orjson.dumps(rows, default=_plain).decode()


@lru_cache(maxsize=512)
def _form(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[list[str], Callable[[dict[str, Any]], tuple[Any, ...]], list[tuple[str, models.Field[Any, Any]]]]:
    """Return the columns that a write names, what reads their values, and the fields that have a form of their own.

    Asking every field for its column's form costs a third of a write: most have no other than the value's own.
    """
    fields = _fields(model, names)
    columns = [str(field.column) for field in fields]
    made = [pair for pair in zip(columns, fields, strict=True) if not isinstance(pair[1], _PLAIN)]
    return columns, itemgetter(*(field.attname for field in fields)), made


def _plain(value: Any) -> Any:
    """Return the JSON form in which PostgreSQL reads a value back as its column's type."""
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    # Django wraps the value of a JSON column for psycopg; inside our own array it goes as it is.
    return value.obj


@lru_cache(maxsize=512)
def _statement(shape: Shape) -> str:
    parts = [
        f"w{index} AS ({_clause(model, kind, names)} RETURNING 1)"
        for index, (model, kind, names) in enumerate(shape)
    ]
    counts = ", ".join(f"(SELECT count(*) FROM w{index})" for index in range(len(shape)))
    return f"WITH {', '.join(parts)} SELECT {counts}"


def _clause(model: type[models.Model], kind: str, names: tuple[str, ...]) -> str:
    table = f'"{model._meta.db_table}"'
    columns = [f'"{field.column}"' for field in _fields(model, names)]
    source = f"json_populate_recordset(NULL::{table}, %s)"
    if kind == "insert":
        return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM {source}"
    key, *rest = columns
    sets = ", ".join(f"{column} = r.{column}" for column in rest)
    return f"UPDATE {table} AS t SET {sets} FROM {source} AS r WHERE t.{key} = r.{key}"
