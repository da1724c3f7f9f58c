"""The library of materials, with the items that use each; the texts beside an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from tongban.catalogue import access
from tongban.catalogue.models import Instruction, Item, Proposal, Revision, Standard
from tongban.catalogue.queries.items import Edition, edition, holds
from tongban.catalogue.rules.library import apart
from tongban.catalogue.rules.proposing import ON_THEIR_WAY, Standing, standing
from tongban.lib.actors import Actor
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.places import queries as places
from tongban.places.rules import Role


@dataclass(frozen=True, slots=True)
class Shelved:
    """A material of the library, with its content."""

    code: str
    name: Text
    content: Mapping[str, Any]
    version: int
    sample_file: str
    used: int = 0


@dataclass(frozen=True, slots=True)
class Touched:
    """An item whose newest revision took a material from the library, and in what the two have come apart.

    :param draft: its open draft, where the reader may know of it
    :param ours: whether the reader writes for the department that keeps it
    """

    item: str
    name: Text
    revision: str
    material: str
    apart: list[str]
    draft: UUID | None = None
    ours: bool = False


def shelf() -> list[Shelved]:
    """Return the library, by code, with how many items use each material; two statements."""
    counts: dict[str, int] = {}
    for _, content, *_ in _newest():
        for code in {each.get("library") for each in content["materials"] if each.get("library")}:
            counts[code] = counts.get(code, 0) + 1
    return [_shelved(row, counts.get(row.code, 0)) for row in Standard.objects.order_by("code")]


def _shelved(row: Standard, used: int = 0) -> Shelved:
    return Shelved(
        row.code, Text.of(row.content["name"]), row.content, row.version, row.sample_file_id or "", used
    )


def _newest() -> list[tuple[str, Any, str, Any]]:
    """Return item, content, key and name of each item's newest revision that uses the library."""
    rows = Revision.objects.order_by("item", "-number").distinct("item")
    found = rows.values_list("item_id", "content", "key", "item__name")
    return [row for row in found if any(each.get("library") for each in row[1]["materials"])]


def standards() -> dict[str, Mapping[str, Any]]:
    """Return what the library says, by code."""
    return dict(Standard.objects.order_by("code").values_list("code", "content"))


def standard(code: str) -> Shelved:
    """Return a material of the library.

    :raises Missing: if there is none
    """
    row = Standard.objects.filter(pk=code).first()
    if row is None:
        raise Missing
    return _shelved(row)


def touched(code: str, content: Mapping[str, Any], by: Actor) -> list[Touched]:
    """Return the items that a change of the library's material would touch: their newest revisions stay as they are."""
    found = [
        (item, said, key, material)
        for item, said, key, _name in _newest()
        for material in said["materials"]
        if material.get("library") == code
    ]
    items = Item.objects.in_bulk({each[0] for each in found})
    directory = places.directory_now()
    ours = {code for code, item in items.items() if access.may(by, Role.EDIT_ITEMS, item, directory)}
    rows = Proposal.objects.filter(item__in=ours, state__in=ON_THEIR_WAY).order_by("saved_at")
    drafts = dict(rows.values_list("item", "id"))
    return [
        Touched(
            item,
            Text.of(items[item].name),
            key,
            material["code"],
            apart(material, content),
            drafts.get(item),
            item in ours,
        )
        for item, _said, key, material in found
        if items[item].ended_on is None
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A text that stands beside an item."""

    kind: str
    title: Text
    text: Text
    issued_on: date
    source: str
    illustrative: bool


def instructions(item: str, day: date) -> list[Told]:
    """Return the implementing rules and service standards of an item that hold on a day, newest first."""
    rows = _beside(day).filter(item=item).values_list(_said(), flat=True)
    return [_told(row) for row in rows]


def _beside(day: date) -> QuerySet[Instruction]:
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    return Instruction.objects.filter(holds, issued_on__lte=day).order_by("-issued_on", "code")


def _said() -> JSONObject:
    names = ("kind", "title", "text", "issued_on", "source", "illustrative")
    return JSONObject(**{name: name for name in names})


def _told(row: Mapping[str, Any]) -> Told:
    issued_on = date.fromisoformat(row["issued_on"])
    title, text = Text.of(row["title"]), Text.of(row["text"])
    return Told(row["kind"], title, text, issued_on, row["source"], row["illustrative"])


@dataclass(frozen=True, slots=True)
class Page:
    """What an item's page shows: the revision in force, whether the item is suspended, and what stands beside it."""

    edition: Edition
    standing: Standing
    beside: list[Told]


def item_page(item: str, day: date) -> Page:
    """Return what an item's page shows on a day, in one statement.

    :raises Missing: if no revision is in force
    """
    beside = _beside(day).filter(item=OuterRef("item")).values(said=_said())
    rows = Revision.objects.filter(holds(day), item=item).annotate(beside=ArraySubquery(beside))
    names = ("suspended_on", "suspended_until", "ended_on", "stopped_because")
    found = rows.order_by("-valid_from", "-number").values_list(
        "key", "beside", *(f"item__{name}" for name in names)
    )
    for key, told, suspended_on, until, ended_on, because in found[:1]:
        stands = standing(day, suspended_on, until, ended_on, Text.of(because or None))
        return Page(edition(key), stands, [_told(each) for each in told])
    raise Missing


def items_to_choose() -> list[tuple[str, Text]]:
    """Return the items that can be received, for choosing a successor."""
    rows = Item.objects.filter(revisions__isnull=False, ended_on__isnull=True).distinct().order_by("code")
    return [(code, Text.of(name)) for code, name in rows.values_list("code", "name")]
