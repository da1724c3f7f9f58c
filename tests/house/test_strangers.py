"""Strangers get in nowhere: every address is either public on purpose or asks who is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PUBLIC = ("portal", "api-1.0.0", "api", "design", "console")
OPEN = {"workbench:sign-in", "set_language"}
STAND_INS: dict[str, Any] = {
    "uuid": UUID(int=7),
    "int": 7,
    "string": "x",
    "slug": "x",
    "path": "x",
    "spoken": "zh",
    "size": "normal",
}


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the name and an address of every view."""
    for name, pattern, spaces in _walk(get_resolver().url_patterns, ()):
        kwargs = {
            key: STAND_INS[type(converter).__name__.removesuffix("Converter").lower()]
            for key, converter in pattern.pattern.converters.items()
        }
        full = ":".join((*spaces, name))
        yield full, reverse(full, kwargs=kwargs)


def _walk(patterns: Any, spaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif entry.name:
            yield entry.name, entry, spaces


GUARDED = [(name, url) for name, url in addresses() if name.split(":")[0] not in PUBLIC and name not in OPEN]


def test_the_staffs_door_is_looked_at_at_all():
    assert len(GUARDED) > 15


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "url"), GUARDED, ids=[name for name, _ in GUARDED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in(name, url, method):
    answer = getattr(Client(), method)(url)

    assert answer.status_code in {302, 403, 405}
    if answer.status_code == 302:
        assert reverse("workbench:sign-in") in answer["Location"]


@pytest.mark.django_db
@pytest.mark.parametrize("url", sorted({url for _, url in addresses()}))
def test_every_page_carries_the_policy_that_keeps_foreign_scripts_out(url):
    answer = Client().get(url)

    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
