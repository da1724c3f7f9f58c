"""Who answers for a body: named and confirmed, every quarter, by the body itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Invalid, NotAllowed, Refused
from tongban.lib.words import clean
from tongban.places.actions import tables
from tongban.places.models import Body, Responsible
from tongban.places.rules.responsible import Charge
from tongban.trail import actions as trail

_COLUMNS = ("body", "charge", "name", "phone")


@dataclass(frozen=True, slots=True)
class Named:
    """Who answers in one capacity, and where the office can be reached."""

    charge: str
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""


def may_answer_for(by: Actor, body: str) -> bool:
    """Return whether the actor speaks for the body: at work there, whatever their role."""
    return isinstance(by, Clerk) and not by.practice and body == by.body


@transaction.atomic
def name_responsible(body: str, says: Named, *, by: Actor, at: datetime) -> Responsible:
    """Say who answers for one's own body in one capacity; that also confirms it.

    :raises NotAllowed: if it isn't the actor's body
    :raises Invalid: if there is no name, or neither telephone nor address
    """
    if not may_answer_for(by, body):
        raise NotAllowed
    if says.charge not in set(Charge):
        raise Invalid("responsible.charge-unknown", field="charge")
    name, phone = clean(says.name, field="name", limit=60), clean(says.phone, field="phone", limit=40)
    email = clean(says.email, field="email", limit=120)
    if not name:
        raise Invalid("words.missing", field="name")
    if not phone and not email:
        raise Invalid("responsible.unreachable", field="phone")
    row, _made = Responsible.objects.update_or_create(
        body_id=body,
        charge=says.charge,
        defaults={
            "name": name,
            "title": clean(says.title, field="title", limit=60),
            "phone": phone,
            "email": email,
            "illustrative": False,
            "confirmed_on": timezone.localdate(at),
            "confirmed_by": str(by),
        },
    )
    _tell("places.responsible.name", body, by, at, charge=says.charge)
    return row


@transaction.atomic
def confirm_responsible(body: str, *, by: Actor, at: datetime) -> int:
    """Confirm for one's own body that all who are named still answer for it; returns how many.

    :raises NotAllowed: if it isn't the actor's body
    :raises Refused: if nobody is named
    """
    if not may_answer_for(by, body):
        raise NotAllowed
    rows = Responsible.objects.filter(body=body)
    count = rows.update(confirmed_on=timezone.localdate(at), confirmed_by=str(by))
    if not count:
        raise Refused("responsible.nobody-named")
    _tell("places.responsible.confirm", body, by, at, count=count)
    return count


@transaction.atomic
def load_responsible(path: Path, *, by: Actor, at: datetime) -> int:
    """Load who answers from a table; whom a body named already is left alone. Returns how many are new.

    :raises Invalid: if a row is wrong; says which, and which column
    """
    known = set(Responsible.objects.values_list("body", "charge"))
    bodies = set(Body.objects.values_list("code", flat=True))
    rows = [_read(row, bodies) for row in tables.read(path, _COLUMNS)]
    new = [row for row in rows if (row.body_id, row.charge) not in known]
    Responsible.objects.bulk_create(new)
    if new:
        _tell("places.responsible.load", "", by, at, count=len(new))
    return len(new)


def _read(row: tables.Row, bodies: set[str]) -> Responsible:
    if row.needed("body", 60) not in bodies:
        raise row.wrong("load.code-unknown", "body")
    return Responsible(
        body_id=row.needed("body", 60),
        charge=row.word("charge", [str(each) for each in Charge]),
        name=row.needed("name", 60),
        title=row.text("title", 60),
        phone=row.text("phone", 40),
        email=row.text("email", 120),
        illustrative=row.yes("illustrative"),
        confirmed_on=row.day("confirmed_on"),
        confirmed_by="",
    )


def _tell(
    event: str, body: str, by: Actor, at: datetime, *, charge: str | None = None, count: int | None = None
) -> None:
    told = trail.entry(event, f"body:{body}", actor=str(by), at=at, charge=charge, count=count)
    trail.record([told])
