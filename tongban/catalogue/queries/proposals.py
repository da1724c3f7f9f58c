"""Revisions and changes of standing that are on their way, for who writes or approves them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from tongban.catalogue import access, rules
from tongban.catalogue.models import Change, Item, Proposal
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.places import queries as places
from tongban.places.rules import Role


@dataclass(frozen=True)
class Draft:
    """A proposal with all that its pages show."""

    row: Proposal
    saved_by: str
    author: str
    decided_by: str
    may_edit: bool
    may_approve: bool
    own: bool

    @property
    def content(self) -> Mapping[str, Any]:
        """Return what it says."""
        found: Mapping[str, Any] = self.row.content
        return found

    @cached_property
    def faults(self) -> list[rules.Fault]:
        """Return everything that keeps it from being published."""
        return rules.faults(self.content)

    @cached_property
    def differences(self) -> tuple[rules.Difference, ...]:
        """Return what it says differently than the revision that it was begun from."""
        return rules.compare(self.row.base.content, self.content) if self.row.base else ()


def proposal(key: UUID, by: Clerk) -> Draft:
    """Return a proposal.

    :raises Missing: if there is none, or it's none of the clerk's business
    """
    row = Proposal.objects.select_related("item", "base").filter(pk=key).first()
    if row is None:
        raise Missing
    directory = places.directory_now()
    access.require_sight(by, row.item, directory)
    names = places.who({row.author, row.saved_by, row.decided_by})
    return Draft(
        row=row,
        saved_by=names.get(row.saved_by, ""),
        author=names.get(row.author, ""),
        decided_by=names.get(row.decided_by, ""),
        may_edit=access.may(by, Role.EDIT_ITEMS, row.item, directory),
        may_approve=access.may(by, Role.APPROVE_ITEMS, row.item, directory),
        own=str(by.account) in row.hands,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the clerk's body: a draft, or a change of standing."""

    item: str
    name: Text
    kind: str
    state: str
    key: UUID
    at: datetime


def waiting(by: Clerk) -> list[Waiting]:
    """Return what is on its way at the items that the clerk writes or approves, last touched first."""
    directory = places.directory_now()
    open_ones = ("draft", "review", "returned")
    rows = Proposal.objects.select_related("item").filter(state__in=open_ones).order_by("-saved_at")
    changes = Change.objects.select_related("item").filter(state="review").order_by("-started_at")
    found = [
        *(Waiting(r.item_id, Text.of(r.item.name), "revision", r.state, r.id, r.saved_at) for r in rows),
        *(Waiting(r.item_id, Text.of(r.item.name), r.kind, r.state, r.id, r.started_at) for r in changes),
    ]
    items = {r.item_id: r.item for r in rows} | {r.item_id: r.item for r in changes}
    ours = {code for code, item in items.items() if _concerns(by, item, directory)}
    return sorted((each for each in found if each.item in ours), key=lambda each: each.at, reverse=True)


def _concerns(by: Clerk, item: Item, directory: Any) -> bool:
    return any(access.may(by, role, item, directory) for role in (Role.EDIT_ITEMS, Role.APPROVE_ITEMS))


@dataclass(frozen=True, slots=True)
class Beside:
    """Another change of standing that was proposed at once with one."""

    item: str
    name: Text
    state: str
    key: UUID


def beside(key: UUID) -> list[Beside]:
    """Return the changes of standing that were proposed at once with one, by item."""
    together = Change.objects.filter(pk=key).values_list("together", flat=True).first()
    rows = Change.objects.filter(together=together).exclude(pk=key).select_related("item").order_by("item")
    found = rows if together else rows.none()
    return [Beside(row.item_id, Text.of(row.item.name), row.state, row.id) for row in found]


def items_written_by(by: Clerk) -> list[tuple[str, Text]]:
    """Return the items that go on and whose rules the clerk writes, by code."""
    directory = places.directory_now()
    rows = Item.objects.filter(revisions__isnull=False, ended_on__isnull=True).distinct().order_by("code")
    return [(row.code, Text.of(row.name)) for row in rows if access.may(by, Role.EDIT_ITEMS, row, directory)]
