"""What a section can't say beside what the rest of the item says, by the control at which it's put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tongban.catalogue.rules import deciding
from tongban.catalogue.rules.columns import Wrong
from tongban.catalogue.rules.mapping import vocabulary
from tongban.catalogue.rules.sections.reading import HEAD, put
from tongban.catalogue.rules.sections.shape import Section
from tongban.lib.refusals import Invalid
from tongban.lib.texts import Text

Json = Mapping[str, Any]
Found = Iterator[tuple[str, Wrong]]


def checked(
    section: Section, before: Json, rows: Sequence[dict[str, Any]], head: Json | None = None
) -> tuple[dict[str, Any], dict[str, Wrong]]:
    """Return the content with a section's rows in it, and what is then wrong by the name of the control.

    What stood there already isn't refused for being unknown here.
    """
    try:
        made = put(before, section, rows, head)
    except Invalid as invalid:
        return dict(before), {f"0.{invalid.field}": Wrong(invalid.code)}
    check = _CHECKS.get(section.code)
    return made, dict(check(made, before)) if check else {}


def _procedure(content: Json, _before: Json) -> Found:
    procedure, joint = content["procedure"], bool(content.get("joint"))
    name, kind = Text.of(procedure["name"]), content["type"]
    laws = [each.get("law", "") for each in content["basis"]]
    if why := deciding.misfit(procedure["code"], kind, laws):
        named = (("name", name), ("type", vocabulary().type_names.get(kind, kind)))
        yield "0.procedure.code", Wrong(f"editor.procedure-{why}", named)
    if joint and not procedure.get("joint"):
        yield "0.joint", Wrong("editor.joint-unknown", (("name", name),))
    elif joint and content["limits"].get("statutory"):
        yield "0.joint", Wrong("editor.joint-limit")


def _limits(content: Json, _before: Json) -> Found:
    if content.get("joint") and content["limits"].get("statutory"):
        yield "0.limits.statutory.days", Wrong("editor.limit-joint")


def _subjects(content: Json, _before: Json) -> Found:
    if not content["subjects"]:
        yield "0.subjects", Wrong("editor.subjects")


def _deciding(content: Json, before: Json) -> Found:
    key = (content.get("decided_where") or {}).get("key", "")
    if key not in deciding.key_names() and key != (before.get("decided_where") or {}).get("key"):
        yield "0.decided_where.key", Wrong("editor.choice")


def _copy_sheet(content: Json, before: Json) -> Found:
    sheet = content.get("copy_sheet") or {}
    fields = sheet.get("fields") or []
    begun = any((each.get("label") or {}).get("zh") or each.get("from") for each in fields)
    if begun and not (sheet.get("system") or {}).get("zh"):
        yield f"{HEAD}.copy_sheet.system.zh", Wrong("editor.copy-system")
    known = deciding.copy_sources(content)
    for place, each in enumerate(fields):
        label, source = (each.get("label") or {}).get("zh", ""), each.get("from", "")
        # A row that was just added has neither yet; before it's handed in, it needs both.
        if source and not label:
            yield f"{place}.label.zh", Wrong("editor.copy-label")
        if label and not source:
            yield f"{place}.from", Wrong("editor.copy-source")
        if source and source not in known:
            yield f"{place}.from", Wrong("editor.copy-source-gone", (("source", source),))


_CHECKS: dict[str, Callable[[Json, Json], Found]] = {
    "procedure": _procedure,
    "limits": _limits,
    "subjects": _subjects,
    "deciding": _deciding,
    "copy_sheet": _copy_sheet,
}
