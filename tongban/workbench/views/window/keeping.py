"""Keeping a draft: what a page posts is put on top of what is kept, never on top of what it hasn't seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tongban.cases import actions as cases
from tongban.cases import queries
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.lib import typed
from tongban.lib.actors import Clerk
from tongban.lib.refusals import Missing, Refused
from tongban.workbench import words

TRIES = 4
PAGE = "page"
"""Where a draft keeps which page saved it last: a page never disagrees with itself."""


class Draft(Protocol):
    """What a page needs of a draft."""

    id: UUID
    version: int
    revision_id: str
    data: dict[str, Any] | None
    received_at: Any
    saved_at: Any
    practice: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The page that posts: its token, and the version that it was loaded with (None where it only adds)."""

    token: str
    version: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> Page:
        """Return the page that a request comes from."""
        token = request.POST.get(PAGE) or request.GET.get(PAGE, "")
        return cls(token[:20], typed.number(request.POST.get("version", "")))


Change = Callable[[Mapping[str, Any], Rule], Mapping[str, Any]]


def rule_of(draft: Draft) -> Rule:
    """Return the rule of the revision under which the draft was begun."""
    return catalogue.edition(draft.revision_id).rule


def own(draft_id: UUID, by: Clerk) -> Draft:
    """Return the clerk's own draft that wasn't received yet.

    :raises Missing: if there is none
    :raises Refused: if it became a case
    """
    draft: Draft = queries.draft(draft_id, by)
    if draft.received_at:
        raise Refused("draft.received", case=str(draft.id))
    return draft


def keep(draft_id: UUID, change: Change, *, by: Clerk, page: Page) -> Draft:
    """Save a change to the draft, if it is one; if something else was saved in between, put it on top of that.

    :raises Missing: if it isn't the clerk's own
    :raises Refused: if another page saved it since this one was loaded, or it became a case
    """
    for turn in range(TRIES):
        draft = own(draft_id, by)
        _require_fresh(draft, page)
        kept = draft.data or {}
        data = {**change(kept, rule_of(draft)), PAGE: page.token}
        if data == {PAGE: "", **kept}:
            return draft
        try:
            saved = cases.save(draft_id, data, by=by, at=timezone.now(), seen=draft.version)
        except Refused as refused:
            if refused.code != "draft.saved-elsewhere" or turn == TRIES - 1:
                raise words.plain(refused) from refused
        else:
            return saved
    raise Missing


def _require_fresh(draft: Draft, page: Page) -> None:
    kept = (draft.data or {}).get(PAGE)
    if page.version not in {None, draft.version} and page.token != kept:
        raise words.plain(Refused("draft.saved-elsewhere", at=draft.saved_at))
