"""Whose the pages of an enclosure are: a hash is a name that anybody may know, and no key."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tongban.catalogue.rules import Rule
from tongban.files import queries as files
from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid


def pages_of(data: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """Return the hashes that a draft names, by material."""
    return {code: (each or {}).get("pages", ()) for code, each in (data.get("enclosed") or {}).items()}


def require_handed_in(
    pages: Mapping[str, Sequence[str]], rule: Rule, *, by: Actor, known: Collection[str] = ()
) -> None:
    """Let pass only files that the actor handed in: who knows the hash of somebody else's may not open it.

    :param known: hashes that passed before
    :raises Invalid: names the material of the first one that isn't
    """
    wanted = {sha for each in pages.values() for sha in each} - set(known)
    strange = wanted - files.handed_in(wanted, by) if wanted else set()
    for code, each in pages.items():
        if strange.intersection(each):
            material = rule.material(code)
            name = material.name if material else code
            raise Invalid("draft.page-unknown", field=f"enclosed.{code}", material=name)
