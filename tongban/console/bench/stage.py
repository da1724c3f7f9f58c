"""The bench's cast: windows and officers all over the province, and what is filed between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, product
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tongban.cases.rules import intake
from tongban.cases.rules.intake import Application
from tongban.catalogue import actions as catalogue_actions
from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Edition
from tongban.catalogue.rules import Answers, Rule, asked
from tongban.console.environment import ROOT
from tongban.lib.actors import Clerk, System
from tongban.papers import actions as papers
from tongban.people import actions as people
from tongban.places import actions as places_actions
from tongban.places import queries as places

ITEMS = ("JX-P-0018", "JX-P-0001")
MATERIALS = 3
PASSWORD = "a-bench-is-no-secret"  # noqa: S105  # of a database that is thrown away
WINDOW, OFFICER = "bench-window", "bench-officer"
BENCH = System("bench")
_DATA = ROOT / "data"
_SINCE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Scene:
    """One deciding body: its officer, a window far away, and what is filed there for it."""

    window: Clerk
    officer: Clerk
    edition: Edition
    application: Application
    typed: dict[str, object]


def load(now: datetime) -> None:
    """Load the reference data that comes with Tongban."""
    places_actions.load_places(_DATA / "places", by=BENCH, at=now)
    places_actions.load_calendar(_DATA / "calendar" / "cn.csv", by=BENCH, at=now)
    catalogue_actions.load(_DATA / "items")
    papers.load_templates()


def scenes(now: datetime, pages: list[str], counties: int = 1000) -> list[Scene]:
    """Return a scene for each county, of two items in turn, each filed at the hall of another county.

    :param pages: the hashes of files to enclose
    """
    halls = list(_halls())[:counties]
    window, officer = (people.create_account(name, "示范员工", PASSWORD).id for name in (WINDOW, OFFICER))
    receivers = {
        region: _appoint(window, body, "receive", now=now, window=counter) for region, body, counter in halls
    }
    editions = cycle([catalogue.in_force(item, timezone.localdate(now)) for item in ITEMS])
    found = []
    for index, (region, _, _) in enumerate(halls):
        edition = next(editions)
        decider = places.body_for(edition.rule.decided_by, edition.rule.decided_level, region)
        assert decider
        away = halls[(index + len(halls) // 2) % len(halls)][0]
        clerk = _appoint(officer, decider.code, "handle", now=now)
        typed = _typed(edition.rule, region, pages)
        application = intake.read(typed, edition.rule)
        found.append(Scene(receivers[away], clerk, edition, application, typed))
    _hand_in(pages, {scene.window for scene in found}, now)
    return found


def _hand_in(pages: list[str], clerks: Iterable[Clerk], now: datetime) -> None:
    """Note that each clerk handed these files in, which a thousand uploads would take minutes to say."""
    rows = [(page, str(clerk), now) for page, clerk in product(pages, clerks)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO files_handin (file_id, by, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", rows
        )


def _halls() -> Iterator[tuple[str, str, str]]:
    """Yield each county that has a hall with a window for other places: its code, the running body, the window."""
    for code, place in places.directory_now().places.items():
        if place.level != "county" or place.kind != "gb" or place.ended:
            continue
        for hall in places.halls_in(code)[:1]:
            special = next((each.code for each in places.windows_of(hall.code) if each.special), None)
            if special:
                yield code, hall.body_id, special


def _appoint(account: UUID, body: str, role: str, *, now: datetime, window: str | None = None) -> Clerk:
    today = timezone.localdate(now)
    post = places_actions.appoint(account, body, [role], today - _SINCE, window=window, by=BENCH, at=now)
    return places.post(post.id, today).clerk


_PERSON = {
    "name": "申请人甲",
    "number_kind": "resident",
    "number": "360121180001010017",
    "phone": "00000000000",
    "address": "虚构路1号",
}


def _typed(rule: Rule, place: str, pages: list[str]) -> dict[str, object]:
    """Return what a window takes down, each material seen and photographed on one page."""
    answers = _answers(rule)
    wanted = [material.code for material in asked(rule, answers)]
    return {
        "subject": "person",
        "place": place,
        "answers": answers,
        "applicant": _PERSON,
        # With everybody: one item's three materials are those of an agent, and all cases have the same shape.
        "agent": {**_PERSON, "name": "代理人乙", "authority": "letter"},
        "fields": {
            field.code: field.options[0].code if field.options else _FILLED.get(field.kind, "示范内容")
            for field in rule.fields
        },
        "enclosed": {
            code: {"how": "seen", "pages": [page]} for code, page in zip(wanted, pages, strict=False)
        },
        "wish": {"way": rule.deliver[0], "address": "虚构路1号"},
    }


_FILLED = {"date": "2026-01-01", "number": "1"}


def _answers(rule: Rule) -> Answers:
    """Return the first answers with which three materials are asked for."""
    codes = [each.code for each in rule.situations]
    for chosen in product(*([answer.code for answer in each.answers] for each in rule.situations)):
        answers = dict(zip(codes, chosen, strict=True))
        if len(asked(rule, answers)) == MATERIALS:
            return answers
    raise LookupError(rule.code)
