"""Who answers for which body, and whether the body said so lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from tongban.places.models import Responsible
from tongban.places.rules.responsible import Charge, Fresh, fresh

PAGE = 50
_ORDER = {charge: place for place, charge in enumerate(Charge)}


@dataclass(frozen=True, slots=True)
class Answering:
    """Somebody who answers for a body, with how fresh the body's word on it is."""

    row: Responsible
    fresh: Fresh


def answering(bodies: Iterable[str], day: date) -> dict[str, list[Answering]]:
    """Return who answers for these bodies, principal first, in one statement."""
    found: dict[str, list[Answering]] = {}
    rows = Responsible.objects.filter(body__in=set(bodies)).select_related("body")
    for row in sorted(rows, key=lambda row: _ORDER[Charge(row.charge)]):
        found.setdefault(row.body_id, []).append(Answering(row, fresh(row.confirmed_on, day)))
    return found


def all_answering(day: date, *, after: str = "", limit: int = PAGE) -> tuple[dict[str, list[Answering]], str]:
    """Return bodies that named somebody, by code, with who answers; and after which body to go on."""
    codes = Responsible.objects.filter(body__gt=after).order_by("body").values_list("body", flat=True)
    found = list(codes.distinct()[: limit + 1])
    more = found[limit - 1] if len(found) > limit else ""
    named = answering(found[:limit], day)
    return {code: named[code] for code in found[:limit]}, more


def longest_unconfirmed(day: date, limit: int = PAGE) -> list[Answering]:
    """Return those whose body hasn't confirmed them this quarter, the longest first."""
    rows = Responsible.objects.select_related("body").order_by(F("confirmed_on").asc(nulls_first=True), "id")
    said = [Answering(row, fresh(row.confirmed_on, day)) for row in rows[:limit]]
    return [each for each in said if each.fresh is not Fresh.CONFIRMED]
