"""Revisions: one that replaced another, one in review, one scheduled; a suspended item and a merged one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from demo import people
from tongban.catalogue import actions
from tongban.catalogue.rules import sections
from tongban.lib.actors import Clerk
from tongban.people import actions as accounts
from tongban.places import actions as posts
from tongban.places import queries as places

FOOD, SHOP, COMPANY = "JX-P-0005", "JX-P-0004", "JX-P-0008"
FREIGHT, SETTLED, USAGE = "JX-P-0006", "JX-P-0011", "JX-P-0003"
BASIS = "（示例）赣府示字〔2026〕1号"

Rows = list[dict[str, Any]]


def make(at: datetime, data: Path) -> None:
    """Make them, by the real actions."""
    today = timezone.localdate(at)
    editor, approver = (people.clerk(name, today) for name in ("items-editor", "items-approver"))
    actions.load_library(data / "catalogue" / "library.json", by=editor, at=at)
    key = _submitted(FOOD, today, editor, at, materials=_fewer, limits=_faster, receiving=_shorter)
    actions.publish(key, by=approver, at=at)
    key = _submitted(COMPANY, today + timedelta(days=20), editor, at, limits=_faster)
    actions.publish(key, by=approver, at=at)
    _submitted(SHOP, today + timedelta(days=30), editor, at, limits=_faster, conditions=_clearer)
    _stand_still(at, today)


def _submitted(item: str, day: date, by: Clerk, at: datetime, **changes: Callable[[Rows], Rows]) -> Any:
    """Return the key of a revision that was written and handed in."""
    row = actions.start(item, by=by, at=at)
    for code, change in changes.items():
        rows = sections.rows_of(row.content, sections.SECTIONS[code])
        row = actions.save(row.id, code, change(rows), by=by, at=at)
    reason = {"zh": "减时限（示例）", "en": "Shorter limits (example)"}
    if "materials" in changes:
        reason = {"zh": "减材料、减时限（示例）", "en": "Fewer materials, shorter limits (example)"}
    return actions.submit(row.id, day, reason, BASIS, by=by, at=at).id


def _fewer(rows: Rows) -> Rows:
    kept = [row for row in rows if row["code"] not in {"safety-rules", "equipment-list"}]
    return [
        {**row, "library": "business-licence"} if row["code"] == "business-licence" else row for row in kept
    ]


def _faster(rows: Rows) -> Rows:
    (limits,) = rows
    return [{**limits, "limits.promised.days": max(1, limits["limits.promised.days"] - 2), "trips": 1}]


def _shorter(rows: Rows) -> Rows:
    return rows[:-1]


def _clearer(rows: Rows) -> Rows:
    return [*rows, {"": {"zh": "经营场所有明确的地址。", "en": "The premises have a clear address."}}]


def _stand_still(at: datetime, today: date) -> None:
    why = {"zh": "业务系统升级（示例）", "en": "The system is being renewed (example)"}
    until = today + timedelta(days=14)
    _changed(FREIGHT, "suspend", "360000-transport", why, at, until=until)
    why = {"zh": "两项证明合并（示例）", "en": "Two certificates became one (example)"}
    _changed(SETTLED, "merge", "360000-service-centre", why, at, successors=[USAGE])


def _changed(item: str, kind: str, body: str, why: dict[str, str], at: datetime, **more: Any) -> None:
    """Let a change of standing hold: proposed and approved by two people of the body."""
    today = timezone.localdate(at)
    first, second = (_staff(body, role, at) for role in ("edit-items", "approve-items"))
    row = actions.propose_change(item, kind, today, why, BASIS, by=first, at=at, **more)
    actions.approve_change(row.id, by=second, at=at)


def _staff(body: str, role: str, at: datetime) -> Clerk:
    function = body.partition("-")[2]
    account = accounts.create_account(f"{role}-{function}", "示范员工", people.PASSWORD)
    post = posts.appoint(account.id, body, [role], people.SINCE, by=people.DEMO, at=at, title="事项管理")
    return places.post(post.id, timezone.localdate(at)).clerk
