"""Loading the catalogue from data: idempotent, and never changing what was published."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from tongban.catalogue import rules
from tongban.catalogue.actions.library import load_instructions
from tongban.catalogue.actions.revising import digest
from tongban.catalogue.models import Item, Revision, Theme
from tongban.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    themes: int
    entries: int
    revisions: int


@transaction.atomic
def load(folder: Path) -> Loaded:
    """Load themes, the national list's entries and the complete items of a folder.

    :raises Refused: if a published revision would be changed; it has to get a new number instead
    :raises catalogue.rules.Broken: if an item's content contradicts itself
    """
    data = folder.parent
    laws, procedures = _json(data / "laws.json"), _json(data / "procedures.json")
    themes = _load_themes(_json(data / "themes.json"))
    contents = [_json(path) for path in sorted(folder.glob("*.json"))]
    complete = {content["national_code"]: content for content in contents if content.get("national_code")}
    rows = _rows(folder / "national.csv")
    entries = [_entry(row) for row in rows if row["code"] not in complete]
    _upsert(entries)
    revisions = sum(_publish(content, laws, procedures) for content in contents)
    _join(rows, complete)
    if (texts := data / "catalogue" / "instructions.json").exists():
        load_instructions(texts)
    return Loaded(themes, len(rows), revisions)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _load_themes(themes: list[dict[str, Any]]) -> int:
    rows = [
        Theme(code=theme["code"], name=theme["name"], subject=theme["subject"], position=position)
        for position, theme in enumerate(themes)
    ]
    Theme.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["name", "subject", "position"]
    )
    return len(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _join(rows: list[dict[str, str]], complete: dict[str, dict[str, Any]]) -> None:
    """Keep the national list's row with the complete item that it became, so that neither is shown twice."""
    for row in rows:
        if content := complete.get(row["code"]):
            Item.objects.filter(pk=content["code"]).update(entry=row)


def _entry(row: dict[str, str]) -> Item:
    name = {"zh": row["name_zh"], "en": row["name_en"]}
    subjects = "person,company" if row["subjects"] == "both" else row["subjects"]
    return Item(
        code=row["code"],
        name=name,
        theme_id=row["theme"],
        subjects=subjects,
        department={"zh": row["ministry"], "en": row.get("ministry_en", "")},
        words=_words(name, row["code"], []),
        entry=row,
    )


def _upsert(items: list[Item]) -> None:
    names = ["base_code", "name", "type", "theme", "subjects", "department", "words", "entry"]
    names += ["illustrative", "owner"]
    Item.objects.bulk_create(items, update_conflicts=True, unique_fields=["code"], update_fields=names)


def _publish(content: dict[str, Any], laws: dict[str, Any], procedures: dict[str, Any]) -> int:
    """Publish one item file as a revision; returns 1 if it's new, 0 if it stands already."""
    whole = _resolved(content, laws, procedures)
    rules.parse(whole)
    _upsert([_item(content)])
    sha256 = digest(whole)
    key = f"{content['code']}@{content['revision']}"
    stands = Revision.objects.filter(pk=key).first()
    if stands is None:
        earlier = Revision.objects.filter(item=content["code"], valid_until__isnull=True)
        earlier.filter(number__lt=content["revision"]).update(valid_until=content["valid_from"])
        Revision.objects.create(
            key=key,
            item_id=content["code"],
            number=content["revision"],
            content=whole,
            sha256=sha256,
            valid_from=date.fromisoformat(content["valid_from"]),
        )
        return 1
    if stands.sha256 != sha256:
        raise Refused("revision.published", key=key)
    return 0


def _resolved(content: dict[str, Any], laws: dict[str, Any], procedures: dict[str, Any]) -> dict[str, Any]:
    """Return the content with its procedure and the titles of its laws in it, so that it stands for itself."""
    procedure = {"code": content["procedure"], **procedures[content["procedure"]]}
    basis = [{**each, "title": laws[each["law"]]["title"]} for each in content["basis"]]
    whole = {**content, "procedure": procedure, "basis": basis}
    if presence := content.get("presence"):
        whole["presence"] = {**presence, "title": laws[presence["law"]]["title"]}
    return whole


def _item(content: dict[str, Any]) -> Item:
    return Item(
        code=content["code"],
        base_code=content.get("base_code", ""),
        name=content["name"],
        type=content["type"],
        theme_id=content["theme"],
        subjects=",".join(content["subjects"]),
        department=content["department"],
        words=_words(content["name"], content["code"], content.get("aliases", [])),
        illustrative=content.get("illustrative", True),
        owner=content.get("owner", content["decided_by"]),
    )


def _words(name: dict[str, str], code: str, aliases: list[str]) -> str:
    """Return what may be typed to find an item, a line each."""
    spoken = [name["zh"], *aliases]
    lines = [*spoken, name.get("en", ""), code, *(line for word in spoken for line in _pinyin(word))]
    return "\n".join(dict.fromkeys(line.lower() for line in lines if line))


def _pinyin(word: str) -> Iterator[str]:
    yield "".join(lazy_pinyin(word))
    yield "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))
