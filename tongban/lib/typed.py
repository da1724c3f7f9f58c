"""What was typed, by people or by a program in their name: read so that nothing of it trips up what stands behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

_DIGITS = 9
_NUL = "\x00"


def number(text: str) -> int | None:
    """Return the whole number that was typed; nothing if it's none, or larger than any column holds."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


class WithoutNul:
    """The middleware: leaves out of what was sent the one character that no database holds.

    Nobody types it; whoever sends it all the same is answered as if it hadn't been there.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, its query without the character."""
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or _NUL in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace(_NUL, "")
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Leave the character out of a form as well.

        :raises Http404: if it stands in the path
        """
        if _NUL in request.path_info:
            raise Http404
        if request.method == "POST" and any(_NUL in text for pair in _pairs(request.POST) for text in pair):
            request.POST = _without(request.POST)  # type: ignore[assignment]  # Django's own takes any


def without_nul(respond: Callable[[HttpRequest], HttpResponse]) -> WithoutNul:
    """Return the middleware, under the name that settings use."""
    return WithoutNul(respond)


def _pairs(form: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in form.lists() for value in values]


def _without(form: QueryDict) -> QueryDict:
    plain = QueryDict(mutable=True)
    for name, value in _pairs(form):
        plain.appendlist(name.replace(_NUL, ""), value.replace(_NUL, ""))
    plain._mutable = False  # as Django gives it
    return plain
