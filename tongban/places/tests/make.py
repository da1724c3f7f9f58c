"""The cast: a small Jiangxi, two years of its calendar, and staff at work there.

章贡区 in Ganzhou decides, 东湖区 in Nanchang receives, 南康区 is the place that must get in nowhere.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tongban.lib.actors import Clerk, System
from tongban.people.tests import make as people
from tongban.places import actions, queries
from tongban.places.rules import CalendarLoaded, Loaded, Role
from tongban.trail import actions as trail

WORLD = Path(__file__).parent / "world"
OPERATOR = System("test")
SINCE = date(2020, 1, 1)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

NANCHANG, DONGHU = "360100", "360102"
GANZHOU, ZHANGGONG, NANKANG = "360700", "360702", "360703"
HALL, WINDOW = "360102-hall", "360102-hall-08"

_followers = count(1)


def told(event: str) -> list[dict[str, Any]]:
    """Return what the trail was told of an event: subject and facts of each, the oldest first."""
    heard: list[dict[str, Any]] = []
    trail.seal(MONDAY)
    trail.advance(
        f"test-{next(_followers)}",
        lambda entry: heard.append({"event": entry.event, "subject": entry.subject, **entry.facts}),
        MONDAY,
    )
    return [facts for facts in heard if facts.pop("event") == event]


def places() -> dict[str, Loaded]:
    """Load two cities, a few of their counties and a zone, with their bodies, halls and windows."""
    return actions.load_places(WORLD, by=OPERATOR, at=MONDAY)


def calendar() -> CalendarLoaded:
    """Load the calendar of 2025 and 2026."""
    return actions.load_calendar(WORLD / "calendar.csv", by=OPERATOR, at=MONDAY)


def at_work(
    body: str,
    roles: Collection[str] = (Role.HANDLE,),
    window: str | None = None,
    account: UUID | None = None,
    name: str = "工作人员甲",
) -> queries.AtWork:
    """Return somebody at work at the body since long ago."""
    account = account or people.account(name).id
    post = actions.appoint(account, body, roles, SINCE, window=window, by=OPERATOR, at=MONDAY)
    return queries.post(post.id, on=MONDAY.date())


def receiver(body: str = "360102-service-centre", window: str = WINDOW) -> Clerk:
    """Return a clerk at the window for other places in 东湖区."""
    return at_work(body, [Role.RECEIVE], window, name="窗口人员甲").clerk


def decider(body: str = "360702-police", roles: Collection[str] = (Role.HANDLE,)) -> Clerk:
    """Return an officer of 章贡区."""
    return at_work(body, roles, name="经办人员甲").clerk


def stranger(body: str = "360703-police") -> Clerk:
    """Return an officer of 南康区, who may do everything there and nothing here."""
    return at_work(body, list(Role), name="外区人员甲").clerk
