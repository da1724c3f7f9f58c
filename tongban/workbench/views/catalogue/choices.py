"""What can be chosen in a section besides what it says itself, and what its page tells beside the controls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import deciding
from tongban.lib.texts import Text
from tongban.places import queries as places
from tongban.workbench.views.catalogue import words
from tongban.workbench.views.catalogue.cells import Around

Content = Mapping[str, Any]


def around(content: Content, section: str) -> Around:
    """Return what the cells of a section need to know of the rest of the item."""
    return Around(
        situations=content.get("situations") or (),
        library=catalogue.standards() if section == "materials" else {},
        known=_KNOWN[section](content) if section in _KNOWN else {},
    )


def _procedures(content: Content) -> dict[str, list[tuple[str, str]]]:
    return {"procedure.code": [_offer(*each) for each in deciding.offered(content["procedure"])]}


def _offer(code: str, name: Text) -> tuple[str, str]:
    return code, str(words.AS_TODAY) % {"name": name} if code.endswith(deciding.TODAY) else str(name)


def _sources(content: Content) -> dict[str, list[tuple[str, str]]]:
    of_case = [(code, str(words.SOURCES[code])) for code in deciding.CASE_SOURCES]
    of_form = [(f"field:{each['code']}", str(Text.of(each["label"]))) for each in content.get("fields") or ()]
    return {"from": [("", "—"), *of_case, *of_form]}


def _keys(_content: Content) -> dict[str, list[tuple[str, str]]]:
    return {"decided_where.key": [(code, str(name)) for code, name in deciding.key_names().items()]}


_KNOWN = {"procedure": _procedures, "copy_sheet": _sources, "deciding": _keys}


def notes(content: Content, section: str) -> list[str]:
    """Return what the page of a section tells beside its controls."""
    if section == "procedure":
        said = content["procedure"]
        return [f"{Text.of(said['name'])} · {Text.of(said['says'])}"]
    if section == "deciding":
        return [_deciders(content)]
    if section == "copy_sheet":
        return [_("The fields stand in the order in which the other system asks for them. Empty all for an item"
                  " that nobody has to type in twice.")]  # fmt: skip
    if section == "presence":
        return [_("Left empty, the item is expected to be open online.")]
    return []


def _deciders(content: Content) -> str:
    """Return how many bodies decide the item as it's written, and one of them: none is a slip in the function."""
    offices = [
        each
        for each in places.directory_now().offices.values()
        if (each.function, each.level) == (content.get("decided_by"), content.get("decided_level"))
    ]
    if not offices:
        return _("No body has this function at this level: no window could receive the item.")
    return _("%(count)s bodies decide it, each for its own place; for instance %(name)s.") % {
        "count": len(offices),
        "name": offices[0].name,
    }
