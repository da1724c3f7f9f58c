"""What happens because time passes, even if nobody looks: warnings, reminders, deemed acceptance, lapsing.

Everything here can be run again at any time and after any standstill without doing anything twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tongban.cases.actions import _moves, _papers
from tongban.cases.actions.acceptance import deem_accepted
from tongban.cases.actions.attempts import forget_attempts
from tongban.cases.models import Obstacle, Part, Transfer
from tongban.cases.rules import clock, lifecycle
from tongban.cases.rules.clock import Kind, Light
from tongban.cases.rules.lifecycle import State
from tongban.catalogue import queries as catalogue
from tongban.lib import writes
from tongban.lib.actors import Actor, System
from tongban.lib.refusals import Refused
from tongban.lib.workdays import Calendar
from tongban.places import queries as places
from tongban.trail import actions as trail
from tongban.trail.actions import Entry

log = logging.getLogger(__name__)

ESCALATE_AFTER = 4
"""Working days without an answer after which an offer goes to both supervisors; our own choice, not the law's."""

_CLOCK = System("clock")


@dataclass(frozen=True, slots=True)
class Swept:
    """How much one sweep found to do."""

    warned: int = 0
    deemed: int = 0
    lapsed: int = 0
    reminded: int = 0
    recomputed: int = 0

    @property
    def total(self) -> int:
        """Return whether and how much was done at all."""
        return self.warned + self.deemed + self.lapsed + self.reminded + self.recomputed


def sweep(at: datetime, limit: int = 500) -> Swept:
    """Do what is due at a time; each case in a transaction of its own, so that one bad one stops no other."""
    today = timezone.localdate(at)
    forget_attempts(at)
    return Swept(
        recomputed=recompute(at, limit),
        deemed=_each(_silent(today, limit), _deem(at)),
        lapsed=_each(_unsupplied(today, limit), _lapse(at)),
        warned=_warn(at, limit),
        reminded=_remind(at, limit),
    )


def _overdue(today: date, *kinds: Kind) -> QuerySet[Part]:
    """Return the parts past a due day of these kinds; one that isn't settled has no legal effect yet."""
    rows = Part.objects.filter(practice=False, provisional=False, rank_on__lt=today)
    live = rows.exclude(state__in=lifecycle.FINAL)
    return live.filter(due_kind__in=[str(kind) for kind in kinds]).order_by("rank_on", "id")


def _silent(today: date, limit: int) -> list[UUID]:
    """Return the parts whose applicant wasn't told anything in time, where the procedure makes that an acceptance."""
    rows = _overdue(today, Kind.NOTICE, Kind.NOTICE_HERE).filter(
        case__revision__content__procedure__deemed_acceptance=True
    )
    return list(rows.values_list("id", flat=True)[:limit])


def _unsupplied(today: date, limit: int) -> list[UUID]:
    """Return the parts whose applicant didn't supply in time, unless it was recorded that something couldn't be done.

    What can't be done may be why nothing came; no such case ends by itself before that was answered.
    """
    hindered = Obstacle.objects.filter(case=OuterRef("case"), answered_at__isnull=True)
    rows = _overdue(today, Kind.SUPPLEMENT).exclude(Exists(hindered))
    return list(rows.values_list("id", flat=True)[:limit])


def _each(parts: Iterable[UUID], act: Callable[[UUID], bool]) -> int:
    return sum(_alone(part, act) for part in parts)


def _alone(part: UUID, act: Callable[[UUID], bool]) -> bool:
    try:
        return act(part)
    except Refused:
        # Somebody was quicker.
        return False
    except Exception:
        # Whatever is wrong with one case, the clocks of the others go on.
        log.exception("sweep", extra={"part": str(part)})
        return False


def _deem(at: datetime) -> Callable[[UUID], bool]:
    def act(part: UUID) -> bool:
        return bool(deem_accepted(part, by=_CLOCK, at=at).deemed)

    return act


def _lapse(at: datetime) -> Callable[[UUID], bool]:
    @transaction.atomic
    def act(part: UUID) -> bool:
        (move,) = _moves.lock([part], by=_CLOCK, at=at)
        if move.part.state != State.SUPPLEMENTING or move.part.due_on is None:
            return False
        if move.part.due_on >= move.today:
            return False
        move.part.outcome = "lapsed"
        (paper,) = _papers.issue_all([move], "lapse")
        _moves.take(move, lifecycle.LAPSE, paper=paper)
        _moves.write([move])
        return True

    return act


@transaction.atomic
def _warn(at: datetime, limit: int) -> int:
    """Record once that a part is due soon, and once that it's overdue."""
    today = timezone.localdate(at)
    calendar = places.calendar_now()
    horizon = calendar.after(today, clock.SOON_DAYS).day or today
    rows = Part.objects.select_for_update(skip_locked=True).filter(
        Q(warned="", rank_on__lte=horizon) | Q(warned=str(Light.SOON), rank_on__lt=today),
        practice=False,
    )
    due = list(rows.exclude(state__in=lifecycle.FINAL).order_by("rank_on", "id")[:limit])
    entries = [_warning(row, today, at) for row in due]
    trail.record(entries, writes.Update(due, ("warned",)))
    return len(due)


def _warning(row: Part, today: date, at: datetime) -> Entry:
    overdue = bool(row.due_on and row.due_on < today)
    row.warned = str(Light.OVERDUE if overdue else Light.SOON)
    event = "case.clock.overdue" if overdue else "case.clock.soon"
    return trail.entry(
        event,
        f"part:{row.id}",
        actor=str(_CLOCK),
        at=at,
        case=row.case_id,
        clock=row.due_kind,
        due_on=row.rank_on.isoformat(),
        holder=row.holder_id,
        decider=row.decider_id,
    )


@transaction.atomic
def _remind(at: datetime, limit: int) -> int:
    """Remind of an unanswered offer, then take it to both supervisors; custody stays with the giver."""
    today = timezone.localdate(at)
    calendar = places.calendar_now()
    rows = (
        Transfer.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("part")
        .filter(state="open", remind_on__lte=today, escalated_on__isnull=True, part__practice=False)
        .order_by("remind_on", "id")[:limit]
    )
    due = list(rows)
    for row in due:
        _say(row, today, calendar)
    entries = [
        trail.entry(
            "case.custody.escalated" if row.escalated_on else "case.custody.reminded",
            f"part:{row.part_id}",
            actor=str(_CLOCK),
            at=at,
            case=row.part.case_id,
            giver=row.giver_id,
            taker=row.taker_id,
        )
        for row in due
    ]
    trail.record(entries, writes.Update(due, ("remind_on", "reminded_on", "escalated_on")))
    return len(due)


def _say(row: Transfer, today: date, calendar: Calendar) -> None:
    """Note on the offer the word that is due: first a reminder, on a later day that it goes to the supervisors."""
    if row.reminded_on:
        row.escalated_on = today
        return
    escalate_on = calendar.after(timezone.localdate(row.offered_at), ESCALATE_AFTER).day
    row.reminded_on = today
    row.remind_on = max(escalate_on or today, today + timedelta(days=1))


_COUNTED = (
    "due_on", "law_due_on", "provisional", "law_provisional", "rank_on", "calendar", "due_kind", "warned",
)  # fmt: skip


@transaction.atomic
def recompute(at: datetime, limit: int = 500, by: Actor = _CLOCK) -> int:
    """Count provisional days anew by the calendar in force, the law's too; each one that moves is recorded."""
    version = places.calendar_version()
    rows = (
        Part.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("case")
        .filter(Q(provisional=True) | Q(law_provisional=True), calendar__lt=version)
        .order_by("id")[:limit]
    )
    calendar = places.calendar(version)
    parts, entries = list(rows), []
    for part in parts:
        before = part.due_on, part.law_due_on
        _moves.set_due(part, catalogue.edition(part.case.revision_id).rule, calendar)
        if before != (part.due_on, part.law_due_on) and not part.practice:
            entries.append(_moved(part, before, at, by))
    trail.record(entries, writes.Update(parts, _COUNTED))
    return len(parts)


def _moved(part: Part, before: tuple[date | None, date | None], at: datetime, by: Actor) -> Entry:
    due, law = (day.isoformat() if day else None for day in before)
    return trail.entry(
        "case.clock.recomputed",
        f"part:{part.id}",
        actor=str(by),
        at=at,
        case=part.case_id,
        before=due,
        due_on=part.due_on.isoformat() if part.due_on else None,
        law_before=law,
        law_due_on=part.law_due_on.isoformat() if part.law_due_on else None,
        calendar=part.calendar,
    )


def tomorrow(at: datetime) -> datetime:
    """Return the time at which the next day begins: when the next sweep has something new to find."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=1) + timedelta(days=1)
