"""The register of documents that stand in the way, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tongban.catalogue.models import NormativeDocument
from tongban.catalogue.queries.items import item_names
from tongban.catalogue.rules.normative import State
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A document with the names of the items that it touches."""

    document: NormativeDocument
    items: list[tuple[str, Text]]
    late: bool


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register, the first due first; `after` leads to the next."""

    rows: list[Row]
    after: str
    open: int
    late: int
    done: int


def register(day: date, *, item: str = "", state: str = "", after: str = "", limit: int = PAGE) -> Register:
    """Return the register, the first due first: documents that touch an item, or that are in a state, or all."""
    rows = NormativeDocument.objects.order_by("due", "code")
    if item:
        rows = rows.filter(items__contains=item)
    if state:
        rows = rows.filter(state=state)
    found = list(_later(rows, after)[: limit + 1])
    kept = found[:limit]
    more = f"{kept[-1].due.isoformat()}~{kept[-1].code}" if len(found) > limit else ""
    undone = NormativeDocument.objects.exclude(state=State.DONE)
    return Register(
        rows=_rows(kept, day),
        after=more,
        open=undone.count(),
        late=undone.filter(due__lt=day).count(),
        done=NormativeDocument.objects.filter(state=State.DONE).count(),
    )


def _later(rows: QuerySet[NormativeDocument], after: str) -> QuerySet[NormativeDocument]:
    """Return the rows after the place that an address names; all of them if it names none."""
    due, _mark, code = after.partition("~")
    try:
        day = date.fromisoformat(due)
    except ValueError:
        return rows
    return rows.filter(Q(due__gt=day) | Q(due=day, code__gt=code))


def _rows(found: list[NormativeDocument], day: date) -> list[Row]:
    names = item_names({code for row in found for code in row.items})
    return [
        Row(
            document=row,
            items=[(code, names[code]) for code in row.items if code in names],
            late=row.state != State.DONE and row.due < day,
        )
        for row in found
    ]


def normative(code: str, day: date) -> Row:
    """Return one document of the register.

    :raises Missing: if there is none
    """
    found = list(NormativeDocument.objects.filter(pk=code))
    if not found:
        raise Missing
    return _rows(found, day)[0]
