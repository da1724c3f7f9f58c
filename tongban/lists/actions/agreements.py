"""Agreements with places of other provinces: written, signed, in force by date, ended; every revision is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tongban.lib import writes
from tongban.lib.actors import Actor, Clerk
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.texts import Text
from tongban.lib.words import clean
from tongban.lists import access
from tongban.lists.models import Agreement, Covered, Party, Terms
from tongban.lists.queries import standing
from tongban.lists.rules.words import PACTS, Clock, Direction, Pact
from tongban.places import queries as places
from tongban.trail import actions as trail

_LONG = 1000
_DAY_BEFORE = "agreements.ends-before-it-begins"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """What an agreement's terms say.

    :param parties: code and name of each place; ours by the region's code alone
    :param items: the direction in which each item is covered
    :param until: the last day, if there is one
    """

    name: Text
    parties: tuple[tuple[str, Text], ...]
    items: tuple[tuple[str, str], ...]
    since: date
    until: date | None = None
    notice_clock: str = Clock.RECEIPT
    limit_clock: str = Clock.TAKING_OVER
    postal: Text = field(default_factory=lambda: Text(""))
    fees: Text = field(default_factory=lambda: Text(""))
    reason: str = ""


@transaction.atomic
def draft(
    code: str, scope: str, says: Paragraphs, *, by: Actor, at: datetime, illustrative: bool = False
) -> Terms:
    """Write a new agreement, or a new revision of one; what is signed stays as it is until this is signed, too.

    :raises Refused: if a draft lies there already, or the agreement has ended
    :raises Invalid: if a party, an item or a day is wrong
    """
    clerk = access.require_propose(by)
    if scope not in PACTS:
        raise Invalid("agreements.scope-unknown", field="scope")
    known = {"scope": scope, "illustrative": illustrative}
    agreement, _made = Agreement.objects.select_for_update().get_or_create(code=_code(code), defaults=known)
    if agreement.ended_on:
        raise Refused("agreements.ended", day=agreement.ended_on)
    if agreement.revisions.filter(state=Pact.DRAFT).exists():
        raise Refused("agreements.draft-there")
    last = agreement.revisions.order_by("-number").first()
    terms = Terms(agreement=agreement, number=last.number + 1 if last else 1)
    return _write(terms, says, clerk, at, "draft")


@transaction.atomic
def redraft(terms_id: UUID, says: Paragraphs, *, by: Actor, at: datetime) -> Terms:
    """Write a draft anew.

    :raises Refused: if it's signed
    """
    clerk = access.require_propose(by)
    terms = _lock(terms_id, Pact.DRAFT)
    terms.parties.all().delete()
    terms.covered.all().delete()
    return _write(terms, says, clerk, at, "redraft")


def _write(terms: Terms, says: Paragraphs, clerk: Clerk, at: datetime, verb: str) -> Terms:
    if says.until and says.until < says.since:
        raise Invalid(_DAY_BEFORE, field="until")
    terms.name = _text(says.name, "name", needed=True)
    terms.valid_from, terms.valid_until = says.since, says.until
    terms.notice_clock, terms.limit_clock = Clock(says.notice_clock), Clock(says.limit_clock)
    terms.postal, terms.fees = _text(says.postal, "postal"), _text(says.fees, "fees")
    terms.reason = clean(says.reason, field="reason", limit=_LONG, lines=True)
    terms.written_by, terms.written_at = str(clerk.account), at
    terms.hands = sorted({*terms.hands, str(clerk.account)})
    parties, covered = _parties(terms, says), _covered(terms, says)
    terms.save()
    Party.objects.bulk_create(parties)
    Covered.objects.bulk_create(covered)
    _tell(f"lists.agreement.{verb}", terms, clerk, at)
    return terms


def _parties(terms: Terms, says: Paragraphs) -> list[Party]:
    """Return both sides.

    :raises Invalid: if one is missing, or named twice
    """
    directory = places.directory_now()
    found: dict[str, Party] = {}
    for code, name in says.parties:
        ours = directory.places.get(code)
        said = clean(ours.name.zh if ours else name.zh, field="parties", limit=120)
        english = clean(ours.name.en if ours else name.en, field="parties", limit=160)
        if not said or not code.isascii() or code in found:
            raise Invalid("agreements.party-unnamed", field="parties", place=code)
        region = code if ours else None
        found[code] = Party(terms=terms, code=code, name={"zh": said, "en": english}, region_id=region)
    if len({party.region_id is None for party in found.values()}) != 2:
        raise Invalid("agreements.two-sides", field="parties")
    return list(found.values())


def _covered(terms: Terms, says: Paragraphs) -> list[Covered]:
    if not says.items:
        raise Invalid("agreements.no-items", field="items")
    wrong = [code for code, way in says.items if way not in set(Direction) or not standing.is_item(code)]
    if wrong or len(dict(says.items)) != len(says.items):
        raise Invalid("agreements.item-unknown", field="items", item=", ".join(wrong))
    return [Covered(terms=terms, item_id=code, direction=way) for code, way in says.items]


@transaction.atomic
def sign(terms_id: UUID, day: date, *, by: Actor, at: datetime) -> Terms:
    """Record that both sides signed the draft on a day; from its first day on it holds instead of the one before.

    :raises Refused: if it's signed already, its agreement has ended, or by one of those who wrote it
    :raises Invalid: if the day is to come
    """
    clerk = reviewer(by)
    terms = _lock(terms_id, Pact.DRAFT)
    if str(clerk.account) in terms.hands:
        raise Refused("lists.second-person")
    if ended := terms.agreement.ended_on:
        raise Refused("agreements.ended", day=ended)
    if day > timezone.localdate(at):
        raise Invalid("agreements.signed-in-future", field="day")
    terms.state, terms.signed_on, terms.signed_by, terms.signed_at = Pact.SIGNED, day, str(clerk.account), at
    fields = ("state", "signed_on", "signed_by", "signed_at")
    told = entry("lists.agreement.sign", terms, clerk, at, day)
    trail.record([told], writes.Update([terms], fields))
    return terms


def reviewer(by: Actor) -> Clerk:
    """Return who signs for the province.

    :raises NotAllowed: for everybody else
    """
    level = places.region(by.region).level if isinstance(by, Clerk) else ""
    return access.require_review(by, level)


def _lock(terms_id: UUID, state: str) -> Terms:
    terms = (
        Terms.objects.select_for_update(of=("self",)).select_related("agreement").filter(pk=terms_id).first()
    )
    if terms is None:
        raise Missing
    if terms.state != state:
        raise Refused("agreements.signed-already")
    return terms


def _code(code: str) -> str:
    said = clean(code, field="code", limit=40)
    if not said or not said.replace("-", "").isalnum() or not said.isascii():
        raise Invalid("agreements.code-malformed", field="code")
    return said


def _text(text: Text, field_: str, *, needed: bool = False) -> dict[str, str]:
    said = {
        "zh": clean(text.zh, field=field_, limit=_LONG, lines=True),
        "en": clean(text.en, field=field_, limit=_LONG, lines=True),
    }
    if needed and not said["zh"]:
        raise Invalid("words.missing", field=field_)
    return said


def _tell(event: str, terms: Terms, by: Actor, at: datetime) -> None:
    trail.record([entry(event, terms, by, at, None)])


def entry(event: str, terms: Terms, by: Actor, at: datetime, day: date | None) -> trail.Entry:
    """Return what the trail keeps of a step."""
    return trail.entry(
        event,
        f"agreement:{terms.agreement_id}",
        actor=str(by),
        at=at,
        number=terms.number,
        since=terms.valid_from.isoformat(),
        day=day.isoformat() if day else None,
    )
