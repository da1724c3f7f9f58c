"""Who works where, from when, until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tongban.lib.actors import Actor
from tongban.lib.refusals import Invalid, Missing
from tongban.lib.words import clean
from tongban.people import queries as people
from tongban.places import rules
from tongban.places.models import Body, Post, Window
from tongban.trail import actions as trail


@transaction.atomic
def appoint(
    account: UUID,
    body: str,
    roles: Collection[str],
    since: date,
    *,
    by: Actor,
    at: datetime,
    window: str | None = None,
    title: str = "",
    until: date | None = None,
) -> Post:
    """Give the account a post at a body, from a day on; `until` is its last day.

    :raises Invalid: if a role is unknown or there is none, the window is closed, or it ends before it begins
    :raises Missing: if there is no such account or body
    """
    _require_possible(roles, since, until, window)
    people.account(account)
    if not Body.objects.filter(code=body).exists():
        raise Missing
    post = Post(
        account_id=account,
        body_id=body,
        window_id=window,
        title=clean(title, field="title", limit=60),
        roles=sorted(set(roles)),
        valid_from=since,
        valid_until=until,
    )
    post.save(force_insert=True)
    _tell("places.post.appoint", post, by, at)
    return post


@transaction.atomic
def end_post(post_id: UUID, last: date, *, by: Actor, at: datetime) -> Post:
    """Let the post end with this day.

    :raises Invalid: if it began later
    :raises Missing: if there is no such post
    """
    post = Post.objects.select_for_update().filter(id=post_id).first()
    if post is None:
        raise Missing
    if last < post.valid_from:
        raise Invalid("post.ends-before-it-begins", field="until")
    post.valid_until = last
    post.save(update_fields=["valid_until"])
    _tell("places.post.end", post, by, at)
    return post


def _require_possible(roles: Collection[str], since: date, until: date | None, window: str | None) -> None:
    if not roles or set(roles) - rules.ROLES:
        raise Invalid("post.role-unknown", field="roles", known=sorted(rules.ROLES))
    if until is not None and until < since:
        raise Invalid("post.ends-before-it-begins", field="until")
    if window is not None and not Window.objects.filter(code=window, active=True).exists():
        raise Invalid("post.window-closed", field="window")


def _tell(event: str, post: Post, by: Actor, at: datetime) -> None:
    entry = trail.entry(
        event,
        f"post:{post.id}",
        actor=str(by),
        at=at,
        account=str(post.account_id),
        body=post.body_id,
        roles=",".join(post.roles),
        since=post.valid_from.isoformat(),
        until=post.valid_until.isoformat() if post.valid_until else None,
    )
    trail.record([entry])
