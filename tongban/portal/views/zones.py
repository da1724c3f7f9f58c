"""The two zones, one list on any day, where an item can be handled, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import normative
from tongban.lib.pages import page
from tongban.lib.texts import Text
from tongban.lists.queries import lists, standing
from tongban.lists.queries import places as pacts
from tongban.lists.queries.where import ELSEWHERE, Where
from tongban.lists.queries.where import where as asked_where
from tongban.notices import queries as notices
from tongban.places import queries as places
from tongban.places.queries import responsible
from tongban.places.rules import Directory, Level
from tongban.portal import kept
from tongban.portal import zone_words as words

FILTERS = ("theme", "event", "subject", "department", "mode", "batch", "place")
LENGTH = 60
NEAREST = 5


def _asked(request: HttpRequest, name: str) -> str:
    """Return what an address asks for, without what no database holds."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LENGTH]


def _day(request: HttpRequest, today: date) -> tuple[date, bool]:
    """Return the day that is asked for, today's if none is, and whether what was asked for is no day."""
    asked = _asked(request, "on")
    try:
        return (date.fromisoformat(asked), False) if asked else (today, False)
    except ValueError:
        return today, True


@require_safe
@kept.page()
def zones(request: HttpRequest) -> HttpResponse:
    """Lead to the zones: how much stands in each, and by which themes and events of life."""
    day = timezone.localdate()
    counts = standing.by_theme("province", day)
    found = [
        (each, words.zone_says(each), standing.standing_on(each.code, day).count()) for each in lists.lists()
    ]
    return page(
        request,
        "portal/zones/zones.html",
        zones=found,
        events=standing.life_events(),
        themes=[(theme, name, counts.get(theme, 0)) for theme, name in catalogue.themes()],
    )


@require_safe
@kept.page(*FILTERS, "on", "after")
def zone(request: HttpRequest, code: str) -> HttpResponse:
    """Show a list as it stood on a day, narrowed as wanted."""
    found, today = lists.one(code), timezone.localdate()
    day, no_day = _day(request, today)
    asked = {name: _asked(request, name) for name in FILTERS}
    events = standing.life_events()
    part = lists.as_on(code, day, _filter(asked, events), after=_asked(request, "after"))
    name, says = words.zone_says(found)
    keep = {**{key: value for key, value in asked.items() if value}, "on": day.isoformat()}
    return page(
        request,
        "portal/zones/zone.html",
        code=code,
        name=name,
        says=says,
        tells=notices.offered(),
        day=day,
        today=today,
        no_day=no_day,
        rows=[(row, [words.MODES.get(mode, mode) for mode in row.says.modes]) for row in part.rows],
        older=f"?{urlencode({**keep, 'after': part.after})}" if part.after else "",
        states=lists.states(code)[:12],
        asked=asked,
        narrowed=any(asked.values()),
        choices=_choices(code, day, events),
    )


def _filter(asked: dict[str, str], events: list[Any]) -> lists.Filter:
    """Return what is wanted of the list; an event of life stands for its items."""
    items = next((tuple(each.items) for each in events if each.code == asked["event"]), None)
    plain = {name: value for name, value in asked.items() if name != "event"}
    return lists.Filter(items=items, **plain)


def _choices(code: str, day: date, events: list[Any]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Return by what a zone can be narrowed: the name of each choice with its answers."""
    directory = places.directory_now()
    return [
        ("theme", list(catalogue.themes())),
        ("event", [(each.code, Text.of(each.name)) for each in events]),
        ("subject", list(words.SUBJECTS.items())),
        ("department", [(unit.zh, unit) for unit in lists.departments(code, day)]),
        ("mode", [(mode, words.MODES[mode]) for mode in ("online", "window", "counter", "joint")]),
        ("batch", [(row.code, row.title) for row in lists.batches_of(code)]),
        ("place", [(place.code, label) for place, label in regions(directory)]),
    ]


def regions(directory: Directory) -> list[tuple[Any, str]]:
    """Return the cities and counties of the province in the order of their codes, counties under their city's name."""
    wanted = [
        place
        for place in directory.places.values()
        if not place.ended and place.level in {Level.CITY, Level.COUNTY} and place.kind == "gb"
    ]
    wanted.sort(key=lambda place: (place.parent if place.level == Level.COUNTY else place.code, place.code))
    return [(place, _label(directory, place)) for place in wanted]


def _label(directory: Directory, place: Any) -> str:
    if place.level == Level.CITY:
        return str(place.name)
    return f"{directory.region(place.parent).name} · {place.name}"


@dataclass(frozen=True, slots=True)
class Group:
    """The ways of one kind, side by side with the others."""

    name: words.Words
    ways: list[tuple[Any, str]]
    more: list[tuple[Any, str]]
    uncounted: int


@require_safe
@kept.page("item", "here", "power")
def where(request: HttpRequest) -> HttpResponse:
    """Answer where and how an item can be handled: choose it, where one is, and where one's papers are."""
    item, here, power = _asked(request, "item"), _asked(request, "here"), _asked(request, "power")
    day, directory = timezone.localdate(), places.directory_now()
    found = catalogue.search("", day, limit=2000)
    outside = pacts.outside(day)
    known = (
        {place.code for place, _name in regions(directory)} | {code for code, _name in outside} | {ELSEWHERE}
    )
    answered = None
    if item and {here, power} <= known:
        answered = asked_where(item, here, power, day)
    return page(
        request,
        "portal/zones/where.html",
        items=sorted(found, key=lambda each: each.code),
        regions=regions(directory),
        outside=outside,
        elsewhere=ELSEWHERE,
        asked={"item": item, "here": here, "power": power},
        incomplete="here" in request.GET and answered is None,
        answered=answered,
        tells=notices.offered() and answered is not None and _may_open(answered),
        here_is_ours=here in directory.places,
        power_is_ours=power in directory.places,
        online=_online(answered) if answered else "",
        **(_shown(answered, day) if answered else {}),
    )


def _may_open(found: Where) -> bool:
    """Return whether it can still open here: not known to work between these places, and there is such an item."""
    works = any(way.proved for way in found.answer.ways) or found.here == found.power
    return found.standing.state == "suspended" or (found.standing.is_open and not works)


def _online(found: Where) -> str:
    """Return where it says how the item goes online; nothing where its rule isn't known."""
    return reverse("portal:guide", args=[found.item, catalogue.Form.ONLINE]) if found.revision else ""


def _shown(found: Where, day: date) -> dict[str, Any]:
    ways = found.answer.ways
    groups = [_group(name, [way for way in ways if way.mode in modes], found) for name, modes in words.GROUPS]
    office = found.decider
    answering = responsible.answering([office.code], day).get(office.code, []) if office else []
    return {
        "wished_at": places.city_or_itself(found.here),
        "groups": [group for group in groups if group.ways],
        "barred": [words.why_not(each) for each in found.answer.barred],
        "answering": [each for each in answering if each.row.charge in {"liaison", "lead-section"}],
    }


def _group(name: words.Words, ways: list[Any], found: Where) -> Group:
    """Return the ways of one kind, the nearest first; what is farther away is folded."""
    said = [(way, words.why(way)) for way in ways]
    halls = any(way.mode in {"window", "counter"} for way in ways)
    return Group(name, said[:NEAREST], said[NEAREST:], found.answer.more if halls else 0)


@require_safe
@kept.page("after")
def register(request: HttpRequest) -> HttpResponse:
    """Show which documents stand in the way, and what is being done about them."""
    day = timezone.localdate()
    found = normative.register(day, after=_asked(request, "after"))
    lines = [
        (row, words.ACTIONS[row.document.action], words.REGISTER[row.document.state]) for row in found.rows
    ]
    older = f"?after={found.after}" if found.after else ""
    return page(request, "portal/zones/register.html", register=found, lines=lines, older=older)
