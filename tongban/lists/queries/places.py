"""Halls, policies, agreements and proofs as the rules take them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from tongban.lib.texts import Text
from tongban.lists.models import Covered, Party, Policy, Proof, Terms
from tongban.lists.rules import where, words
from tongban.places import queries as places


@lru_cache(maxsize=2)
def spots(version: int) -> dict[str, tuple[where.Spot, ...]]:
    """Return the halls by their region; they change by a load only, so a version's are read once."""
    del version  # the key of the cache
    return {
        region: tuple(
            where.Spot(hall.code, hall.name, region, hall.address, hall.hours, hall.illustrative)
            for hall in halls
        )
        for region, halls in places.halls().items()
    }


def policies(day: date) -> tuple[where.Policy, ...]:
    """Return the scopes that hold for all items on a day."""
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    rows = Policy.objects.filter(current, valid_from__lte=day).order_by("code")
    return tuple(
        where.Policy(
            scope=row.scope,
            level=row.level,
            name=Text.of(row.name),
            basis=row.basis,
            since=row.valid_from,
            until=row.valid_until,
            procedure=row.procedure,
            illustrative=row.illustrative,
        )
        for row in rows
    )


def terms_on(day: date, item: str = "") -> list[Terms]:
    """Return for each agreement the terms that hold on a day: of those signed that have begun the newest.

    If that is over, or doesn't cover the item, nothing holds: no older revision comes back.
    """
    begun = Terms.objects.filter(state=words.Pact.SIGNED, valid_from__lte=day)
    newest = begun.order_by("agreement", "-number").distinct("agreement")
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    going_on = Q(agreement__ended_on__isnull=True) | Q(agreement__ended_on__gt=day)
    found = Terms.objects.filter(lasting, going_on, pk__in=newest.values("pk")).select_related("agreement")
    if item:
        found = found.filter(covered__item=item)
    return list(found.order_by("agreement__code"))


def pacts(item: str, day: date) -> tuple[where.Pact, ...]:
    """Return the agreements in force that cover an item, once for each pair of our and their places."""
    terms = {row.pk: row for row in terms_on(day, item)}
    if not terms:
        return ()
    directions = dict(Covered.objects.filter(terms__in=terms, item=item).values_list("terms", "direction"))
    parties: dict[UUID, list[Party]] = {}
    for party in Party.objects.filter(terms__in=terms).order_by("code"):
        parties.setdefault(party.terms_id, []).append(party)
    return tuple(
        _pact(terms[key], ours, theirs, directions[key])
        for key, members in parties.items()
        for ours in members
        if ours.region_id
        for theirs in members
        if not theirs.region_id
    )


def _pact(terms: Terms, ours: Party, theirs: Party, direction: str) -> where.Pact:
    return where.Pact(
        code=terms.agreement.code,
        name=terms.title,
        scope=terms.agreement.scope,
        ours=ours.code,
        theirs=theirs.code,
        their_name=Text.of(theirs.name),
        direction=direction,
        since=terms.valid_from,
        until=terms.valid_until,
        postal=Text.of(terms.postal),
        fees=Text.of(terms.fees),
    )


def proved(item: str, day: date) -> frozenset[tuple[str, str]]:
    """Return between which regions an item has passed up to a day: received there, decided here."""
    rows = Proof.objects.filter(item=item, day__lte=day)
    return frozenset(rows.values_list("receiver_region", "decider_region"))


def outside(day: date) -> list[tuple[str, Text]]:
    """Return the places of other provinces with which an agreement is in force: code and name."""
    rows = Party.objects.filter(terms__in=[row.pk for row in terms_on(day)], region__isnull=True)
    return sorted({party.code: Text.of(party.name) for party in rows}.items())
