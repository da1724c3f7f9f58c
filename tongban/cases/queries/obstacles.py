"""What could not be done, and who has to answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from tongban.cases.models import Obstacle
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing


def obstacles(by: Clerk, *, open_only: bool = True, limit: int = 100) -> list[Obstacle]:
    """Return what the clerk's bodies recorded or have to answer, the first due first."""
    rows = Obstacle.objects.select_related("case", "owner", "body").filter(practice=by.practice)
    rows = rows.filter(Q(owner__in=by.bodies) | Q(body__in=by.bodies))
    if open_only:
        rows = rows.filter(answered_at__isnull=True)
    return list(rows.order_by("due_on", "id")[:limit])


def obstacle(obstacle_id: UUID, by: Clerk) -> Obstacle:
    """Return one of them.

    :raises Missing: if neither the clerk's bodies nor those they supervise have to do with it
    """
    rows = Obstacle.objects.select_related("case", "owner", "body").filter(practice=by.practice)
    seen: Any = by.bodies if by.practice else by.bodies | by.watches
    found = rows.filter(Q(owner__in=seen) | Q(body__in=seen), pk=obstacle_id).first()
    if found is None:
        raise Missing
    return found
