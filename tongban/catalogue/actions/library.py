"""The library of materials, and the texts beside an item."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from tongban.catalogue import access
from tongban.catalogue.models import Instruction, Item, Standard
from tongban.catalogue.rules import checks
from tongban.catalogue.rules.library import TEXTS
from tongban.lib import writes
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Refused
from tongban.lib.words import clean
from tongban.places import queries as places
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
