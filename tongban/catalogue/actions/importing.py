"""Bringing in a local list: uploaded, its columns mapped, checked, confirmed, and imported whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from tongban.catalogue import access
from tongban.catalogue.actions import _checking, _storing
from tongban.catalogue.models import ImportedList, Origin
from tongban.catalogue.queries import implementations as queries
from tongban.catalogue.rules import codes, mapping
from tongban.files import actions as files
from tongban.files import queries as stored
from tongban.files.actions import Readable
from tongban.files.rules.tables import Table
from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.words import clean
from tongban.places import queries as places

AT_ONCE = 2_000
"""Lists of up to so many rows are worked off in the request; longer ones by the background work."""
_LEASE = timedelta(minutes=10)
Tell = Callable[[int, int], None]


def upload(stream: Readable, name: str, *, by: Actor, at: datetime) -> ImportedList:
    """Take in a file as it is, and guess its sheet and the row with the heads.

    :raises NotAllowed: unless the actor may bring in lists
    :raises Invalid: if the file can't be read; then nothing is kept
    """
    access.require_importer(by)
    kept, table = files.store_table(stream, by=by, at=at)
    return ImportedList.objects.create(
        file_name=clean(name, field="file", limit=160),
        file=kept.sha256,
        sheet=table.sheet,
        sheets=[{"name": sheet.name, "hidden": sheet.hidden} for sheet in table.sheets],
        head=mapping.header_row(table.rows, mapping.vocabulary()),
        total=len(table.rows),
        by=str(by),
        body=_body(by),
        at=at,
    )


def _body(by: Actor) -> str:
    return by.body if isinstance(by, Clerk) else ""


def choose_sheet(
    list_id: UUID, sheet: str, head: int, *, by: Actor, encoding: str = "", separator: str = ""
) -> ImportedList:
    """Say which sheet holds the list and in which row its heads stand; the columns are to be mapped anew.

    :param encoding: of a CSV file, guessed if none is named; so is its separator

    :raises Missing: if there is no such list, or it's another body's
    :raises Invalid: if the sheet is hidden or isn't there, the row isn't, or two heads are the same
    """
    row = _open(list_id, by, "uploaded", "checked", "failed")
    table = stored.table(row.file, sheet, encoding, separator)
    _require_head(table, head)
    row.encoding, row.separator = encoding, separator
    row.sheet, row.head, row.columns = table.sheet, head, {}
    row.state, row.counts, row.failure, row.total = "uploaded", {}, {}, len(table.rows) - head
    row.save()
    row.findings.all().delete()
    return row


def _require_head(table: Table, head: int) -> None:
    if not 1 <= head <= len(table.rows) or not any(table.rows[head - 1]):
        raise Invalid("list.head", field="head", row=head)
    if not any(any(row) for row in table.rows[head:]):
        raise Invalid("list.no-rows", field="head", row=head)
    if again := mapping.twice(table.rows[head - 1]):
        raise Invalid("list.head-twice", field="head", row=head, heads="、".join(again[:5]))


def map_columns(
    list_id: UUID,
    *,
    columns: Mapping[str, int],
    origin: str,
    profile: str,
    valid_from: date,
    by: Actor,
    at: datetime,
    tell: Tell | None = None,
) -> ImportedList:
    """Say which column holds what, where the list comes from and which validator holds for its codes; then check it.

    :param origin: the name of the source; what is chosen here is proposed again with its next list
    :raises Missing: if there is no such list, or it's another body's
    :raises Invalid: if a needed field has no column, two fields have one, the validator isn't known, or the source is
        another body's
    """
    row = _open(list_id, by, "uploaded", "checked", "failed")
    table = queries.table_of(row)
    _require_head(table, row.head)
    _require_columns(columns, len(table.rows[row.head - 1]))
    if profile not in codes.profiles(mapping.vocabulary()):
        raise Invalid("list.profile", field="profile")
    row.origin = _remember(origin, profile, table.rows[row.head - 1], columns, by=by, at=at)
    row.columns, row.profile, row.valid_from = dict(columns), profile, valid_from
    row.state, row.done, row.total = "checking", 0, len(table.rows) - row.head
    row.counts, row.failure = {}, {}
    now = _claimed(row, at, tell)
    row.save()
    if now:
        _checking.check(row, table, at, tell)
    return row


def _claimed(row: ImportedList, at: datetime, tell: Tell | None) -> bool:
    """Return whether a list is worked off at once; then it's claimed, or the background work would do the same."""
    now = row.total <= AT_ONCE or tell is not None
    row.claimed_at = at if now else None
    return now


def _require_columns(columns: Mapping[str, int], width: int) -> None:
    if lacking := [name for name in mapping.NEEDED if not columns.get(name)]:
        raise Invalid("list.column-missing", field=lacking[0], fields=", ".join(lacking))
    if unknown := columns.keys() - set(mapping.FIELDS):
        raise Invalid("list.field-unknown", field="columns", fields=", ".join(sorted(unknown)))
    for name, column in columns.items():
        if not 1 <= column <= width:
            raise Invalid("list.column-gone", field=name, column=column)
        if list(columns.values()).count(column) > 1:
            raise Invalid("list.column-twice", field=name, column=column)


@transaction.atomic
def _remember(
    name: str, profile: str, head: Sequence[str], columns: Mapping[str, int], *, by: Actor, at: datetime
) -> Origin:
    text = clean(name, field="origin", limit=160)
    if not text:
        raise Invalid("list.origin", field="origin")
    chosen = {head[column - 1]: field for field, column in columns.items()}
    code = f"o-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    begun = {"name": text, "profile": profile, "body": _body(by), "updated_at": at}
    origin, _ = Origin.objects.select_for_update().get_or_create(code=code, defaults=begun)
    if not access.owns(by, origin.body, places.directory_now()):
        if _used(origin):
            raise Invalid("list.origin-taken", field="origin")
        # A name that somebody only tried out keeps nobody from what is theirs.
        origin.body = _body(by)
    origin.name, origin.profile, origin.columns, origin.updated_at = text, profile, chosen, at
    origin.save()
    return origin


def _used(origin: Origin) -> bool:
    """Return whether a list of this source was imported, or is just being."""
    return origin.lists.filter(state__in=["importing", "done"]).exists()


def confirm(
    list_id: UUID, *, by: Actor, at: datetime, partly: bool = False, tell: Tell | None = None
) -> ImportedList:
    """Import a checked list: all of its rows, or all without errors if `partly` is said; one transaction.

    Pressed twice it's imported once, in the name of who confirmed it; the gate knows who handed it in.

    :raises Missing: if there is no such list, or it's another body's
    :raises Refused: `list.has-errors` if rows have errors and weren't to be left out; `list.origin-taken` if another
        body was the first to import from this source
    """
    with transaction.atomic():
        # Two who confirm at once meet here: the second finds that it has moved on.
        ImportedList.objects.select_for_update().filter(pk=list_id).first()
        row, now = _confirmed(_open(list_id, by, "checked"), partly, by, at, tell)
    if now:
        _storing.store(row, queries.table_of(row), at, tell)
    return row


def _confirmed(
    row: ImportedList, partly: bool, by: Actor, at: datetime, tell: Tell | None
) -> tuple[ImportedList, bool]:
    """Return the list as it waits to be imported, and whether that is done at once."""
    origin = Origin.objects.select_for_update().get(pk=row.origin_id)
    if not access.owns(by, origin.body, places.directory_now()):
        raise Refused("list.origin-taken")
    if row.counts.get("errors") and not partly:
        raise Refused("list.has-errors", rows=row.counts["errors"])
    if row.counts.get("errors") == row.counts.get("rows"):
        raise Refused("list.nothing-left")
    row.partly, row.state, row.done, row.by = partly, "importing", 0, str(by)
    now = _claimed(row, at, tell)
    row.save()
    return row, now


def _open(list_id: UUID, by: Actor, *states: str) -> ImportedList:
    """Return a list of the actor's that stands where the step begins.

    :raises Missing: if there is no such list, or it's another body's
    :raises Refused: if it stands elsewhere
    """
    access.require_importer(by)
    row = ImportedList.objects.filter(pk=list_id).select_related("origin").first()
    if row is None:
        raise Missing
    access.require_list(by, row.body, places.directory_now())
    if row.state not in states:
        raise Refused("list.moved-on", state=row.state)
    return row


def work(at: datetime) -> int:
    """Check or import one list that waits for it, and return how many there were.

    A process that was killed over a list leaves it claimed; ten minutes after it last counted, another takes it.
    """
    row = _claim(at)
    if row is None:
        return 0
    try:
        table = queries.table_of(row)
        (_checking.check if row.state == "checking" else _storing.store)(row, table, at, None)
    except Refused as refused:
        _fail(row, refused.code)
    except Exception:
        _fail(row, "list.failed")
        raise
    return 1


def waiting(at: datetime) -> bool:
    """Return whether a list waits for the background work."""
    return _waiting(at).exists()


def _waiting(at: datetime) -> QuerySet[ImportedList]:
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - _LEASE)
    return ImportedList.objects.filter(free, state__in=["checking", "importing"]).order_by("at")


@transaction.atomic
def _claim(at: datetime) -> ImportedList | None:
    row = _waiting(at).select_for_update(skip_locked=True).first()
    if row is not None:
        ImportedList.objects.filter(pk=row.pk).update(claimed_at=at)
    return row


def _fail(row: ImportedList, code: str) -> None:
    ImportedList.objects.filter(pk=row.pk).update(state="failed", failure={"code": code})
