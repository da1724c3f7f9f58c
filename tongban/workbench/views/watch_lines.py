"""Rows of a supervisor's lists in words: how late, what, who is responsible and how to reach them, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.cases.queries import may_urge
from tongban.cases.queries import watch as watched
from tongban.cases.queries.watch import Page, Watch
from tongban.catalogue import queries as catalogue
from tongban.design.templatetags.design import marks
from tongban.lib.actors import Clerk
from tongban.lib.personal import mask_name
from tongban.places import queries as places
from tongban.workbench import vocabulary
from tongban.workbench.views.desk_rows import LATE, urged_mark


@dataclass(frozen=True, slots=True)
class Reached:
    """A body that is responsible, and the telephone under which it can be reached."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list."""

    light: SafeString
    due: date
    url: str
    named: str
    about: str
    what: str
    more: str
    who: list[Reached]
    reference: bool = False
    urge: str = ""
    urged: SafeString = field(default_factory=SafeString)


class Lines:
    """What the rows of all lists on a page need, loaded once for all of them."""

    def __init__(self, found: Watch, by: Clerk) -> None:
        ids = {each.group: each.ids for each in found.pages}
        self.by, self.today = by, found.today
        self.calendar, self.directory = places.calendar_now(), places.directory_now()
        self.parts = watched.parts([*ids.get("overdue", ()), *ids.get("deemed", ())])
        self.offers = watched.offers(ids.get("offers", ()))
        self.obstacles = watched.obstacles(ids.get("obstacles", ()))
        self.urgings = watched.urgings(ids.get("urged", ()))
        parts = {*self.parts, *(row.part_id for row in self.offers.values())}
        self.urged = watched.urged(parts, list(self.obstacles))
        told = [*self.obstacles.values(), *(row.obstacle for row in self.urgings.values() if row.obstacle)]
        self.items = catalogue.item_names({row.item for row in told if row.item})

    def of(self, shown: Page) -> list[Line]:
        """Return the rows of a page of a list; what was settled since it was read is left out."""
        rows: dict[str, tuple[dict[UUID, Any], Callable[[Any], Line]]] = {
            "urged": (self.urgings, self._urging),
            "overdue": (self.parts, self._overdue),
            "offers": (self.offers, self._offer),
            "obstacles": (self.obstacles, self._obstacle),
            "deemed": (self.parts, self._deemed),
        }
        known, line = rows[shown.group]
        return [line(known[each]) for each in shown.ids if each in known]

    def _light(self, due: date) -> SafeString:
        late = self.calendar.between(due, self.today)
        if due < self.today:
            said = ngettext("%(days)d working day late", "%(days)d working days late", late)
            return marks.light("overdue", said % {"days": late})
        if due == self.today:
            return marks.light("today")
        return marks.light("fine", _("open"))

    def _who(self, bodies: Iterable[str | None], rule: Any = None, decider: str = "") -> list[Reached]:
        offices = [self.directory.body(body) for body in dict.fromkeys(bodies) if body]
        section = rule.contact_phone if rule else ""
        return [
            Reached(str(office.name), office.phone or (section if office.code == decider else ""))
            for office in offices
        ]

    def _part(self, part: Any, bodies: Collection[str | None], *, urge: bool = True, **said: Any) -> Line:
        rule = catalogue.edition(part.case.revision_id).rule
        can = urge and part.id not in self.urged and may_urge(self.by, bodies)
        return Line(
            url=reverse("workbench:part", args=[part.id]),
            named=part.case.reference,
            reference=True,
            about=f"{rule.name} · {mask_name(part.case.applicant['name'])}",
            who=self._who(bodies, rule, part.decider_id),
            urge=reverse("workbench:urge", args=[part.id]) if can else "",
            urged=urged_mark(self.urged.get(part.id), self.today) if urge else SafeString(""),
            **said,
        )

    def _overdue(self, part: Any) -> Line:
        law = bool(part.law_due_on and part.law_due_on < self.today)
        return self._part(
            part,
            (part.offered_to_id, part.holder_id),
            light=self._light(part.rank_on),
            due=part.rank_on,
            what=str(vocabulary.CLOCKS.get(part.due_kind, "")),
            more=_("The statutory limit is past, too") if law else str(vocabulary.STATES[part.state]),
        )

    def _deemed(self, part: Any) -> Line:
        return self._part(
            part,
            (part.decider_id,),
            urge=False,
            light=marks.tag(_("Deemed accepted"), "red", "warning"),
            due=part.accepted_on,
            what=str(vocabulary.STATES[part.state]),
            more=_("counts as accepted from this day"),
        )

    def _offer(self, row: Any) -> Line:
        giver = self.directory.body(row.giver_id).name
        days = self.calendar.between(timezone.localdate(row.offered_at), self.today)
        waits = ngettext("waits %(days)d working day", "waits %(days)d working days", days) % {"days": days}
        return self._part(
            row.part,
            (row.taker_id,),
            light=LATE["escalated" if row.escalated_on else "reminded"](),
            due=timezone.localdate(row.offered_at),
            what=_("offered by %(giver)s") % {"giver": giver},
            more=waits,
        )

    def _obstacle(self, row: Any) -> Line:
        can = row.id not in self.urged and may_urge(self.by, [row.owner_id])
        return Line(
            light=self._light(row.due_on),
            due=row.due_on,
            url=reverse("workbench:obstacle", args=[row.id]),
            named=str(vocabulary.CAUSES.get(row.cause, row.cause)),
            about=row.case.reference if row.case else str(self.items.get(row.item, "")),
            what=_("recorded by %(body)s") % {"body": self.directory.body(row.body_id).name},
            more="",
            who=self._who([row.owner_id]),
            urge=reverse("workbench:urge-about", args=[row.id]) if can else "",
            urged=urged_mark(self.urged.get(row.id), self.today),
        )

    def _urging(self, row: Any) -> Line:
        about = row.case.reference if row.case else ""
        if row.obstacle:
            cause = str(vocabulary.CAUSES.get(row.obstacle.cause, row.obstacle.cause))
            about = " · ".join(filter(None, (about or str(self.items.get(row.obstacle.item, "")), cause)))
        url = (
            reverse("workbench:obstacle", args=[row.obstacle_id])
            if row.obstacle
            else reverse("workbench:part", args=[row.part_id])
        )
        return Line(
            light=self._light(row.due_on),
            due=row.due_on,
            url=url,
            named=about,
            reference=not row.obstacle,
            about="",
            what=row.words["text"],
            more=_("urged by %(body)s") % {"body": self.directory.body(row.by_body_id).name},
            who=self._who([row.body_id]),
        )
