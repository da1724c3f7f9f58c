"""The lists of the demonstration: published and revised, an agreement, a proof, who answers; by the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from demo import people
from tongban.lib.actors import Clerk
from tongban.lib.texts import Text
from tongban.lists import actions
from tongban.lists.actions import Paragraphs
from tongban.lists.queries import lists as queries
from tongban.places import actions as places

REVISED, ADDED, REHEARSED = "JX-P-0003", "JX-P-0005", "JX-P-0003"
RECEIVER, DECIDER = "360111-service-centre", "360700-housing-fund"


def make(at: datetime) -> None:
    """Make the lists' demonstration as of today."""
    keeper, reviewer = _clerk("list-keeper", at), _clerk("list-reviewer", at)
    _revised(keeper, reviewer, at)
    _waiting(keeper, reviewer, at)
    _agreement(keeper, reviewer, at)
    _rehearsal(at)
    body = _clerk("fund-gz", at)
    places.name_responsible(
        DECIDER, places.Named("liaison", "示范员工四", "联络员", "0000-0000000"), by=body, at=at
    )


def _clerk(username: str, at: datetime) -> Clerk:
    return people.clerk(username, timezone.localdate(at))


def _revised(keeper: Clerk, reviewer: Clerk, at: datetime) -> None:
    """Publish a list's entry anew: what stood before can be read by its date."""
    for days, words in ((60, "补充路线图与时间表"), (5, "增加全程网办")):
        then = at - timedelta(days=days)
        stands = queries.entry_of("province", REVISED, timezone.localdate(then))
        modes = ["counter"] if days == 60 else ["online", "counter"]
        says = {
            **stands.stored(),
            "modes": modes,
            "timetable": {"zh": "示例：两个月内接通", "en": "Example: connected within two months"},
            "roadmap": {
                "zh": "示例：先窗口代收，再接入统一受理，最后全程网办",
                "en": "Example: first windows receive, then one intake, at last online",
            },
        }
        change = actions.propose("province", REVISED, "revise", says, words, by=keeper, at=then)
        actions.review(change.id, "已核对省厅确认函（示例）", by=reviewer, at=then)
        actions.publish(change.id, timezone.localdate(then), by=reviewer, at=then)


def _waiting(keeper: Clerk, reviewer: Clerk, at: datetime) -> None:
    """Leave one proposal to be reviewed, and one to be published."""
    day = timezone.localdate(at)
    added = queries.entry_of("province", ADDED, day).stored()
    first = {**added, "batch": "national-later", "deadline": None}
    actions.propose("national", ADDED, "list", first, "与外省双向互认后纳入（示例）", by=keeper, at=at)
    second = queries.entry_of("national", "QG-001", day).stored()
    revised = actions.propose(
        "national",
        "QG-001",
        "revise",
        {**second, "modes": ["online"]},
        "窗口收件已停用（示例）",
        by=keeper,
        at=at,
    )
    actions.review(revised.id, "同意", by=reviewer, at=at)


def _agreement(keeper: Clerk, reviewer: Clerk, at: datetime) -> None:
    then = at - timedelta(days=40)
    day = timezone.localdate(then)
    says = Paragraphs(
        name=Text("赣州—韶关政务服务合作协议（示例）", "Ganzhou–Shaoguan agreement (example)"),
        parties=(("360700", Text("")), ("440200", Text("广东省韶关市", "Shaoguan, Guangdong"))),
        items=(("JX-P-0001", "both"), ("JX-P-0003", "both"), ("JX-P-0018", "out")),
        since=day,
        until=day + timedelta(days=3 * 365),
        postal=Text(
            "材料原件由收件地寄出，费用由收件地承担（示例）",
            "The receiving place posts originals and pays (example)",
        ),
        fees=Text(
            "工本费由决定地收取，收件地不另收费（示例）",
            "Fees go to the deciding place; none are added (example)",
        ),
        reason="两市往来人员多（示例）",
    )
    terms = actions.draft("gz-sg", "agreement", says, by=keeper, at=then, illustrative=True)
    actions.sign(terms.id, day, by=reviewer, at=then)


def _rehearsal(at: datetime) -> None:
    """A test case that both bodies recorded, so that the entry is open there."""
    then = at - timedelta(days=10)
    day = timezone.localdate(then)
    row = actions.rehearse(
        REHEARSED, RECEIVER, "360700", day, "演练件走完全程（示例）", by=_clerk("window-qsh", at), at=then
    )
    actions.confirm(row.id, "收到、决定、寄回（示例）", by=_clerk("fund-gz", at), at=then)
