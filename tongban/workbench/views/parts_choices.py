"""Bodies and windows that a step's form lets one choose from: few and near ones, not the whole province."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tongban.cases.queries import CaseFile
from tongban.cases.rules.custody import Move
from tongban.cases.rules.lifecycle import Step
from tongban.places import queries as places
from tongban.places.rules import Directory, Office
from tongban.workbench.desk_forms import Choices, Given, needs
from tongban.workbench.sign_in import ClerkRequest


def given(wanted: Step | Move, file: CaseFile, place: str) -> Given:
    """Return what the step's form is filled from.

    :param place: the region whose windows are shown; the receiving place's if none is named
    """
    names = needs(wanted)
    bodies: Choices = ()
    if "competent" in names:
        bodies = _competent(file, places.directory_now())
    elif "to" in names:
        bodies = _takers(file, places.directory_now())
    windows = _windows(file, place) if "window" in names else ()
    return Given(file, bodies, windows)


def _competent(file: CaseFile, directory: Directory) -> Choices:
    """Return the other departments of the deciding place and above it, and the same department of other places."""
    decider, near = file.decider, {each.code for each in directory.line(file.decider.region)}
    offices = [each for each in directory.offices.values() if not each.parent and each.code != decider.code]
    here = [each for each in offices if each.region in near and each.function != decider.function]
    there = [each for each in offices if each.function == decider.function]
    return [
        (_("The same department elsewhere"), _options(there)),
        (_("Other departments of the same place"), _options(here)),
    ]


def _takers(file: CaseFile, directory: Directory) -> Choices:
    """Return the bodies that a file is handed to: the deciding one first, then sections, then who received it."""
    top = directory.offices.get(file.holder.parent) or file.holder
    sections = [directory.body(code) for code in sorted(directory.below(top.code))]
    wanted = [file.decider, *sections, file.receiver]
    distinct = {each.code: each for each in wanted if each.code != file.holder.code}
    return _options(distinct.values())


def _options(offices: Any) -> list[tuple[str, str]]:
    return [(each.code, str(each.name)) for each in offices if isinstance(each, Office)]


def _region(file: CaseFile, place: str) -> str:
    return place if place.isalnum() and len(place) <= 12 else file.receiver.region


def _windows(file: CaseFile, place: str) -> Choices:
    halls = places.halls_in(_region(file, place))
    return [
        (window.code, _("%(hall)s, window %(number)s") % {"hall": hall.name, "number": window.number})
        for hall in halls
        for window in places.windows_of(hall.code)
    ]


def places_for(wanted: Step | Move, file: CaseFile, request: ClerkRequest) -> dict[str, Any]:
    """Return the regions whose windows can be asked for, and the one that is shown; nothing for other steps."""
    if "window" not in needs(wanted):
        return {}
    known = [each for each in places.directory_now().places.values() if not each.ended]
    shown = _region(file, request.GET.get("place", "") or request.POST.get("place", ""))
    return {"regions": [(each.code, str(each.name)) for each in known], "place": shown}
