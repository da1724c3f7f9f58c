"""Asking to be told, saying that it was really oneself, and stopping it.

Nothing here is a step of a case, and nothing may tell who asked: so nothing goes to the trail; see `docs/decisions/`.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from tongban.cases import actions as cases
from tongban.catalogue import queries as catalogue
from tongban.lib import codes
from tongban.lib.personal import found_by
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lists.queries import opening
from tongban.notices import queries
from tongban.notices.actions import telling
from tongban.notices.actions._ending import end
from tongban.notices.models import Notice, Watcher
from tongban.notices.rules import LIMITS, LIVE, Kind, State, read_address
from tongban.places import queries as places

_DAY = timedelta(days=1)
_TURN = "SELECT pg_advisory_xact_lock(%s)"


@dataclass(frozen=True, slots=True)
class Pages:
    """Whole addresses of the door's pages: the one below which links lie, and the item's own."""

    watch: str
    item: str


def ask(
    item: str,
    address: str,
    *,
    here: str,
    power: str,
    language: str,
    pages: Pages,
    client: str,
    at: datetime,
) -> None:
    """Take the wish to be told when an item opens, and owe its address the one mail that asks whether that was so.

    The caller learns nothing of the address: one that was written to too often today gets no mail, in silence.

    :param client: where the request came from, for the throttle
    :raises Missing: if there is no such item
    :raises Invalid: if the address or a place is none
    :raises Refused: if it's open there already or has ended, if no mail can be sent, or after too many wishes
    """
    if not queries.offered():
        raise Refused("notices.not-offered")
    today = timezone.localdate(at)
    if catalogue.standing(item, today).state == "ended":
        raise Refused("notices.ended")
    to = read_address(address)
    if {here, power} - {"", *places.directory_now().places}:
        raise Invalid("notices.place", field="here")
    cases.attempt(f"notices:{client}", at=at)
    if any(opening.fits(way, here, power) for way in opening.ways(item, today)):
        raise Refused("notices.open-already")
    code = codes.write(secrets.randbits(codes.BITS))
    watcher = Watcher(
        item_id=item,
        here=here,
        power=power,
        language=language,
        pages=asdict(pages),
        contact={"address": to, "code": code},
        finder=found_by("watcher", to),
        code=found_by("watcher-code", code),
        asked_at=at,
    )
    _keep(watcher, at)


@transaction.atomic
def _keep(watcher: Watcher, at: datetime) -> None:
    """Write the wish and the mail that it owes, unless the address got its share of them today."""
    with connection.cursor() as cursor:
        # One after the other for one address, or several at once would each count before any of them has written.
        cursor.execute(_TURN, [int.from_bytes((watcher.finder or b"")[:7])])
    lately = Watcher.objects.filter(finder=watcher.finder, asked_at__gt=at - _DAY)
    if lately.count() < LIMITS.mails:
        watcher.save(force_insert=True)
        Notice.objects.create(watcher=watcher, kind=Kind.CONFIRM, owed_at=at, next_try_at=at)


@transaction.atomic
def confirm(typed: str, *, at: datetime) -> None:
    """Take it that the owner of the address asked; who had asked for the same before is told only once.

    Again does no harm. If it has opened in the meantime, the mail is owed at once.

    :raises Missing: if no live wish has this code
    """
    watcher, others = _held(typed, at)
    if watcher.state != State.UNCONFIRMED:
        return
    for other in others:
        end(other, State.STOPPED, at)
    watcher.state, watcher.confirmed_at = State.CONFIRMED, at
    watcher.save(update_fields=["state", "confirmed_at"])
    telling.owe(watcher.item_id, [watcher], at)


@transaction.atomic
def stop(typed: str, *, at: datetime) -> None:
    """Stop it, confirmed or not, and erase the address. Again does no harm.

    :raises Missing: if no wish has this code
    """
    watcher, _others = _held(typed, at)
    if watcher.state in LIVE:
        end(watcher, State.STOPPED, at)


def _held(typed: str, at: datetime) -> tuple[Watcher, list[Watcher]]:
    """Return the row of a code and those confirmed of the same wish, locked in the order of their ids."""
    found = queries.by_code(typed, at)
    same = Q(
        finder=found.finder, item=found.item_id, here=found.here, power=found.power, state=State.CONFIRMED
    )
    wanted = Q(pk=found.pk) | same if found.finder else Q(pk=found.pk)
    rows = {row.pk: row for row in Watcher.objects.select_for_update().filter(wanted).order_by("id")}
    watcher = rows.pop(found.pk, None)
    if watcher is None:
        raise Missing
    return watcher, list(rows.values())
