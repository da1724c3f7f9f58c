"""A revision on its way: begun, saved section by section, submitted, sent back, published, or withdrawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.catalogue import access, rules
from tongban.catalogue.models import Change, Item, Proposal, Revision
from tongban.catalogue.rules import proposing, sections
from tongban.lib import writes
from tongban.lib.actors import Actor, Clerk
from tongban.lib.ids import new_id
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.words import clean
from tongban.places import queries as places
from tongban.places.rules import Role
from tongban.trail import actions as trail


def person(by: Actor) -> str:
    """Return who acts, as a person: what a second person is told from."""
    return str(by.account) if isinstance(by, Clerk) else str(by)


def digest(content: Mapping[str, Any]) -> str:
    """Return the hash under which a revision's content is known."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def start(item: str, *, by: Actor, at: datetime) -> Proposal:
    """Return a new draft of an item, with what its newest revision says.

    :raises Missing: if there is no such item, or it has no revision to begin from
    """
    found = Item.objects.filter(pk=item).first()
    base = latest(item)
    if found is None or base is None:
        raise Missing
    access.require(by, Role.EDIT_ITEMS, found, places.directory_now())
    row = begun(found, base, base.content, by, at)
    trail.record([entry("start", row, by, at)], writes.Insert([row]))
    return row


def begun(item: Item, base: Revision, content: Mapping[str, Any], by: Actor, at: datetime) -> Proposal:
    """Return a draft that isn't written yet."""
    return Proposal(
        id=new_id(),
        item=item,
        base=base,
        content=content,
        hands=[person(by)],
        author=str(by),
        started_at=at,
        saved_by=str(by),
        saved_at=at,
    )


def latest(item: str) -> Revision | None:
    """Return the item's newest revision, in force or not; none that was recalled."""
    recalled = Change.objects.filter(item=item, kind="recall", state="published", revision__isnull=False)
    rows = Revision.objects.filter(item=item).exclude(pk__in=recalled.values("revision"))
    return rows.order_by("-number").first()


def entry(verb: str, row: Proposal, by: Actor, at: datetime, **facts: trail.Fact) -> trail.Entry:
    """Return what the trail keeps of a step of a draft."""
    return trail.entry(
        f"catalogue.proposal.{verb}",
        f"proposal:{row.id}",
        actor=str(by),
        at=at,
        case=None,
        item=row.item_id,
        base=row.base_id,
        version=row.version,
        **facts,
    )


def _locked(proposal: UUID, role: Role, by: Actor) -> Proposal:
    """Return the proposal, locked, for who may see it and has the role.

    :raises Missing: for who may not know of it
    :raises NotAllowed: for who may see it only
    """
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("item", "base")
    row = rows.filter(pk=proposal).first()
    if row is None:
        raise Missing
    directory = places.directory_now()
    access.require_sight(by, row.item, directory)
    access.require(by, role, row.item, directory)
    return row


def _require_seen(row: Proposal, seen: int | None) -> None:
    if seen is not None and seen != row.version:
        who = places.who({row.saved_by}).get(row.saved_by, row.saved_by)
        raise Refused("proposal.saved-elsewhere", who=who, at=row.saved_at)


_SAVED = ("content", "state", "version", "hands", "saved_by", "saved_at", "base")


@transaction.atomic
def save(
    proposal: UUID,
    section: str,
    value: Sequence[dict[str, Any]],
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    head: Mapping[str, Any] | None = None,
) -> Proposal:
    """Return the draft with one section as given, the others as they were.

    :param value: the section's rows, as `rules.sections` reads them
    :param head: what stands above its rows, where something does
    :param seen: the version that was shown: nothing is saved over what somebody else saved meanwhile
    :raises Refused: if it isn't open to be written, or was saved by somebody else
    :raises Invalid: names the control of what can't stand beside the rest of the item
    """
    row = _locked(proposal, Role.EDIT_ITEMS, by)
    _require_seen(row, seen)
    row.content, wrong = sections.checked(sections.SECTIONS[section], row.content, value, head)
    for name, each in wrong.items():
        raise Invalid(each.code, field=name, **dict(each.values))
    _keep(row, by, at, section=section)
    return row


def _keep(row: Proposal, by: Actor, at: datetime, **facts: trail.Fact) -> None:
    """Write the draft as it is now, with who had a hand in it."""
    row.state = str(proposing.step("save", row.state))
    row.version += 1
    row.hands = sorted({*row.hands, person(by)})
    row.saved_by, row.saved_at = str(by), at
    trail.record([entry("save", row, by, at, **facts)], writes.Update([row], _SAVED))


@transaction.atomic
def follow_on(proposal: UUID, *, by: Actor, at: datetime) -> Proposal:
    """Return the draft, from now on compared with the newest revision: somebody published one meanwhile."""
    row = _locked(proposal, Role.EDIT_ITEMS, by)
    row.base = latest(row.item_id)
    _keep(row, by, at)
    return row


@transaction.atomic
def submit(
    proposal: UUID,
    valid_from: date | None,
    reason: Mapping[str, str],
    rests_on: str,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Proposal:
    """Hand the draft in for review: from which day it is to hold, why, and on which document it rests.

    :raises Invalid: if one of them is missing
    :raises Refused: if what it says is contradictory or incomplete, or it changes nothing
    """
    row = _locked(proposal, Role.EDIT_ITEMS, by)
    _require_seen(row, seen)
    row.state = str(proposing.step("submit", row.state))
    _require_whole(row)
    row.valid_from = proposing.require_day(valid_from, timezone.localdate(at), _day(row.base))
    row.reason, row.rests_on = words(reason), basis(rests_on)
    row.hands = sorted({*row.hands, person(by)})
    row.submitted_at, row.answer = at, ""
    fields = ("state", "valid_from", "reason", "rests_on", "hands", "submitted_at", "answer")
    told = entry("submit", row, by, at, valid_from=row.valid_from.isoformat())
    trail.record([told], writes.Update([row], fields))
    return row


def _day(revision: Revision | None) -> date | None:
    return revision.valid_from if revision else None


def words(reason: Mapping[str, str]) -> dict[str, str]:
    """Return a reason, cleaned.

    :raises Invalid: if it isn't given in Chinese
    """
    said = {
        key: clean(reason.get(key, ""), field=f"reason_{key}", limit=500, lines=True) for key in ("zh", "en")
    }
    if not said["zh"]:
        raise Invalid("words.missing", field="reason_zh")
    return said


def basis(rests_on: str) -> str:
    """Return the normative document that something rests on, cleaned.

    :raises Invalid: if none is named
    """
    said = clean(rests_on, field="rests_on", limit=200)
    if not said:
        raise Invalid("words.missing", field="rests_on")
    return said


def _require_whole(row: Proposal) -> None:
    if found := rules.faults(row.content):
        raise Refused("proposal.incomplete", count=len(found))
    if row.base and not rules.compare(row.base.content, row.content):
        raise Refused("proposal.unchanged")


@transaction.atomic
def send_back(proposal: UUID, answer: str, *, by: Actor, at: datetime) -> Proposal:
    """Send what was submitted back to its author, with what has to be put right.

    :raises Invalid: if nothing is said
    """
    row = _locked(proposal, Role.APPROVE_ITEMS, by)
    row.state = str(proposing.step("return", row.state))
    row.answer = clean(answer, field="answer", limit=1000, lines=True)
    if not row.answer:
        raise Invalid("words.missing", field="answer")
    row.decided_by, row.decided_at = str(by), at
    trail.record(
        [entry("return", row, by, at)],
        writes.Update([row], ("state", "answer", "decided_by", "decided_at")),
    )
    return row


@transaction.atomic
def withdraw(proposal: UUID, *, by: Actor, at: datetime) -> Proposal:
    """Give the draft up; it stays readable."""
    row = _locked(proposal, Role.EDIT_ITEMS, by)
    row.state = str(proposing.step("withdraw", row.state))
    trail.record([entry("withdraw", row, by, at)], writes.Update([row], ("state",)))
    return row
