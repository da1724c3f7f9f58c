"""A list-keeper, a reviewer and the lists of the data, made by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from tongban.catalogue import actions as catalogue
from tongban.lib.actors import Clerk, System
from tongban.lists import actions
from tongban.people import actions as people
from tongban.places import actions as places_actions
from tongban.places import queries as places

MONDAY = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)  # ten in the morning at the place
DAY = MONDAY.date()
DATA = Path(__file__).resolve().parents[3] / "data"
OPERATOR = System("test")
CENTRE = "360000-service-centre"
RENEW = "JX-P-0001"
UNLISTED = "JX-P-0018"
"""On the provincial list until `unlist` takes it off."""


_ROOMS = ("places", "catalogue", "lists")
_copies: dict[str, bytes] = {}


def lists() -> None:
    """Load everything that comes with Tongban: through the actions once, from then on as a copy of what they wrote."""
    if not _copies:
        places_actions.load_places(DATA / "places", by=OPERATOR, at=MONDAY)
        catalogue.load(DATA / "items")
        actions.load(DATA / "lists", by=OPERATOR, at=MONDAY)
        _copy()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in _copies.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)


def _copy() -> None:
    with connection.cursor() as cursor:
        for model in (model for room in _ROOMS for model in apps.get_app_config(room).get_models()):
            with cursor.copy(f"COPY {model._meta.db_table} TO STDOUT") as copy:
                _copies[model._meta.db_table] = b"".join(bytes(each) for each in copy)


def clerk(body: str, *roles: str, name: str = "") -> Clerk:
    """Return somebody at work for a body since long ago."""
    account = people.create_account(name or f"{body}-{'-'.join(roles)}", "员工甲", "a-long-enough-word")
    since = date(2020, 1, 1)
    post = places_actions.appoint(account.id, body, roles, since, by=OPERATOR, at=MONDAY)
    return places.post(post.id, DAY).clerk


def keeper(name: str = "keeper") -> Clerk:
    """Return somebody who proposes for the province."""
    return clerk(CENTRE, "propose-lists", name=name)


def reviewer(name: str = "reviewer") -> Clerk:
    """Return somebody who reviews for the province."""
    return clerk(CENTRE, "review-lists", name=name)


def says(listed: str = "province", **changes: Any) -> dict[str, Any]:
    """Return what an entry of a list may say."""
    batch = {"province": "province-1", "national": "national-1"}[listed]
    return {
        "batch": batch,
        "unit": {"zh": "江西省示范厅", "en": "Example Department"},
        "modes": ["counter"],
        "direction": "both",
        **changes,
    }


def published(
    listed: str,
    item: str,
    kind: str = "list",
    day: date = DAY,
    *,
    keeper: Clerk,
    reviewer: Clerk,
    **changes: Any,
) -> Any:
    """Walk a change all the way, and return what stands then."""
    content = None if kind == "withdraw" else says(listed, **changes)
    change = actions.propose(listed, item, kind, content, "示例理由", by=keeper, at=MONDAY)
    actions.review(change.id, "", by=reviewer, at=MONDAY)
    return actions.publish(change.id, day, by=reviewer, at=MONDAY)


def unlist(item: str = UNLISTED) -> None:
    """Take an item off the provincial list, so that it stands on none."""
    published("province", item, "withdraw", keeper=keeper("unlisting"), reviewer=reviewer("unlisted"))
