"""Who can be signed in as: plainly made-up people at real places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tongban.lib.actors import Clerk, System
from tongban.people import actions as people
from tongban.people import queries as accounts
from tongban.places import actions as places_actions
from tongban.places import queries as places

DEMO = System("demo")
PASSWORD = "tongban-demo-2026"  # noqa: S105 — printed on the start page of the demonstration, and good for nothing else
SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the cast: where they work and what they may do."""

    username: str
    role: str
    name: str
    title: str
    body: str
    roles: tuple[str, ...]
    window: str = ""


CAST = (
    Part(
        "window-qsh",
        "Window clerk, Nanchang Qingshanhu (receives for other places)",
        "示范员工一",
        "异地通办专窗",
        "360111-service-centre",
        ("receive",),
        "360111-hall-08",
    ),
    Part(
        "window-lianxi",
        "Window clerk, Jiujiang Lianxi (a second window elsewhere)",
        "示范员工二",
        "异地通办专窗",
        "360402-service-centre",
        ("receive",),
        "360402-hall-08",
    ),
    Part(
        "police-zg",
        "Officer, Ganzhou Zhanggong police (decides)",
        "示范员工三",
        "户政承办",
        "360702-police",
        ("handle",),
    ),
    Part(
        "fund-gz",
        "Officer, Ganzhou housing fund centre (decides)",
        "示范员工四",
        "业务承办",
        "360700-housing-fund",
        ("handle",),
    ),
    Part(
        "market-zg",
        "Officer, Ganzhou Zhanggong market supervision (licences)",
        "示范员工五",
        "许可承办",
        "360702-market-supervision",
        ("handle",),
    ),
    Part(
        "market-zg-2",
        "Second person, Ganzhou Zhanggong market supervision (reviews)",
        "示范员工六",
        "许可复核",
        "360702-market-supervision",
        ("review",),
    ),
    Part(
        "market-zg-head",
        "Head, Ganzhou Zhanggong market supervision (approves extensions)",
        "示范员工七",
        "负责人",
        "360702-market-supervision",
        ("approve",),
    ),
    Part(
        "watch-gz",
        "Supervisor, Ganzhou (watches over the city and its counties)",
        "示范员工八",
        "督办专员",
        "360700-service-centre",
        ("supervise",),
    ),
    Part(
        "list-keeper",
        "List-keeper of the province (proposes entries, writes agreements)",
        "示范员工八",
        "清单管理",
        "360000-service-centre",
        ("propose-lists",),
    ),
    Part(
        "list-reviewer",
        "Reviewer of the province's lists (reviews, publishes, signs)",
        "示范员工九",
        "清单审核",
        "360000-service-centre",
        ("review-lists",),
    ),
    Part(
        "items-editor",
        "Editor of items, provincial market supervision (writes revisions)",
        "示范员工八",
        "事项管理",
        "360000-market-supervision",
        ("edit-items",),
    ),
    Part(
        "items-approver",
        "Approver of items, provincial market supervision (publishes them)",
        "示范员工九",
        "事项审核",
        "360000-market-supervision",
        ("approve-items",),
    ),
)


def cast() -> list[tuple[str, str, str]]:
    """Return whom to sign in as: role, user name, and the password that all of them share."""
    return [(part.role, part.username, PASSWORD) for part in CAST]


def hire(at: datetime) -> None:
    """Create the cast's accounts and posts."""
    for part in CAST:
        account = people.create_account(part.username, part.name, PASSWORD)
        places_actions.appoint(
            account.id,
            part.body,
            part.roles,
            SINCE,
            by=DEMO,
            at=at,
            window=part.window or None,
            title=part.title,
        )


def clerk(username: str, on: date) -> Clerk:
    """Return the actor behind a name of the cast."""
    (at_work,) = places.posts_of(accounts.by_username(username).id, on)
    return at_work.clerk
