"""An opened case: the session names it, for half an hour, and whether the second proof was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tongban.lib.actors import Citizen
from tongban.lib.pages import page
from tongban.lib.refusals import Refused

P = ParamSpec("P")
SESSION = "followed"
OPEN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that somebody holding its code has open on this device."""

    case: UUID
    proved: bool

    @property
    def citizen(self) -> Citizen:
        """Return them as an actor."""
        return Citizen(self.case)


View = Callable[Concatenate[HttpRequest, Opened, P], HttpResponse]


def begin(request: HttpRequest, case: UUID, *, at: datetime) -> None:
    """Open the case on this device, in place of one that was open."""
    request.session[SESSION] = {"case": str(case), "at": at.timestamp(), "proved": False}


def prove(request: HttpRequest) -> None:
    """Note that the second proof was given for the open case."""
    request.session[SESSION] = {**request.session[SESSION], "proved": True}


def end(request: HttpRequest) -> None:
    """Close the case on this device."""
    request.session.pop(SESSION, None)


def who(request: HttpRequest, *, at: datetime) -> Opened | None:
    """Return the case that is open in this session, if its time isn't up."""
    kept = request.session.get(SESSION)
    if not kept or not 0 <= at.timestamp() - kept["at"] < OPEN_FOR.total_seconds():
        return None
    return Opened(UUID(kept["case"]), kept["proved"])


def for_applicants(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let the view be reached only with a case open; others are shown where to open one."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        opened = who(request, at=timezone.now())
        if opened is None:
            if SESSION in request.session:
                end(request)
                messages.info(request, _("After half an hour the case was closed on this device."))
            return redirect("portal:track")
        return view(request, opened, *args, **kwargs)

    return guarded


def private(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Have the page kept nowhere and found by no search engine, and no other site told of its address.

    Not `no-referrer`: under it browsers hide a form's origin from our own server too, which then has to refuse the
    form. The addresses hold neither number nor code, and `same-origin` tells them to nobody else.
    """

    @wraps(view)
    def kept(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(*args, **kwargs)
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        answer.headers.setdefault("Referrer-Policy", "same-origin")
        return answer

    return kept


def too_often(
    request: HttpRequest, refused: Refused, at: datetime, *, template: str = "portal/too_often.html"
) -> HttpResponse:
    """Return the page for somebody who has tried too often, with the time from when it's open again."""
    until = refused.params["until"]
    assert isinstance(until, datetime)
    answer = page(request, template, status=429, until=until, back=request.get_full_path())
    answer["Retry-After"] = str(max(int((until - at).total_seconds()), 1))
    return answer
