"""A provincial department with an editor and an approver, and items on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tongban.catalogue import actions, queries
from tongban.catalogue.models import Proposal, Revision
from tongban.catalogue.rules import sections
from tongban.catalogue.tests.make import DATA
from tongban.lib.actors import Clerk
from tongban.people.tests import make as people
from tongban.places.tests import make as places

FOOD, RENEW = "JX-P-0005", "JX-P-0001"
MARKET, POLICE = "360000-market-supervision", "360000-police"
NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
WHY = {"zh": "减少材料", "en": "Fewer materials"}
BASIS = "（示例）赣府字〔2026〕1号"


def data() -> None:
    """Load the small Jiangxi, and all items; what an earlier test rolled back isn't remembered."""
    queries.edition.cache_clear()
    places.places()
    actions.load(DATA / "items")


def clerk(body: str, *roles: str, practice: bool = False) -> Clerk:
    """Return somebody new at work at a body."""
    account = people.account("员工甲").id
    return replace(places.at_work(body, roles, account=account).clerk, practice=practice)


def editor(body: str = MARKET) -> Clerk:
    """Return who writes the department's items."""
    return clerk(body, "edit-items")


def approver(body: str = MARKET) -> Clerk:
    """Return who approves them."""
    return clerk(body, "approve-items")


def rows(content: Any, code: str) -> list[dict[str, Any]]:
    """Return a section's rows."""
    return sections.rows_of(content, sections.SECTIONS[code])


def shorter(row: Proposal, by: Clerk, at: datetime = NOW) -> Proposal:
    """Return the draft with one material less and three days less."""
    materials = [each for each in rows(row.content, "materials") if each["code"] != "safety-rules"]
    actions.save(row.id, "materials", materials, by=by, at=at)
    (limits,) = rows(row.content, "limits")
    limits["limits.promised.days"] -= 3
    return actions.save(row.id, "limits", [limits], by=by, at=at)


def submitted(by: Clerk, item: str = FOOD, day: date = TODAY, at: datetime = NOW) -> Proposal:
    """Return a revision that waits for review."""
    row = shorter(actions.start(item, by=by, at=at), by, at)
    return actions.submit(row.id, day, WHY, BASIS, by=by, at=at)


def published(by: Clerk, second: Clerk, item: str = FOOD, day: date = TODAY) -> Revision:
    """Return a revision that was published."""
    return actions.publish(submitted(by, item, day).id, by=second, at=NOW)


def days(count: int) -> date:
    """Return a day so many days from today."""
    return TODAY + timedelta(days=count)
