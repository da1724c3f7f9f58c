"""What counts as open on a list: what has passed between places as far apart as the list reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, Q, QuerySet

from tongban.lists.models import List, Proof
from tongban.lists.rules.words import Scope
from tongban.places import queries as places
from tongban.places.rules import Level


def proofs(code: str, day: date) -> QuerySet[Proof]:
    """Return what was proved up to a day of the kind that a list promises: one across provinces needs two of them."""
    nationwide = Exists(List.objects.filter(code=code, reach=Scope.NATIONWIDE))
    return Proof.objects.filter(~nationwide | _between_provinces(), day__lte=day)


def _between_provinces() -> Q:
    """Return the condition that the place that received and the one that decided lie in two provinces."""
    directory = places.directory_now()
    members: dict[str, list[str]] = {}
    for code in directory.places:
        above = (each.code for each in directory.line(code) if each.level == Level.PROVINCE)
        members.setdefault(next(above, ""), []).append(code)
    crossing = Q(pk__in=())
    for ours in members.values() if len(members) > 1 else ():
        crossing |= Q(receiver_region__in=ours) & ~Q(decider_region__in=ours)
    return crossing


def pairs(code: str, items: Iterable[str], day: date) -> dict[str, int]:
    """Return between how many pairs of places each item has passed."""
    rows = proofs(code, day).filter(item__in=items).order_by().values_list("item").annotate(Count("id"))
    return dict(rows)


def at(code: str, items: Iterable[str], day: date, place: str) -> set[str]:
    """Return the items that passed from or to a place."""
    there = Q(receiver_region=place) | Q(decider_region=place)
    return set(proofs(code, day).filter(there, item__in=items).values_list("item", flat=True))
