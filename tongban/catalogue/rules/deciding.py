"""What an item's procedure and its deciding place are chosen from: data, each with its source."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tongban.catalogue.rules.diff import written
from tongban.catalogue.rules.mapping import DATA
from tongban.lib.refusals import Invalid
from tongban.lib.texts import Text

Json = Mapping[str, Any]
TODAY = "@today"
"""Ends what stands for a set as the data say it today, where the item took over an earlier wording."""
SUBJECTS = ("person", "company")
CASE_SOURCES = (
    "applicant.name",
    "applicant.id_number",
    "applicant.phone",
    "applicant.address",
    "case.reference",
    "case.received_on",
)
"""What of a case can go into another system's field, besides the item's own fields (`field:<code>`)."""


@dataclass(frozen=True, slots=True)
class Fits:
    """For which items a procedure applies: their types and, where it's tied to some, the laws that they rest on."""

    types: frozenset[str]
    laws: frozenset[str]


@lru_cache(maxsize=1)
def _deciding() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "catalogue" / "deciding.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def procedures() -> dict[str, dict[str, Any]]:
    """Return the procedures that an item can follow, by code, as an item takes them over."""
    raw = json.loads((DATA / "procedures.json").read_text(encoding="utf-8"))
    return {code: {"code": code, **said} for code, said in raw.items()}


@lru_cache(maxsize=1)
def key_names() -> dict[str, Text]:
    """Return by what the deciding place can be found, with its name."""
    return {code: Text.of(said) for code, said in _deciding()["keys"].items()}


@lru_cache(maxsize=1)
def fits() -> dict[str, Fits]:
    """Return for which items each procedure applies."""
    said = _deciding()["procedures"]
    return {
        code: Fits(frozenset(each["types"]), frozenset(each.get("laws", ()))) for code, each in said.items()
    }


def misfit(procedure: str, kind: str, laws: Iterable[str]) -> str:
    """Return why a procedure doesn't apply to an item: `type` or `law`; "" where it does, or nothing is known of it."""
    known = fits().get(procedure)
    if known is None:
        return ""
    if kind not in known.types:
        return "type"
    return "law" if known.laws and not known.laws & set(laws) else ""


def taken(chosen: str, stands: Json | None) -> Any:
    """Return the procedure that was chosen: the one that stands as it is, another as the data say it today.

    :raises Invalid: if there is none of that code
    """
    if stands and chosen == stands.get("code"):
        return stands
    found = procedures().get(chosen.removesuffix(TODAY))
    if found is None:
        raise Invalid("editor.choice", field="procedure.code")
    return found


def offered(stands: Json | None) -> list[tuple[str, Text]]:
    """Return the procedures to choose from, with the one that stands first where the data say it otherwise today."""
    found = {code: Text.of(said["name"]) for code, said in procedures().items()}
    code = (stands or {}).get("code", "")
    if stands and code not in found:
        return [(code, Text.of(stands["name"])), *found.items()]
    if stands and written(stands) != written(procedures()[code]):
        return [*found.items(), (f"{code}{TODAY}", found[code])]
    return list(found.items())


def copy_sources(content: Json) -> tuple[str, ...]:
    """Return everything that can go into a field of another system."""
    return (*CASE_SOURCES, *(f"field:{each['code']}" for each in content.get("fields") or ()))
