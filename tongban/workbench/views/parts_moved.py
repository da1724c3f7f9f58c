"""What somebody is told whose step came too late: who did what in the meantime, and how to go on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from tongban.cases import queries
from tongban.cases.queries import CaseFile
from tongban.lib import typed
from tongban.lib.pages import page
from tongban.lib.refusals import Refused
from tongban.workbench import vocabulary, words
from tongban.workbench.sign_in import ClerkRequest
from tongban.workbench.views import parts_words
from tongban.workbench.views.desk_rows import state_tag

MOVED_ON = frozenset({"part.moved-on", "part.wrong-step", "custody.no-offer", "custody.offered-already"})
"""Refusals whose cause is what somebody did in the meantime."""


def why(refused: Refused, file: CaseFile | None = None) -> str:
    """Return a refusal in words, with steps, states and bodies called what the pages call them."""
    named = dict(refused.params)
    if "step" in named:
        named["step"] = vocabulary.HAPPENED.get(str(named["step"]), named["step"])
    if "state" in named:
        named["state"] = vocabulary.STATES.get(str(named["state"]), named["state"])
    if file and file.offer and "to" in named:
        named["to"] = file.offer.taker
    return words.say(Refused(refused.code, **named))


def seen_version(request: ClerkRequest) -> int | None:
    """Return the version of the part that the page showed, if it says so."""
    return typed.number(request.POST.get("seen", ""))


def moved_on(request: ClerkRequest, part_id: UUID, refused: Refused) -> HttpResponse:
    """Return the page that says why a step wasn't taken, what happened last, and what can be done now."""
    file = queries.load(part_id, request.clerk, at=timezone.now())
    found = parts_words.buttons(file)
    return page(
        request,
        "workbench/desk/moved.html",
        status=409,
        file=file,
        practice=file.case.practice,
        moved=refused.code in MOVED_ON,
        reason=why(refused, file),
        last=parts_words.history(file)[-1],
        state=state_tag(file.state),
        main=[each for each in found if not each.danger],
    )
