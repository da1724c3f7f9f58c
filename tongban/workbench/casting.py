"""Staff pages whose frame and words are rendered once for everybody to whom they say the same.

Of such a page the template is the most expensive part, and almost all of it is the same for thousands of clerks: the
navigation of their roles, headings, labels. It's rendered with holes where a value of one reader goes, and kept by
everything else on which it depends (see [decision](../../docs/decisions/0016-the-desk-is-poured.md)).
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.urls import get_script_prefix
from django.utils.translation import get_language

from tongban.design.context import preferences
from tongban.lib import moulds
from tongban.lib.moulds import hole
from tongban.lib.pages import page
from tongban.workbench.sign_in import ClerkRequest


class Casting:
    """One page on its way to one reader."""

    def __init__(self, request: ClerkRequest, template: str, *, plain: bool = False) -> None:
        """Begin a page; `plain` says that it's shown once, as with a refusal, and rendered as any other."""
        self._request, self._template = request, template
        self._plain = plain or len(get_messages(request)) > 0
        self._values: dict[str, str] = {}

    def put(self, name: str, value: Any) -> Any:
        """Return what a template is given for a value of this reader alone, so that its page fits others too.

        What counts as nothing stays as it is: a template may leave out what is said around it.
        """
        if self._plain or not value:
            return value
        self._values[name] = value if isinstance(value, str) else str(value)
        return hole(name)

    def page(self, *shape: object, values: Callable[[], dict[str, Any]], status: int = 200) -> HttpResponse:
        """Return the page.

        :param shape: everything that decides how it looks and what it says, but for what was `put`
        :param values: gives what the template needs; not asked if the mould is there
        """
        if self._plain:
            return page(self._request, self._template, status=status, **values())
        standing_in, key = self._anybody(), (self._template, *shape)
        said = moulds.pour(
            (*key, *self._look(), tuple(self._values)),
            lambda: self._render(standing_in, values()),
            self._values,
        )
        return HttpResponse(said, status=status)

    def _render(self, request: ClerkRequest, values: dict[str, Any]) -> str:
        own = {"csrf_token": hole("csrf"), "here": hole("here")}
        return loader.render_to_string(self._template, values | own, request)

    def _anybody(self) -> ClerkRequest:
        """Return a request that has, of who is at work, only what every frame may show, and that as holes."""
        request, clerk = copy.copy(self._request), self._request.clerk
        at_work = self._request.at_work
        self._values |= {"csrf": get_token(self._request), "here": self._request.get_full_path()}
        window = at_work.window
        standing_in: Any = SimpleNamespace(
            name=self.put("name", at_work.name),
            title=self.put("title", at_work.title),
            body=SimpleNamespace(name=self.put("body", at_work.body.name)),
            window=window
            and SimpleNamespace(
                number=self.put("window", window.number),
                hall=SimpleNamespace(name=self.put("hall", window.hall.name)),
            ),
        )
        acting: Any = SimpleNamespace(roles=clerk.roles, practice=clerk.practice, watches=bool(clerk.watches))
        request.at_work, request.clerk = standing_in, acting
        return request

    def _look(self) -> tuple[object, ...]:
        request, clerk = self._request, self._request.clerk
        return (
            get_language(),
            preferences(request)["preferences"],
            settings.DEMO,
            get_script_prefix(),
            clerk.roles,
            clerk.practice,
            bool(clerk.watches),
        )
