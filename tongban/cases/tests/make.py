"""A cast that recurs, and cases built by the real actions, so that no test can hold one that couldn't exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from tongban.cases import actions
from tongban.cases.models import Part
from tongban.catalogue import actions as catalogue_actions
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Clerk, System
from tongban.lists import actions as list_actions
from tongban.papers import actions as papers
from tongban.papers import queries as issued
from tongban.people import actions as people
from tongban.places import actions as places_actions
from tongban.places import queries as places
from tongban.trail import queries as trail

DATA = Path(__file__).resolve().parents[3] / "data"
MONDAY = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)  # ten in the morning at the place
RENEW = "JX-P-0001"
NUMBER = "360121180001010017"
FOOD = "JX-P-0005"
PROOF = "JX-P-0013"
MARKET = "360702-market-supervision"
COMPANY = "91360000MA0000000K"

_REFERENCE = ("places", "catalogue", "papers")
_copies: dict[str, bytes] = {}


def data() -> None:
    """Load everything that comes with Tongban: through the actions once, from then on as a copy of what they wrote."""
    if places.calendar_version():
        return
    if not _copies:
        _load()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _copies.items() if not places.calendar_version() else ():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)


def lists() -> None:
    """Load the lists that come with Tongban as well."""
    data()
    list_actions.load(DATA / "lists", by=System("test"), at=MONDAY)


def _load() -> None:
    places_actions.load_places(DATA / "places", by=System("test"), at=MONDAY)
    places_actions.load_calendar(DATA / "calendar" / "cn.csv", by=System("test"), at=MONDAY)
    catalogue_actions.load(DATA / "items")
    papers.load_templates()
    with connection.cursor() as cursor:
        for model in (model for room in _REFERENCE for model in apps.get_app_config(room).get_models()):
            with cursor.copy(f"COPY {model._meta.db_table} TO STDOUT") as copy:
                _copies[model._meta.db_table] = b"".join(bytes(each) for each in copy)


def clerk(body: str = "360111-service-centre", *roles: str, name: str = "", practice: bool = False) -> Clerk:
    """Return somebody at work for a body: by default a window clerk in 青山湖区, far from where it's decided."""
    wanted = roles or (("receive",) if body.endswith("service-centre") else ("handle",))
    username = name or f"{body}-{'-'.join(wanted)}"
    account = people.create_account(username, "员工甲", "a-long-enough-word")
    window = _window_of(body) if "receive" in wanted else None
    post = places_actions.appoint(
        account=account.id,
        body=body,
        window=window,
        roles=wanted,
        since=MONDAY.date(),
        by=System("test"),
        at=MONDAY,
    )
    at_work = places.post(post.id, MONDAY.date())
    found = at_work.clerk
    return Clerk(**{**_plain(found), "practice": practice})


def _plain(clerk: Clerk) -> dict[str, Any]:
    return {name: getattr(clerk, name) for name in Clerk.__slots__}


def _window_of(body: str) -> str | None:
    region = body.split("-", 1)[0]
    halls = places.halls_in(region)
    windows = places.windows_of(halls[0].code) if halls else []
    return next((window.code for window in windows if window.special), None)


def typed(item: str = RENEW, place: str = "360702", **changes: Any) -> dict[str, Any]:
    """Return what a clerk has typed for a complete application: everything asked for was seen."""
    rule = catalogue.in_force(item, MONDAY.date()).rule
    answers = {each.code: each.answers[0].code for each in rule.situations}
    company = "person" not in rule.subjects
    data: dict[str, Any] = {
        "subject": rule.subjects[0],
        "place": place,
        "answers": answers,
        "applicant": {
            "name": "申请人甲",
            "number_kind": "credit-code" if company else "resident",
            "number": COMPANY if company else NUMBER,
            "phone": "00000000000",
            "address": "虚构路1号",
        },
        "fields": {
            field.code: field.options[0].code
            if field.options
            else "2026-01-01"
            if field.kind == "date"
            else "1"
            for field in rule.fields
        },
        "enclosed": {each.code: {"how": "seen"} for each in rule.materials},
        "wish": {"way": rule.deliver[0], "address": "虚构路1号"},
    }
    return {**data, **changes}


def received(by: Clerk, item: str = RENEW, at: datetime = MONDAY, **changes: Any) -> Part:
    """Return a part that a window received and offered to the deciding body."""
    draft = actions.start(catalogue.in_force(item, MONDAY.date()), by=by, at=at, data=typed(item, **changes))
    done = actions.receive(draft.id, by=by, at=at)
    return part_of(done.case)


def part_of(case: UUID) -> Part:
    """Return the one part of a case."""
    return Part.objects.select_related("case").get(case=case)


def again(part: Part) -> Part:
    """Return the part as it stands now."""
    return Part.objects.select_related("case").get(pk=part.pk)


def take_over(part: Part, by: Clerk, at: datetime = MONDAY) -> Part:
    """Return the part once `by` has taken it over."""
    return actions.take_over(part.id, by=by, at=at)


def lacking(by: Clerk, item: str = FOOD, **changes: Any) -> Part:
    """Return a part that was received without one of its materials, and so stays where it was received."""
    whole = typed(item, **changes)
    enclosed = {**whole["enclosed"], "application-form": {"how": "missing", "reason": "没带"}}
    return received(by, item, enclosed=enclosed, **changes)


def day(number: int, *, hour: int = 2) -> datetime:
    """Return a time so many days after MONDAY."""
    return MONDAY.replace(hour=hour) + timedelta(days=number)


def papers_of(part: Part) -> list[tuple[str, str, date]]:
    """Return kind, body and day of the part's documents, oldest first."""
    return [(each.kind, each.body, each.issued_on) for each in issued.papers_of(part.case_id)]


def said(part: Part, kind: str) -> dict[str, Any]:
    """Return what the part's last document of a kind says."""
    last = [each for each in issued.papers_of(part.case_id) if each.kind == kind][-1]
    return dict(issued.paper(last.id).content)


def events(part: Part) -> list[str]:
    """Return the events that the trail holds about the part's case, in their order."""
    return [entry.event.removeprefix("case.") for entry in trail.of_case(part.case_id)]
