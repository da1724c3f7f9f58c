"""Revisions side by side, with those that are on their way, and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from tongban.catalogue import access, rules
from tongban.catalogue.models import Change, Item, Proposal, Revision
from tongban.catalogue.queries.items import standing_of
from tongban.catalogue.rules.proposing import force
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing, Refused
from tongban.lib.texts import Text
from tongban.places import queries as places
from tongban.places.rules import Role


@dataclass(frozen=True, slots=True)
class Side:
    """One of the revisions that stand side by side: published or on its way.

    :param state: scheduled, in-force, ended or recalled; draft, review, returned or withdrawn
    """

    key: str
    number: int | None
    state: str
    valid_from: date | None
    valid_until: date | None
    reason: Text
    rests_on: str
    author: str
    approver: str
    at: datetime | None
    proposal: UUID | None
    content: Mapping[str, Any]

    @property
    def token(self) -> str:
        """Return what names it in an address."""
        return str(self.number or self.proposal)


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of standing, proposed or decided."""

    id: UUID
    kind: str
    state: str
    on: date | None
    until: date | None
    reason: Text
    rests_on: str
    author: str
    decided_by: str
    answer: str
    successors: tuple[str, ...]
    revision: int | None
    recalls: UUID | None


@dataclass(frozen=True, slots=True)
class Account:
    """Everything about an item: its base facts, its standing, its revisions and changes; what the clerk may do."""

    code: str
    base_code: str
    name: Text
    type: str
    department: Text
    keeper: str
    standing: rules.Standing
    sides: list[Side]
    changes: list[Changed]
    successors: list[tuple[str, Text]]
    may_edit: bool
    may_approve: bool

    @property
    def current(self) -> Side | None:
        """Return the revision in force."""
        return next((side for side in self.sides if side.state == "in-force"), None)


def account(code: str, by: Clerk, day: date) -> Account:
    """Return everything about an item; what is on its way is shown to who writes or approves it.

    :raises Missing: if there is no such item
    """
    item = Item.objects.filter(pk=code).first()
    if item is None:
        raise Missing
    directory = places.directory_now()
    edits, approves = (
        access.may(by, role, item, directory) for role in (Role.EDIT_ITEMS, Role.APPROVE_ITEMS)
    )
    inside = edits or approves
    published = list(Revision.objects.filter(item=code).order_by("-number"))
    rows = Proposal.objects.filter(item=code).exclude(state="published").order_by("-saved_at")
    drafts = list(rows) if inside else []
    changes = list(Change.objects.filter(item=code).select_related("revision").order_by("-started_at"))
    shown = [each for each in changes if inside or each.state == "published"]
    names = places.who(_actors(published, drafts, shown))
    recalled = {each.revision_id for each in changes if each.kind == "recall" and each.state == "published"}
    successors = item.replaced_by.order_by("code").values_list("code", "name") if item.ended_on else []
    return Account(
        code=item.code,
        base_code=item.base_code,
        name=Text.of(item.name),
        type=item.type,
        department=Text.of(item.department),
        keeper=_keeper(item, by),
        standing=standing_of(item, day),
        sides=[
            *(_draft(each, names) for each in drafts),
            *(_side(each, item, day, names, each.key in recalled) for each in published),
        ],
        changes=[_changed(each, names) for each in shown],
        successors=[(each, Text.of(name)) for each, name in successors],
        may_edit=edits,
        may_approve=approves,
    )


def _actors(published: list[Revision], drafts: list[Proposal], changes: list[Change]) -> set[str]:
    found = {actor for each in published for actor in (each.author, each.approver)}
    return found | {actor for each in (*drafts, *changes) for actor in (each.author, each.decided_by)}


def _keeper(item: Item, by: Clerk) -> str:
    directory = places.directory_now()
    try:
        return str(directory.body(access.keeper(item, by.region, directory)).name)
    except Missing:
        return ""


def _side(row: Revision, item: Item, day: date, names: Mapping[str, str], recalled: bool) -> Side:
    until = min(filter(None, (row.valid_until, item.ended_on)), default=None)
    return Side(
        key=row.key,
        number=row.number,
        state="recalled" if recalled else str(force(row.valid_from, until, day)),
        valid_from=row.valid_from,
        valid_until=until,
        reason=Text.of(row.reason or None),
        rests_on=row.rests_on,
        author=names.get(row.author, row.author),
        approver=names.get(row.approver, row.approver),
        at=row.published_at,
        proposal=None,
        content=row.content,
    )


def _draft(row: Proposal, names: Mapping[str, str]) -> Side:
    return Side(
        key=str(row.id),
        number=None,
        state=row.state,
        valid_from=row.valid_from,
        valid_until=None,
        reason=Text.of(row.reason or None),
        rests_on=row.rests_on,
        author=names.get(row.author, row.author),
        approver=names.get(row.decided_by, row.decided_by),
        at=row.saved_at,
        proposal=row.id,
        content=row.content,
    )


def _changed(row: Change, names: Mapping[str, str]) -> Changed:
    return Changed(
        id=row.id,
        kind=row.kind,
        state=row.state,
        on=row.valid_from,
        until=row.until,
        reason=Text.of(row.reason or None),
        rests_on=row.rests_on,
        author=names.get(row.author, row.author),
        decided_by=names.get(row.decided_by, row.decided_by),
        answer=row.answer,
        successors=tuple(row.successors),
        revision=row.revision.number if row.revision else None,
        recalls=row.recalls_id,
    )


def standing(code: str, day: date) -> rules.Standing:
    """Return whether an item can be received on a day.

    :raises Missing: if there is no such item
    """
    item = Item.objects.filter(pk=code).first()
    if item is None:
        raise Missing
    return standing_of(item, day)


def stopped(day: date) -> dict[str, rules.Standing]:
    """Return by code how every item stands that can't be received on a day: suspended or ended."""
    rows = Item.objects.filter(Q(suspended_on__lte=day) | Q(ended_on__lte=day))
    found = {item.code: standing_of(item, day) for item in rows}
    return {code: stands for code, stands in found.items() if not stands.is_open}


def successors(code: str) -> list[tuple[str, Text]]:
    """Return the items that an ended one was replaced by."""
    rows = Item.objects.filter(replaces=code).order_by("code").values_list("code", "name")
    return [(each, Text.of(name)) for each, name in rows]


def require_open(code: str, day: date) -> None:
    """Let pass only an item that a window can receive on a day.

    :raises Refused: says that it's suspended, until when, or that it has ended
    """
    stands = standing(code, day)
    if stands.is_open:
        return
    because = str(stands.because)
    if stands.state == "ended":
        raise Refused("item.ended", because=because)
    if stands.until is None:
        raise Refused("item.suspended", because=because)
    raise Refused("item.suspended-until", because=because, day=stands.until.isoformat())


def stopped_sql(revision: str) -> str:
    """Return a scalar subselect that says whether the item of a revision has any day on which it stops.

    :param revision: the column that holds the revision's key, from the code, never from what people type
    """
    return (
        "(SELECT i.suspended_on IS NOT NULL OR i.ended_on IS NOT NULL FROM catalogue_item i"  # noqa: S608
        f" JOIN catalogue_revision r ON r.item_id = i.code WHERE r.key = {revision})"
    )
