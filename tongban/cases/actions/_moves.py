"""How every step goes: lock and load in one statement, take the step, write everything in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from tongban.cases import access
from tongban.cases.models import NEVER, Act, Case, Part, Transfer
from tongban.cases.queries.standing import days_of, standing
from tongban.cases.rules import clock, custody, lifecycle
from tongban.cases.rules.lifecycle import FINAL, Step
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.lib import reads, writes
from tongban.lib.actors import Actor, Clerk
from tongban.lib.ids import new_id
from tongban.lib.refusals import Missing, Refused
from tongban.lib.workdays import Calendar
from tongban.places import queries as places
from tongban.places.rules import Directory
from tongban.trail import actions as trail

REMIND_AFTER = 2
"""Working days after which an unanswered offer is reminded of; our own choice, not the law's."""

Seen = int | Mapping[UUID, int] | None

CHANGING = tuple(
    field.name
    for field in Part._meta.concrete_fields
    if field.name not in {"id", "case", "decider", "prefecture", "practice", "received_on"}
)


@dataclass(slots=True)
class Move:
    """One locked part with all that a step needs, and what will be written with it."""

    part: Part
    case: Case
    calendar: Calendar
    directory: Directory
    by: Actor
    at: datetime
    rows: list[models.Model] = field(default_factory=list)
    updates: list[writes.Update] = field(default_factory=list)
    entries: list[Any] = field(default_factory=list)
    rule: Rule = field(init=False)
    """The rule of the revision that the case was filed under."""

    def __post_init__(self) -> None:
        self.rule = catalogue.edition(self.case.revision_id).rule

    @property
    def today(self) -> date:
        """Return the day of the step, in the time of the place."""
        return timezone.localdate(self.at)

    @property
    def body(self) -> str:
        """Return the body for which the actor acts."""
        return self.by.body if isinstance(self.by, Clerk) else ""

    @property
    def account(self) -> str:
        """Return who acts, as a person: what a second person is told from."""
        return str(self.by.account) if isinstance(self.by, Clerk) else str(self.by)


def lock(
    parts: Iterable[UUID],
    *,
    by: Actor,
    at: datetime,
    seen: Seen = None,
    step: Step | None = None,
    watching: bool = False,
) -> list[Move]:
    """Return the parts, locked in the order of their ids, so that two bulk steps can't wait for each other.

    :param seen: the version that the actor had before them, of each part where there are several; None where that
        doesn't matter
    :param step: what is about to be taken, so that it's refused before its document is put together
    :param watching: whether a supervisor may do it, who isn't concerned
    :raises Missing: if one doesn't exist or may not be seen
    :raises NotAllowed: if the actor only watches over it
    :raises Refused: if it moved on since it was seen; says which step was taken, and when. Or if it comes too late
    """
    wanted = set(parts)
    found = (
        reads.rows(_LOCK_ONE, list(wanted), Part, Case)
        if len(wanted) == 1
        else reads.rows(_LOCK_MANY, [list(wanted)], Part, Case)
    )
    moves = [_move(each, by, at) for each in found]
    if len(moves) != len(wanted):
        raise Missing
    for move in moves:
        (access.require_sight if watching else access.require_concern)(by, move.part, move.case)
        if move.part.version != _seen(seen, move.part):
            raise Refused(
                "part.moved-on", step=move.part.last_step, at=move.part.since, state=move.part.state
            )
        if step:
            _next_state(move, step)
    return moves


def _seen(seen: Seen, part: Part) -> int:
    """Return the version that the actor had before them; the part's own where none was told."""
    told = seen.get(part.id) if isinstance(seen, Mapping) else seen
    return part.version if told is None else told


_WITH_ITS_CASE = (
    f"SELECT {reads.columns(Part, 'p')}, {reads.columns(Case, 'c')},"  # noqa: S608  # names of columns
    f" {places.calendar_version_sql}, {places.directory_version_sql}"
    " FROM cases_part p JOIN cases_case c ON c.id = p.case_id"
)
_LOCK_MANY = f"{_WITH_ITS_CASE} WHERE p.id = ANY(%s) ORDER BY p.id FOR UPDATE OF p"
# Not an array of one: the planner takes an array for ten parts, finds that dear, and plans anew at every step.
_LOCK_ONE = f"{_WITH_ITS_CASE} WHERE p.id = %s FOR UPDATE OF p"


def _move(found: tuple[Any, ...], by: Actor, at: datetime) -> Move:
    part, case, calendar, directory = found
    part.case = case
    # A clock that was set back doesn't date a step before the one that it follows.
    at = max(at, part.since)
    return Move(part, case, places.calendar(calendar), places.directory(directory), by, at)


def _next_state(move: Move, step: Step) -> lifecycle.State:
    here = standing(move.part, move.rule, move.directory, move.today)
    access.require_step(move.by, step, move.part, move.case, held=here.held)
    return lifecycle.take(step, here)


def take(
    move: Move,
    step: Step,
    *,
    words: Mapping[str, Any] | None = None,
    paper: models.Model | None = None,
    **facts: trail.Fact,
) -> Move:
    """Take the step: the only place where a state changes. The caller has set the days that it brings with it.

    :raises NotAllowed: if the actor isn't the one who takes it
    :raises WrongStep: if it doesn't begin where the part stands
    """
    part = move.part
    part.state = str(_next_state(move, step))
    if part.state in FINAL:
        part.closed_on = move.today
        if part.offer_id:
            answered(move, str(custody.Offer.WITHDRAWN))
    rewind(move)
    if paper is not None:
        move.rows.append(paper)
        facts["paper"] = str(paper.pk)
    return note(move, step.verb, f"case.part.{step.verb}", words=words, **facts)


def note(
    move: Move, verb: str, event: str, *, words: Mapping[str, Any] | None = None, **facts: trail.Fact
) -> Move:
    """Add the act and its trail entry, and raise the part's version: somebody who saw the old one is told."""
    part = move.part
    part.version += 1
    part.since, part.last_step, part.last_by = move.at, verb, str(move.by)
    if part.due_on:
        facts["due_on"] = part.due_on.isoformat()
    key = new_id()
    move.rows.append(
        writes.fresh(
            Act,
            id=key,
            case_id=move.case.id,
            part_id=part.id,
            verb=verb,
            by=str(move.by),
            body=move.body,
            at=move.at,
            state=part.state,
            version=part.version,
            words=dict(words) if words else None,
            paper=facts.get("paper"),
        )
    )
    entry = trail.entry(
        event,
        f"part:{part.id}",
        actor=str(move.by),
        at=move.at,
        case=move.case.id,
        state=part.state,
        version=part.version,
        holder=part.holder_id,
        **facts,
    )
    entry.id = key
    move.entries.append(entry)
    return move


def rewind(move: Move) -> None:
    """Set the part's due days anew from the days on which things happened."""
    set_due(move.part, move.rule, move.calendar)


def set_due(part: Part, rule: Rule, calendar: Calendar) -> None:
    """Set the part's due days by a calendar."""
    deadlines = clock.deadlines(days_of(part), rule, calendar)
    bound = next((each for each in deadlines if each.binding), None)
    law = next((each for each in deadlines if each.kind is clock.Kind.STATUTORY), None)
    kind = str(bound.kind) if bound else ""
    if kind != part.due_kind or (bound and bound.on) != part.due_on:
        part.warned = ""
    part.due_kind = kind
    part.due_on = bound.on if bound else None
    part.law_due_on = law.on if law else None
    part.provisional = bool(bound and bound.provisional)
    part.law_provisional = bool(law and law.provisional)
    part.rank_on = part.due_on or NEVER
    part.calendar = int(calendar.name.rsplit(":", 1)[-1] or 0)


def write(moves: Sequence[Move], *others: writes.Write) -> None:
    """Write what the moves changed, in one statement; practice stays out of the trail."""
    rows: dict[type[models.Model], list[models.Model]] = {}
    for move in moves:
        for row in move.rows:
            rows.setdefault(type(row), []).append(row)
    inserts = [writes.Insert(each) for each in rows.values()]
    updates = _joined(update for move in moves for update in move.updates)
    parts = writes.Update([move.part for move in moves], CHANGING)
    entries = [entry for move in moves if not move.case.practice for entry in move.entries]
    trail.record(entries, *others, *inserts, *updates, parts)


def _joined(updates: Iterable[writes.Update]) -> list[writes.Update]:
    """Return the updates with those of the same columns of a table in one."""
    joined: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = {}
    for update in updates:
        joined.setdefault((type(update.rows[0]), update.fields), []).extend(update.rows)
    return [writes.Update(rows, fields) for (_, fields), rows in joined.items()]


def offer(move: Move, to: str) -> None:
    """Offer the part: the giver holds it until the other takes it over.

    :raises Refused: if an offer is open already
    """
    part = move.part
    custody.open_offer(custody.Custody(part.holder_id, part.offered_to_id or ""), to)
    row = Transfer(
        part_id=part.id,
        giver_id=part.holder_id,
        taker_id=to,
        offered_at=move.at,
        offered_by=str(move.by),
        remind_on=move.calendar.after(move.today, REMIND_AFTER).day,
    )
    move.rows.append(row)
    part.offered_to_id, part.offer_id = to, row.id


def answered(move: Move, state: str, reason: str = "") -> None:
    """End the open offer, found by the pointer that the part keeps."""
    assert move.part.offer_id
    row = Transfer(id=move.part.offer_id, state=state, answered_at=move.at, answered_by=str(move.by))
    row.reason = {"text": reason} if reason else None
    move.updates.append(writes.Update([row], ("state", "answered_at", "answered_by", "reason")))
    move.part.offer_id = None
    move.part.offered_to_id = None
