"""Drafts of a window, each its writer's own."""

from __future__ import annotations

from uuid import UUID

from tongban.cases import access
from tongban.cases.models import Draft
from tongban.lib import reads
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing


def draft(draft_id: UUID, by: Clerk) -> Draft:
    """Return the draft.

    :raises Missing: if it isn't the clerk's own
    """
    found = reads.by_key(Draft, draft_id)
    if found is None:
        raise Missing
    access.require_own(by, found)
    return found


def drafts(by: Clerk, limit: int = 20) -> list[Draft]:
    """Return the clerk's open drafts, last saved first."""
    rows = Draft.objects.filter(post=by.post, practice=by.practice, received_at__isnull=True)
    return list(rows.order_by("-saved_at")[:limit])
