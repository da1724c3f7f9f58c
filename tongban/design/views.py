"""Pages of the design room: preferences, errors, and the gallery of all components."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from structlog.contextvars import get_contextvars

from tongban.design import gallery as shown
from tongban.design.context import CHOICES, cookie

YEAR = 365 * 24 * 3600
_LANGUAGE = re.compile(r"([?&])lang=\w*(&|$)")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep how pages should look, in cookies, and go back to where one was."""
    answer = HttpResponseRedirect(_back(request))
    for name, values in CHOICES.items():
        if (value := request.POST.get(name)) in values:
            _remember(answer, cookie(name), value)
    return answer


@csrf_exempt
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep language and look as the buttons at a page's head ask for.

    Without a token, so that public pages need no cookie for it; from another site nothing is taken.

    :raises PermissionDenied: if the browser says that another site sent it
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise PermissionDenied
    answer = preferences(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _remember(answer, settings.LANGUAGE_COOKIE_NAME, language)
    return answer


def _remember(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=YEAR,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _back(request: HttpRequest) -> str:
    """Return where the form wants to go back to, if that's here; a language in the address is no longer asked for."""
    wanted = _LANGUAGE.sub(_joint, request.POST.get("next", ""))
    return (
        wanted
        if url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        else settings.SESSION_COOKIE_PATH
    )


def _joint(found: re.Match[str]) -> str:
    """Return what stands between the parts of a query around one that is left out."""
    return found[1] if found[2] else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is somebody else's to do."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed, with the number under which the log knows it; uses nothing that may have been the cause."""
    reference = get_contextvars().get("request_id", "")
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def _for_show(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Hide a view wherever real cases are handled."""

    @wraps(view)
    def walk(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or settings.DEMO):
            raise Http404
        return view(request)

    return walk


@require_GET
@_for_show
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in each of its states, in the look of the portal or of the workbench."""
    desk = request.GET.get("look") != "portal"
    template = "design/gallery_desk.html" if desk else "design/gallery_portal.html"
    return render(request, template, shown.context(practice="practice" in request.GET))


@require_GET
@_for_show
def gallery_choices(request: HttpRequest) -> HttpResponse:
    """Answer the gallery's picker."""
    return JsonResponse({"results": shown.choices(request.GET.get("q", ""))})


@require_POST
@_for_show
def gallery_echo(request: HttpRequest) -> HttpResponse:
    """Answer the gallery's camera and its form that saves itself; keeps nothing."""
    return JsonResponse({"id": "1", "remove": request.path})
