"""Finding items by whatever people call them, with the reason for which each was found."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date

from tongban.catalogue.queries import Found
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.lists.queries import standing
from tongban.lists.queries.indexing import Built, built
from tongban.lists.queries.where import Reach, reach
from tongban.lists.rules.demand import countable
from tongban.lists.rules.search import (
    LONGEST,
    Because,
    Query,
    Reason,
    Standing,
    plain,
    rank,
    understand,
    why,
)
from tongban.places import queries as places
from tongban.places.rules import Kind, Level

MOST_PLACES = 500
"""So many places are remembered with what they take in."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, why, and whether it can be handed in at the place that was asked for.

    :param here: None where no place was asked for
    :param closed: whether it can't be done there in any way by somebody whose papers are in another city
    :param sure: whether it answers most of what was asked
    """

    found: Found
    reasons: tuple[Reason, ...] = ()
    here: bool | None = None
    closed: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """What results are narrowed to, or judged by: whose matter, which theme, which place (a region's code)."""

    subject: str = ""
    theme: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    :param places: names of the places that the query names or was asked for
    :param elsewhere: whether it names a place outside the directory
    :param counted: the query as far as it may be counted as demand
    :param cities: the places that one can choose: code and name
    :param reach: what the place takes in, whatever was found; None where no place was asked for
    """

    hits: list[Hit]
    places: tuple[Text, ...] = ()
    region: str = ""
    reach: Reach | None = None
    elsewhere: bool = False
    counted: str = ""
    cities: tuple[tuple[str, Text], ...] = ()


ANY = Filters()


def search(text: str, day: date, filters: Filters = ANY, *, limit: int = 50) -> Answer:
    """Return the items that answer what was typed, best first; without words all items, complete ones first.

    If anything of it fails, plain search answers.
    """
    have = built(day)
    towns = _cities(have)
    filters = replace(filters, place=filters.place if filters.place in dict(towns) else "")
    found = _answered(text[: LONGEST * 2], have, filters, day)
    return replace(_narrowed(found, have, filters, limit), cities=towns)


def _answered(text: str, have: Built, filters: Filters, day: date) -> Answer:
    if not text.strip():
        every = [Hit(each.found) for each in have.items]
        return Answer(every, region=filters.place, reach=_reach(have, filters.place, day))
    try:
        answer = _understood(text, have, filters, day)
    except Exception:
        # What went wrong is told without what was typed; the person still gets an answer.
        log.exception("a search failed")
        answer = None
    return answer or _plainly(text, have, filters, day)


def _understood(text: str, have: Built, filters: Filters, day: date) -> Answer | None:
    if have.index is None:
        return None
    query = understand(text, have.index.words, have.places)
    place = filters.place or next(iter(query.places), "")
    query = replace(query, subject=filters.subject or query.subject)
    reached = _reach(have, place, day)
    beside = Standing(here=reached.halls if reached else (), demand=have.wanted)
    hits = [
        Hit(have.items[each.at].found, why(query, each, have.index), sure=each.sure)
        for each in rank(query, have.index, beside)
    ]
    return Answer(
        hits,
        places=_names(have, query, filters),
        reach=reached,
        region=_city(have, place),
        elsewhere=query.elsewhere,
        counted=countable(" ".join(query.runs), have.index.has, have.index.words.surnames),
    )


def _reach(have: Built, place: str, day: date) -> Reach | None:
    """Return what a place takes in, asked once for a state of the lists; None where no place is asked for.

    :raises Missing: if there is no such place
    """
    if not place:
        return None
    key = standing.version(), place
    found = have.reached.get(key)
    if found is None:
        if len(have.reached) >= MOST_PLACES:
            have.reached.clear()
        found = have.reached[key] = reach(have.items, place, day)
    return found


def _plainly(text: str, have: Built, filters: Filters, day: date) -> Answer:
    hits = [
        Hit(have.items[at].found, (Reason(Because.WORDS, text.strip()),)) for at in plain(text, have.docs)
    ]
    return Answer(hits, region=filters.place, reach=_reach(have, filters.place, day))


def _city(have: Built, region: str) -> str:
    """Return the city of a place, or the place itself where it's none's: no finer place is counted."""
    try:
        return places.directory(have.directory).ancestor(region, Level.CITY) if region else ""
    except Missing:
        return region


def _names(have: Built, query: Query, filters: Filters) -> tuple[Text, ...]:
    directory = places.directory(have.directory)
    codes = dict.fromkeys((*filter(None, (filters.place,)), *query.places))
    return tuple(directory.places[code].name for code in codes if code in directory.places)


def _narrowed(answer: Answer, have: Built, filters: Filters, limit: int) -> Answer:
    themes = {each.found.code: each.theme for each in have.items}
    hits = [
        _placed(hit, answer.reach) if answer.reach else hit
        for hit in answer.hits
        if (not filters.subject or filters.subject in hit.found.subjects)
        and (not filters.theme or themes[hit.found.code] == filters.theme)
    ]
    return replace(answer, hits=hits[:limit])


def _placed(hit: Hit, there: Reach) -> Hit:
    return replace(hit, here=hit.found.code in there.halls, closed=hit.found.code in there.closed)


def cities(day: date) -> tuple[tuple[str, Text], ...]:
    """Return the cities that a search can be judged by: code and name."""
    return _cities(built(day))


def _cities(have: Built) -> tuple[tuple[str, Text], ...]:
    known = places.directory(have.directory).places.values()
    towns = [each for each in known if (each.level, each.kind) == (Level.CITY, Kind.GB) and not each.ended]
    return tuple((each.code, each.name) for each in sorted(towns, key=lambda each: each.code))


def item(code: str, day: date) -> Found:
    """Return one item as a search shows it.

    :raises Missing: if there is none
    """
    found = next((each.found for each in built(day).items if each.found.code == code), None)
    if found is None:
        raise Missing
    return found
