"""The desk: what lies before a clerk, most urgent first, a page at a time by key and never by offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tongban.cases.models import Part
from tongban.cases.queries import desk_lines
from tongban.cases.queries.desk_lines import PAGE, TABS, Line
from tongban.cases.rules import clock, reference
from tongban.cases.rules.clock import Light
from tongban.cases.rules.lifecycle import State
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Clerk
from tongban.lib.personal import found_by, mask_name
from tongban.lib.texts import Text
from tongban.lib.workdays import Calendar
from tongban.places.rules import Directory


@dataclass(frozen=True, slots=True)
class Row:
    """A part as a list shows it; the applicant's name is masked."""

    id: UUID
    case: UUID
    reference: str
    item: Text
    applicant: str
    state: State
    light: Light
    due_on: date | None
    due_kind: str
    provisional: bool
    received_on: date
    received_at: Text
    holder: Text
    decider: Text
    offered_to: Text
    instant: bool
    practice: bool
    version: int
    late: str
    urged_until: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a list, how many rows each list has (at most 100 are counted), and where the next page begins."""

    tab: str
    rows: list[Row]
    counts: dict[str, int]
    after: str
    earlier: bool
    today: date
    urged: int


def desk(by: Clerk, tab: str, *, at: datetime, after: str = "") -> Desk:
    """Return a page of what lies before the clerk's bodies, most urgent first.

    :param after: where the page before ended, as its `after` said; anything else begins at the top
    """
    tab = tab if tab in TABS else "in-hand"
    cursor = desk_lines.cursor(after)
    (counts, urged, calendar, directory), found = desk_lines.read(by, tab, cursor)
    today = timezone.localdate(at)
    rows = [_row(line, today, calendar, directory) for line in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Desk(
        tab=tab,
        rows=rows,
        counts=counts,
        after=f"{_ranked(last, tab)}.{last.id}" if last else "",
        earlier=bool(cursor),
        today=today,
        urged=urged,
    )


def _ranked(line: Line, tab: str) -> str:
    return line.closed_on.isoformat() if tab == "closed" and line.closed_on else line.rank_on.isoformat()


def _row(line: Line, today: date, calendar: Calendar, directory: Directory) -> Row:
    """Return the part as a list shows it."""
    rule, state = catalogue.edition(line.revision).rule, State(line.state)
    return Row(
        id=line.id,
        case=line.case,
        reference=line.reference,
        item=rule.name,
        applicant=mask_name(line.applicant["name"]),
        state=state,
        light=clock.light(state, line.due_on, today, calendar),
        due_on=line.due_on,
        due_kind=line.due_kind,
        provisional=line.provisional,
        received_on=line.received_on,
        received_at=directory.body(line.received_by).name,
        holder=directory.body(line.holder).name,
        decider=directory.body(line.decider).name,
        offered_to=directory.body(line.offered_to).name if line.offered_to else Text(""),
        instant=rule.instant,
        practice=line.practice,
        version=line.version,
        late="escalated" if line.escalated_on else "reminded" if line.reminded_on else "",
        urged_until=line.urged_until,
    )


def search(by: Clerk, typed: str, *, at: datetime) -> list[Row]:
    """Return the cases that the clerk may see with this reference, or of the applicant with this identity number.

    A supervisor finds the cases that they watch over by their reference, and no person's.
    """
    parts: QuerySet[Part] = Part.objects.filter(practice=by.practice)
    written = reference.read_reference(typed)
    if by.practice:
        parts = parts.filter(case__post=by.post)
    else:
        seen: Any = by.bodies | by.watches if written else by.bodies
        parts = parts.filter(
            Q(holder__in=seen) | Q(decider__in=seen) | Q(offered_to__in=seen) | Q(case__body__in=seen)
        )
    wanted = {"case__reference": written} if written else {"case__found_by": found_by("number", typed)}
    parts = parts.filter(**wanted)
    *_, calendar, directory = desk_lines.standing(by)
    today = timezone.localdate(at)
    return [
        _row(line, today, calendar, directory) for line in desk_lines.plain(parts.order_by("-id")[:50], by)
    ]
