"""Pages are rendered with the database shut: what a template shows, a query has loaded."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import loader


class TemplateQueried(Exception):
    """A template sent a statement; the query behind the page must load what the page shows."""


def page(request: HttpRequest, template: str, /, *, status: int = 200, **values: Any) -> HttpResponse:
    """Return the page, rendered from loaded values only.

    :raises TemplateQueried: if rendering touches the database
    """
    with connection.execute_wrapper(_shut):
        return HttpResponse(loader.render_to_string(template, values, request), status=status)


def _shut(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise TemplateQueried(sql[:200])
