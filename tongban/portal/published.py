"""The tables that are published as open data: items, halls, and the lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Entry
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.lists.queries import standing
from tongban.lists.rules.says import Says
from tongban.places import queries as places
from tongban.portal.public import speaking
from tongban.portal.tables import Dataset
from tongban.portal.zone_words import MODES

_NAMES = {"name_zh": _("Name, Chinese"), "name_en": _("Name, English")}
ITEMS: Mapping[str, str | Promise] = {
    "code": _("Item code"),
    **_NAMES,
    "theme": _("Theme"),
    "theme_zh": _("Theme, Chinese"),
    "theme_en": _("Theme, English"),
    "department_zh": _("In charge"),
    "subjects": _("Person or company"),
    "revision": _("Edition in force; 0 where there is none"),
    "valid_from": _("In force since"),
    "promised_days": _("Promised limit, days"),
    "promised_unit": _("Working or calendar days"),
    "statutory_days": _("Limit by law, days"),
    "statutory_unit": _("Working or calendar days, by law"),
    "fee_cny": _("Fee in yuan"),
    "illustrative": _("Illustrative"),
    "standing": _("Whether it can be applied for: open, suspended or ended"),
}
HALLS: Mapping[str, str | Promise] = {
    "code": _("Code of the hall"),
    **_NAMES,
    "region": _("Region (GB/T 2260)"),
    "address": _("Street address"),
    "hours": _("Opening hours (OpenStreetMap)"),
    "illustrative": _("Illustrative"),
}
LISTS: Mapping[str, str | Promise] = {
    "item": _("Item code"),
    **_NAMES,
    "batch": _("Batch"),
    "deadline": _("Deadline"),
    "unit_zh": _("Responsible unit, Chinese"),
    "unit_en": _("Responsible unit, English"),
    "modes": _("How it is handled"),
    "modes_zh": _("How it is handled, Chinese"),
    "modes_en": _("How it is handled, English"),
    "direction": _("Direction"),
    "evidence": _("How the entry got here"),
    "source": _("Source"),
    "trust": _("How well the source was read"),
    "note": _("Note"),
    "valid_from": _("Published so since"),
}


def datasets(day: date) -> list[Dataset]:
    """Return all tables that are published."""
    return [make(day) for make in _TABLES.values()]


def dataset(code: str, day: date) -> Dataset:
    """Return one table.

    :raises Missing: if there is none of that name
    """
    if code not in _TABLES:
        raise Missing
    return _TABLES[code](day)


def _items(day: date) -> Dataset:
    entries = catalogue.everything(day)
    return Dataset(
        code="items",
        name=_("Items"),
        says=_("Every item by its code, with the limits and the fee of its edition in force."),
        columns=ITEMS,
        shown=("code", "name_zh", "name_en", "theme_zh", "theme_en", "promised_days", "revision"),
        rows=[_item(each) for each in entries],
        modified=max((each.since for each in entries if each.since), default=None),
        illustrative=any(each.illustrative for each in entries),
    )


def _item(each: Entry) -> dict[str, Any]:
    promised, statutory = each.limits.get("promised") or {}, each.limits.get("statutory") or {}
    return {
        "code": each.code,
        "name_zh": each.name.zh,
        "name_en": each.name.en,
        "theme": each.theme,
        "theme_zh": each.theme_name.zh,
        "theme_en": each.theme_name.en,
        "department_zh": each.department.zh,
        "subjects": each.subjects,
        "revision": each.number,
        "valid_from": each.since.isoformat() if each.since else "",
        "promised_days": promised.get("days", ""),
        "promised_unit": promised.get("unit", ""),
        "statutory_days": statutory.get("days", ""),
        "statutory_unit": statutory.get("unit", ""),
        "fee_cny": each.fee,
        "illustrative": "yes" if each.illustrative else "no",
        "standing": each.standing,
    }


def _halls(day: date) -> Dataset:
    found = [hall for region in places.halls().values() for hall in region]
    rows = [
        {
            "code": hall.code,
            "name_zh": hall.name_zh,
            "name_en": hall.name_en,
            "region": hall.region_id,
            "address": hall.address,
            "hours": hall.hours,
            "illustrative": "yes" if hall.illustrative else "no",
        }
        for hall in found
    ]
    return Dataset(
        code="halls",
        name=_("Halls"),
        says=_("Every hall with a window for other places."),
        columns=HALLS,
        shown=("code", "name_zh", "name_en", "hours"),
        rows=rows,
        modified=None,
        illustrative=True,
    )


def _listed(code: str, name: str | Promise, says: str | Promise) -> Callable[[date], Dataset]:
    def make(day: date) -> Dataset:
        found = list(standing.standing_on(code, day).select_related("batch", "item"))
        called = {spoken: _modes(spoken) for spoken in ("zh", "en")}
        shown = ("item", "name_zh", "name_en", "deadline", "unit_zh", "unit_en", "modes_zh", "modes_en")
        return Dataset(
            code=code,
            name=name,
            says=says,
            columns=LISTS,
            shown=shown,
            rows=[_entry(each, called) for each in found],
            modified=max((each.valid_from for each in found), default=None),
            illustrative=True,
        )

    return make


def _modes(spoken: str) -> dict[str, str]:
    """Return what the ways of handling are called in a language."""
    with speaking(spoken):
        return {mode: str(name) for mode, name in MODES.items()}


def _entry(row: Any, called: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return what stands on a list of an item, as it was published."""
    said, name = Says.of(row.says), Text.of(row.item.name)
    return {
        "item": row.item_id,
        "name_zh": name.zh,
        "name_en": name.en,
        "batch": row.batch.code,
        "deadline": row.deadline.isoformat() if row.deadline else "",
        "unit_zh": said.unit.zh,
        "unit_en": said.unit.en,
        "modes": "|".join(said.modes),
        "modes_zh": "、".join(called["zh"].get(mode, mode) for mode in said.modes),
        "modes_en": ", ".join(called["en"].get(mode, mode) for mode in said.modes),
        "direction": str(said.direction),
        "evidence": said.evidence,
        "source": said.source,
        "trust": said.trust,
        "note": said.note.zh,
        "valid_from": row.valid_from.isoformat(),
    }


_TABLES: dict[str, Callable[[date], Dataset]] = {
    "items": _items,
    "halls": _halls,
    "national": _listed(
        "national",
        _("National cross-province list"),
        _("What stands today on the list of items handled across provinces."),
    ),
    "province": _listed(
        "province",
        _("Intra-province list"),
        _("What stands today on the list of items handled anywhere in the province."),
    ),
}
