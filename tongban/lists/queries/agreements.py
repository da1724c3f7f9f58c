"""Agreements and rehearsals as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing
from tongban.lib.texts import Text
from tongban.lists.models import Agreement, Rehearsal, Terms
from tongban.lists.queries.places import terms_on
from tongban.lists.rules.words import Pact

PAGE = 50


@dataclass(frozen=True, slots=True)
class Written:
    """One revision of an agreement's terms with its parties and items, and how it stands on a day."""

    terms: Terms
    parties: list[tuple[str, Text, bool]]
    items: list[tuple[str, Text, str]]
    stands: str


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement as a list shows it: its terms in force, else the newest."""

    agreement: Agreement
    newest: Written


def agreements(day: date, *, after: str = "", limit: int = PAGE) -> tuple[list[Row], str]:
    """Return the agreements by their code, and after which to go on."""
    rows = Agreement.objects.filter(code__gt=after).order_by("code")[: limit + 1]
    found = list(rows)
    more = found[limit - 1].code if len(found) > limit else ""
    kept = found[:limit]
    newest = Terms.objects.filter(agreement__in=kept).order_by("agreement", "-number").distinct("agreement")
    written = {each.terms.agreement_id: each for each in _written(list(newest), day)}
    holding = {each.terms.agreement_id: each for each in _written(terms_on(day), day)}
    return [Row(row, holding.get(row.pk, written[row.pk])) for row in kept], more


@dataclass(frozen=True, slots=True)
class AgreementFile:
    """An agreement with all its revisions, the newest first."""

    agreement: Agreement
    revisions: list[Written]

    @property
    def draft(self) -> Written | None:
        """The draft that isn't signed yet, if there is one."""
        return next((each for each in self.revisions if each.terms.state == Pact.DRAFT), None)


def agreement(agreement_id: UUID, day: date) -> AgreementFile:
    """Return an agreement.

    :raises Missing: if there is none
    """
    found = Agreement.objects.filter(pk=agreement_id).first()
    if found is None:
        raise Missing
    rows = list(Terms.objects.filter(agreement=found).select_related("agreement").order_by("-number"))
    return AgreementFile(found, _written(rows, day))


def _written(rows: list[Terms], day: date) -> list[Written]:
    found = Terms.objects.filter(pk__in=[row.pk for row in rows])
    full = {row.pk: row for row in found.select_related("agreement").prefetch_related("parties", "covered")}
    codes = {covered.item_id for row in full.values() for covered in row.covered.all()}
    names = catalogue.item_names(codes)
    holding = {row.pk for row in terms_on(day)}
    return [_one(full[row.pk], names, day, row.pk in holding) for row in rows]


def _one(row: Terms, names: dict[str, Text], day: date, holds: bool) -> Written:
    return Written(
        terms=row,
        parties=[(each.code, Text.of(each.name), bool(each.region_id)) for each in row.parties.all()],
        items=[(each.item_id, names[each.item_id], each.direction) for each in row.covered.all()],
        stands="in-force" if holds else _stands(row, day),
    )


def _stands(row: Terms, day: date) -> str:
    """Return how terms stand that don't hold on the day."""
    if row.state == Pact.DRAFT:
        return "draft"
    ended = row.agreement.ended_on
    if row.valid_from > day and not (ended and ended <= row.valid_from):
        return "signed"
    over = (ended and ended <= day) or (row.valid_until and row.valid_until < day)
    return "ended" if over else "replaced"


def rehearsals(by: Clerk, *, after: str = "", limit: int = PAGE) -> tuple[list[Rehearsal], str]:
    """Return the rehearsals of the actor's bodies, those to confirm first, and after which to go on.

    :raises Missing: if there is no such place to go on from
    """
    rows = _own(by).order_by("-confirmed_at", "-walked_on", "id")
    found = list((rows.filter(_later(after)) if after else rows)[: limit + 1])
    return found[:limit], _place(found[limit - 1]) if len(found) > limit else ""


def rehearsal(rehearsal_id: UUID, by: Clerk) -> Rehearsal:
    """Return a rehearsal of the actor's bodies.

    :raises Missing: if there is none
    """
    found = _own(by).filter(pk=rehearsal_id).first()
    if found is None:
        raise Missing
    return found


def _own(by: Clerk) -> QuerySet[Rehearsal]:
    own = Q(receiver__in=by.bodies) | Q(decider__in=by.bodies)
    return Rehearsal.objects.filter(own).select_related("receiver", "decider")


_SPAN = timedelta(microseconds=1)
_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


def _place(row: Rehearsal) -> str:
    """Return where a rehearsal stands in the order, as an address says it; what is confirmed later stays behind it."""
    confirmed = (row.confirmed_at - _BEGAN) // _SPAN if row.confirmed_at else ""
    return f"{confirmed}.{row.walked_on}.{row.pk}"


def _later(place: str) -> Q:
    """Return the condition that a rehearsal comes after a place in the order."""
    try:
        confirmed, walked, key = place.split(".")
        day, at = date.fromisoformat(walked), _BEGAN + int(confirmed) * _SPAN if confirmed else None
        beside = Q(walked_on__lt=day) | Q(walked_on=day, id__gt=UUID(key))
    except (ValueError, OverflowError) as error:
        raise Missing from error
    if at is None:
        return Q(confirmed_at__isnull=False) | (Q(confirmed_at__isnull=True) & beside)
    return Q(confirmed_at__lt=at) | (Q(confirmed_at=at) & beside)
