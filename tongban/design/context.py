"""What every page knows about how it should look."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

CHOICES = {"theme": ("auto", "light", "dark"), "type": ("standard", "large"), "keys": ("on", "off")}


@dataclass(frozen=True)
class Look:
    """How somebody wants pages to look and to answer; kept in cookies, so nobody needs an account for it."""

    theme: str = "auto"
    type: str = "standard"
    keys: str = "on"


def cookie(name: str) -> str:
    """Return the name of the cookie that keeps a preference."""
    return f"look-{name}"


def preferences(request: HttpRequest) -> dict[str, object]:
    """Return the look asked for by cookies, whether this is a demonstration, and the address to come back to.

    Unknown values of a look count as none.
    """
    found = {name: request.COOKIES.get(cookie(name), "") for name in CHOICES}
    known = {name: value for name, value in found.items() if value in CHOICES[name]}
    return {"preferences": Look(**known), "demonstration": settings.DEMO, "here": request.get_full_path()}
