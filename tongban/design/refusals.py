"""The one place where an action's no becomes a page: 409 with its reason, 422, 403, and 404 for what isn't yours."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused

_words: dict[str, str | Promise] = {}


def teach(words: Mapping[str, str | Promise]) -> None:
    """Add a door's wording of refusals: their codes, and sentences with `%(name)s` for their params."""
    _words.update(words)


def say(refused: Refused) -> str:
    """Return a refusal in words; one that nobody worded is said in general ones."""
    words = str(_words.get(refused.code) or _("The rules do not allow this step as the case stands."))
    return words % refused.params


class Answering:
    """The middleware: lets requests through, and answers for actions that said no."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for a refusal, or nothing for what is a bug."""
        match error:
            case Refused():
                return _refuse(request, say(error), 422 if isinstance(error, Invalid) else 409)
            case NotAllowed():
                return _show(request, _("Your post does not include this step."), 403)
            case Missing():
                return _show(request, _("There is nothing at this address."), 404)
        return None


def answer_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Answering:
    """Return the middleware, under the name that settings use."""
    return Answering(get_response)


def _refuse(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """Show why not, with the way back to the page from which it was tried."""
    came_from = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return _show(request, reason, status, back=came_from if known else "")


def _show(request: HttpRequest, reason: str, status: int, **more: str) -> HttpResponse:
    """Show why not; kept nowhere, for the view that would have seen to that was left by an exception."""
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"message": reason}, status=status)
    else:
        answer = render(request, f"{status}.html", {"reason": reason, **more}, status=status)
    patch_cache_control(answer, private=True, no_store=True)
    return answer
