"""What runs under an item's revisions, in numbers: for whoever is about to publish another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from tongban.cases import access
from tongban.cases.models import Draft, Enclosure, Part
from tongban.cases.queries.file import CaseFile, load
from tongban.cases.queries.standing import days_of
from tongban.cases.rules import clock, enclosures, lifecycle
from tongban.cases.rules.enclosures import Enclosed, How
from tongban.cases.rules.rebasing import Rebased, rebased
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition
from tongban.lib.actors import Clerk
from tongban.lib.refusals import NotAllowed, Refused
from tongban.places import queries as places


@dataclass(frozen=True, slots=True)
class Running:
    """How many cases run under a revision at a body in a state."""

    revision: str
    body: str
    state: str
    count: int


def running(item: str) -> list[Running]:
    """Return how many cases run under the item's revisions, by revision, deciding body and state."""
    live = Part.objects.filter(practice=False).exclude(state__in=lifecycle.FINAL)
    rows = live.filter(case__revision__item=item).values_list("case__revision", "decider", "state")
    counted = rows.annotate(count=Count("id")).order_by("case__revision", "decider", "state")
    return [Running(*row) for row in counted]


@dataclass(frozen=True, slots=True)
class Begun:
    """How many drafts lie at the windows of a body under a revision."""

    revision: str
    body: str
    count: int


def begun(item: str) -> list[Begun]:
    """Return how many drafts of the item lie at windows, by revision and body: a newer one makes them stale."""
    rows = Draft.objects.filter(revision__item=item, practice=False, received_at__isnull=True)
    counted = rows.values_list("revision", "post__body").annotate(count=Count("id"))
    return [Begun(*row) for row in counted.order_by("revision", "post__body")]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change for one case if it went over to a newer revision."""

    file: CaseFile
    to: Edition
    change: Rebased
    due: tuple[date | None, date | None]
    law_due: tuple[date | None, date | None]


def preview(part_id: UUID, by: Clerk, *, at: datetime, answers: Mapping[str, str] | None = None) -> Preview:
    """Return what would change for a case under the revision that is in force now.

    :raises Missing: if there is no such part that the clerk may see
    :raises NotAllowed: if the clerk doesn't approve at the deciding body
    :raises Refused: if the case runs under the newest revision already
    """
    file = load(part_id, by, at=at)
    if not access.may_rebase(by, file.part, file.case):
        raise NotAllowed
    today = timezone.localdate(at)
    to = catalogue.in_force(file.edition.item, today)
    if to.number <= file.edition.number:
        raise Refused("rebase.newest")
    change = rebased(
        file.edition.rule,
        to.rule,
        answers=file.case.answers,
        given=answers or {},
        enclosed=said(file.part),
        notices=file.part.notices,
        state=file.state,
    )
    days, calendar = days_of(file.part), places.calendar_now()
    after = clock.deadlines(days, to.rule, calendar)
    bound = next((each.on for each in after if each.binding), None)
    law = next((each.on for each in after if each.kind is clock.Kind.STATUTORY), None)
    return Preview(file, to, change, (file.part.due_on, bound), (file.part.law_due_on, law))


def said(part: Part) -> dict[str, Enclosed]:
    """Return what was last done about each material of a part's case."""
    rows = Enclosure.objects.filter(case=part.case_id).order_by("round", "id")
    return {
        row.material: enclosures.Enclosed(
            row.material, How(row.how), (), row.reason.get("text", "") if row.reason else ""
        )
        for row in rows
    }
