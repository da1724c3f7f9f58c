"""What was typed, by people or by a program in their name: read so that nothing of it trips up what stands behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse

_DIGITS = 9
_NUL = "\x00"


def number(text: str) -> int | None:
    """Return the whole number that was typed; nothing if it's none, or larger than any column holds."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


class WithoutNul:
    """The middleware: no database holds one character, and nobody types it; here it trips up nothing.

    In an address it's left out. A form may refuse it or leave it out; where none looked, it's a bad request.
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
        """Let no view look for it.

        :raises Http404: if it stands in the path
        """
        if _NUL in request.path_info:
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Take what the database refused for what it is.

        :raises BadRequest: if the character came in a form
        """
        sent = (text for name, values in request.POST.lists() for text in (name, *values))
        if isinstance(error, DataError) and any(_NUL in text for text in sent):
            raise BadRequest from error


def without_nul(respond: Callable[[HttpRequest], HttpResponse]) -> WithoutNul:
    """Return the middleware, under the name that settings use."""
    return WithoutNul(respond)
