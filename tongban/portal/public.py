"""What all public pages share: the language in which a page speaks, and addresses that work elsewhere."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


def language() -> str:
    """Return the language of the page: zh or en."""
    return "en" if translation.get_language() == "en" else "zh"


def speaking(language: str) -> translation.override:
    """Return a context in which words are said in a language of an address."""
    return translation.override("en" if language == "en" else "zh-hans")


def public_address(name: str, *args: object) -> str:
    """Return the whole address of one of this door's pages as the public finds it: what goes into a mail."""
    return urljoin(settings.PUBLIC_URL, reverse(f"portal:{name}", args=args))


def address(request: HttpRequest, name: str, *args: object) -> str:
    """Return the whole address of one of this door's pages, as it's printed or read by machines."""
    return request.build_absolute_uri(reverse(f"portal:{name}", args=args))
