"""The library of materials, and the texts beside an item."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tongban.catalogue import access
from tongban.catalogue.actions import revising
from tongban.catalogue.models import Instruction, Item, Proposal, Revision, Standard
from tongban.catalogue.rules import checks
from tongban.catalogue.rules.library import TEXTS, apart, taken
from tongban.catalogue.rules.proposing import ON_THEIR_WAY
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.words import clean
from tongban.places import queries as places
from tongban.places.rules import Role
from tongban.trail import actions as trail

_FIELDS = ("content", "sample_file", "version", "saved_by", "saved_at")


@transaction.atomic
def save_standard(
    code: str,
    content: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    sample_file: str = "",
    seen: int | None = None,
) -> Standard:
    """Return a material of the library as given; what was published with it before stays as it was.

    :param sample_file: the hash of a sample that the gate let in; "" leaves the one that is there
    :raises Invalid: if a text is missing or is a catch-all
    :raises Refused: if somebody else saved it meanwhile
    """
    access.require_librarian(by, places.directory_now())
    row = Standard.objects.select_for_update().filter(pk=code).first()
    if seen is not None and seen != (row.version if row else 0):
        raise Refused("standard.saved-elsewhere")
    made = row is None
    row = row or Standard(code=code, version=0)
    row.content = _cleaned(content)
    row.sample_file_id = sample_file or row.sample_file_id
    row.version, row.saved_by, row.saved_at = row.version + 1, str(by), at
    entry = trail.entry(
        "catalogue.standard.save", f"standard:{code}", actor=str(by), at=at, version=row.version
    )
    trail.record([entry], writes.Insert([row]) if made else writes.Update([row], _FIELDS))
    return row


def _cleaned(content: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = dict(content)
    for key in TEXTS:
        said = content.get(key) or {}
        cleaned[key] = {
            language: clean(said.get(language, ""), field=f"{key}.{language}", limit=2000, lines=True)
            for language in ("zh", "en")
        }
        if key != "issuer" and not cleaned[key]["zh"]:
            raise Invalid("words.missing", field=f"{key}.zh")
    if any(checks.is_vague(said) for said in cleaned["name"].values()):
        raise Invalid("editor.catch-all", field="name.zh")
    return cleaned


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of the items that a library's material touches: drafts begun, and items left alone by code.

    :param waiting: those that have an open draft already
    :param elsewhere: those that another department keeps
    """

    begun: list[Proposal]
    waiting: list[str]
    elsewhere: list[str]


@transaction.atomic
def revise_touched(code: str, *, by: Actor, at: datetime, seen: int | None = None) -> Drafted:
    """Begin a draft for every item whose newest revision says something else than the library's material does.

    All of them or none. Each draft takes the material over anew and changes nothing else; a second person of the
    department reviews it like any other.

    :param seen: the version of the material that was shown
    :raises Missing: if the library has no such material
    :raises Refused: if somebody else saved it meanwhile, or there is no item for which a draft could be begun
    """
    directory = places.directory_now()
    access.require_librarian(by, directory)
    # Whoever presses the same button waits here, and then finds the drafts.
    row = Standard.objects.select_for_update().filter(pk=code).first()
    if row is None:
        raise Missing
    if seen is not None and seen != row.version:
        raise Refused("standard.saved-elsewhere")
    found = _differing(row)
    drafted = Proposal.objects.filter(item__in=[each.item for each in found], state__in=ON_THEIR_WAY)
    waiting = set(drafted.values_list("item", flat=True))
    free = [each for each in found if each.item_id not in waiting]
    ours = [each for each in free if access.may(by, Role.EDIT_ITEMS, each.item, directory)]
    if not ours:
        raise Refused("standard.nothing-to-draft")
    made = [_taking_over(each, row, by, at) for each in ours]
    told = [revising.entry("start", each, by, at, standard=code) for each in made]
    told.append(
        trail.entry(
            "catalogue.standard.draft",
            f"standard:{code}",
            actor=str(by),
            at=at,
            version=row.version,
            items=",".join(each.item_id for each in made),
            left=",".join(sorted(waiting)),
        )
    )
    trail.record(told, writes.Insert(made))
    return Drafted(made, sorted(waiting), [each.item_id for each in free if each not in ours])


def _differing(standard: Standard) -> list[Revision]:
    """Return the newest revisions, of items that go on, that took the material over and say it otherwise."""
    rows = Revision.objects.filter(item__ended_on__isnull=True).select_related("item")
    return [
        each
        for each in rows.order_by("item", "-number").distinct("item")
        if any(_differs(material, standard) for material in each.content["materials"])
    ]


def _differs(material: Mapping[str, Any], standard: Standard) -> bool:
    return material.get("library") == standard.code and bool(apart(material, standard.content))


def _taking_over(base: Revision, standard: Standard, by: Actor, at: datetime) -> Proposal:
    materials = [
        taken(each, standard.code, standard.content) if _differs(each, standard) else each
        for each in base.content["materials"]
    ]
    return revising.begun(base.item, base, {**base.content, "materials": materials}, by, at)


@transaction.atomic
def load_library(path: Path, *, by: Actor, at: datetime) -> int:
    """Load the materials of a file that the library doesn't have yet, and return how many."""
    known = set(Standard.objects.values_list("code", flat=True))
    rows = json.loads(path.read_text(encoding="utf-8"))
    new = [row for row in rows if row["code"] not in known]
    for row in new:
        content = {key: value for key, value in row.items() if key != "code"}
        save_standard(row["code"], content, by=by, at=at)
    return len(new)


@transaction.atomic
def load_instructions(path: Path) -> int:
    """Load implementing rules and service standards from a file; returns how many belong to items that are known."""
    known = set(Item.objects.values_list("code", flat=True))
    rows = [row for row in json.loads(path.read_text(encoding="utf-8")) if row["item"] in known]
    made = [
        Instruction(
            code=row["code"],
            item_id=row["item"],
            kind=row["kind"],
            title=row["title"],
            text=row["text"],
            issued_on=date.fromisoformat(row["issued_on"]),
            source=row["source"],
            illustrative=row.get("illustrative", True),
        )
        for row in rows
    ]
    names = ["item", "kind", "title", "text", "issued_on", "source", "illustrative"]
    Instruction.objects.bulk_create(made, update_conflicts=True, unique_fields=["code"], update_fields=names)
    return len(made)
