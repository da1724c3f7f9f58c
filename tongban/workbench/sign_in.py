"""Who is at work: the session names an account and a post, and every request looks both up anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tongban.lib.actors import Clerk
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.places import queries as places
from tongban.places.queries import AtWork

P = ParamSpec("P")
SESSION = "at-work"
PRACTICE = "practice"
HANDLES = frozenset({"receive", "handle", "review", "approve"})
KEEPS = frozenset({"propose-lists", "review-lists", "edit-items", "approve-items", "supervise", "approve"})


class ClerkRequest(HttpRequest):
    """A request of somebody at work; `clerk` is the actor, `at_work` what pages show of them.

    `handles` and `keeps` say which groups of links they're shown: those of cases, those of lists and rules.
    """

    clerk: Clerk
    at_work: AtWork
    handles: bool
    keeps: bool


View = Callable[Concatenate[ClerkRequest, P], HttpResponse]


def for_clerks(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let the view be reached only by somebody at work, whose session was not ended meanwhile."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        at_work = who(request)
        if at_work is None:
            return _ask(request)
        assert isinstance(request, HttpRequest)
        clerk_request: ClerkRequest = request  # type: ignore[assignment]  # given its two attributes here
        clerk_request.at_work, clerk_request.clerk = at_work, _acting(request, at_work)
        clerk_request.handles = bool(at_work.clerk.roles & HANDLES) or clerk_request.clerk.practice
        clerk_request.keeps = bool(at_work.clerk.roles & KEEPS)
        answer = _answered(clerk_request, lambda: view(clerk_request, *args, **kwargs))
        # Counters are shared: nothing of a case stays behind in the browser's store.
        patch_cache_control(answer, private=True, no_store=True)
        return answer

    return guarded


def _answered(request: ClerkRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the view's answer; for what doesn't exist, or not for this clerk, the same page with ways to go on."""
    try:
        return view()
    except (Missing, Http404):
        if "application/json" in request.headers.get("Accept", ""):
            raise
        return page(request, "workbench/missing.html", status=404)


def who(request: HttpRequest) -> AtWork | None:
    """Return who is at work in this session, if anybody is and may still be."""
    kept = request.session.get(SESSION) or {}
    try:
        at_work = places.post(UUID(kept["post"]), timezone.localdate())
    except (KeyError, ValueError, Missing):
        return None
    return at_work if at_work.epoch == kept.get("epoch") else None


def begin(request: HttpRequest, at_work: AtWork) -> None:
    """Begin a session at a post; whatever the session held before is gone."""
    request.session.flush()
    request.session[SESSION] = {"post": str(at_work.clerk.post), "epoch": at_work.epoch}


def end(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()


def practise(request: HttpRequest, practising: bool) -> None:
    """Begin or end practising (练习) in this session."""
    request.session[PRACTICE] = practising


def _acting(request: HttpRequest, at_work: AtWork) -> Clerk:
    return replace(at_work.clerk, practice=bool(request.session.get(PRACTICE)))


def _ask(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return redirect_to_login(request.get_full_path(), "workbench:sign-in")
    return redirect("workbench:sign-in")
