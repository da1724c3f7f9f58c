"""Differences, reductions and faults in the words of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.catalogue import rules
from tongban.catalogue.rules import Difference, Fault, deciding
from tongban.catalogue.rules.diff import called, is_text
from tongban.lib.texts import Text
from tongban.workbench.views.catalogue import words


@dataclass(frozen=True, slots=True)
class Line:
    """One difference as a page shows it."""

    kind: str
    kind_words: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one section."""

    title: str
    lines: list[Line] = field(default_factory=list)


def groups(differences: Iterable[Difference], *contents: Mapping[str, Any]) -> list[Group]:
    """Return differences by section, in the order of the editor; contents lend their words for codes."""
    labels = _always()
    for content in contents:
        labels |= _labels(content)
    found: dict[str, Group] = {}
    for each in _foremost(differences):
        title = str(words.PARTS.get(each.section, each.section))
        found.setdefault(title, Group(title)).lines.append(_line(each, labels))
    order = [str(title) for title in words.SECTIONS.values()]
    return sorted(found.values(), key=lambda group: order.index(group.title) if group.title in order else 99)


def _foremost(differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences without the small print of another procedure: its name says that all of it is another."""
    found = list(differences)
    if not any(each.path == ("procedure", "code") for each in found):
        return found
    order = {part: place for place, part in enumerate(("name", *words.CONSEQUENCES))}
    kept = [each for each in found if each.section == "procedure" and each.path[1] in order]
    kept.sort(key=lambda each: order[str(each.path[1])])
    return [*kept, *(each for each in found if each.section != "procedure")]


def _always() -> dict[str, str]:
    """Return what codes are called that mean the same in every item."""
    names = {code: str(name) for code, name in deciding.key_names().items()}
    return names | {code: str(name) for code, name in words.SOURCES.items()}


def _labels(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what the codes of situations, answers and elements are called."""
    found: dict[str, str] = {}
    for situation in content.get("situations") or ():
        found[situation["code"]] = str(called(situation))
        found |= {answer["code"]: str(called(answer)) for answer in situation["answers"]}
    for key in ("materials", "fields", "steps"):
        found |= {each["code"]: str(called(each)) for each in content.get(key) or ()}
    found |= {f"field:{each['code']}": str(called(each)) for each in content.get("fields") or ()}
    return found


def _line(each: Difference, labels: Mapping[str, str]) -> Line:
    what = _what(each)
    before, after = (_shown(value, labels) for value in _apart(each.before, each.after))
    return Line(
        kind=str(each.kind),
        kind_words=str(words.KINDS[each.kind]),
        what=what,
        before=_named_once(before, each, what),
        after=_named_once(after, each, what),
    )


def _named_once(said: str, each: Difference, what: str) -> str:
    """Return what is said of something new or dropped, without its name if that stands before it already."""
    if each.kind in {"added", "removed"} and what and what == str(each.name):
        return said.removeprefix(what).strip()
    return said


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Return of two elements only in what they have come apart, where that isn't what they are called."""
    if not all(isinstance(each, dict) and not is_text(each) for each in (before, after)):
        return before, after
    if str(called(before)) != str(called(after)):
        return before, after
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def _what(each: Difference) -> str:
    """Return what differs: the element's name and, where only one property of it does, what that is called."""
    if each.section == "procedure":
        return _part_of_procedure(each)
    if exact := words.COLUMNS.get(".".join(map(str, each.path))):
        return str(exact)
    whole = len(each.path) <= 2 and each.path[-1] not in words.ASPECTS
    aspect = "" if whole or isinstance(each.path[-1], int) else str(words.ASPECTS.get(each.aspect, ""))
    name = "" if is_text(each.after or each.before) and len(each.path) < 3 else str(each.name)
    return " · ".join(filter(None, (name, aspect)))


def _part_of_procedure(each: Difference) -> str:
    """Return which part of a procedure differs, with the name of the ground or outcome where it's one of several."""
    way = [str(key) for key in each.path[1:]]
    if way == ["name"]:
        return str(words.COLUMNS["procedure.code"])
    part = words.PROCEDURE.get(".".join(way[:2])) or words.PROCEDURE.get(way[0] if way else "", "")
    named = len(way) > 1 and way[0] in {"pause_grounds", "outcomes"}
    return " · ".join(filter(None, (str(part), str(each.name) if named else "")))


def _shown(value: Any, labels: Mapping[str, str]) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return str(words.CHOICES["true" if value else "false"])
    if isinstance(value, list):
        return _("; ").join(_shown(each, labels) for each in value)
    if isinstance(value, dict):
        return _shown_dict(value, labels)
    return str(words.CHOICES.get(str(value)) or labels.get(str(value)) or value)


def _shown_dict(value: dict[str, Any], labels: Mapping[str, str]) -> str:
    if is_text(value):
        return str(Text.of({"zh": "", **value}))
    if "from" in value:
        return f"{called(value)} ← {_shown(value['from'], labels)}"
    if name := called(value):
        return str(name)
    named = (
        (labels.get(key) or words.ASPECTS.get(key, key), _shown(each, labels)) for key, each in value.items()
    )
    return _("; ").join(f"{name}: {said}" for name, said in named)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a reform: before, after, and by how much it fell."""

    name: str
    before: str
    after: str
    less: int


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a revision asks less, or more, than another."""

    measures: list[Measure]
    gone: Sequence[Text]
    new: Sequence[Text]
    eased: Sequence[Text]
    anything: bool


def reduction(before: Mapping[str, Any], after: Mapping[str, Any]) -> Reduction | None:
    """Return what became less; none where one of them can't be read."""
    try:
        found = rules.reduced(rules.read(before), rules.read(after))
    except rules.Broken:
        return None
    named = (
        (_("Materials"), found.materials),
        (_("Steps"), found.steps),
        (_("Promised limit in days"), found.promised),
        (_("Limit by law in days"), found.statutory),
        (_("Times that people have to come"), found.trips),
    )
    measures = [
        Measure(name, str(count.before), str(count.after), count.less)
        for name, count in named
        if count.before is not None and count.after is not None
    ]
    return Reduction(measures, found.gone, found.new, found.eased, found.anything)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a draft from being published, with the section in which it can be put right."""

    section: str
    title: str
    element: str
    words: str


def problems(faults: Iterable[Fault], content: Mapping[str, Any]) -> list[Problem]:
    """Return faults in words."""
    labels = _labels(content)
    return [
        Problem(
            section=each.section if each.section in words.SECTIONS else "",
            title=str(words.SECTIONS.get(each.section, "")),
            element=labels.get(each.element, each.element),
            words=str(words.FAULTS[each.code]) % dict(each.values),
        )
        for each in faults
    ]


def counted(number: int) -> str:
    """Return how many problems there are."""
    return ngettext("%(count)d problem", "%(count)d problems", number) % {"count": number}
