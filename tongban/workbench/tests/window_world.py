"""Somebody at a window: signed in through the real door, with a draft on the page."""

from __future__ import annotations

import io
from typing import Any

from django.test import Client
from django.urls import reverse
from PIL import Image

from tongban.cases import queries
from tongban.cases.tests import make
from tongban.lib.actors import Clerk

PASSWORD = "a-long-enough-word"


def signed_in(clerk: Clerk, username: str) -> Client:
    """Return a browser in which the clerk is at work."""
    client = Client()
    answer = client.post(reverse("workbench:sign-in"), {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def window_clerk(region: str = "360111", name: str = "") -> tuple[Client, Clerk]:
    """Return a browser and the clerk of a region's special window."""
    username = name or f"window-{region}"
    clerk = make.clerk(f"{region}-service-centre", "receive", name=username)
    return signed_in(clerk, username), clerk


def begun(client: Client, item: str = make.RENEW) -> str:
    """Return the id of a draft that was begun on the start page."""
    answer = client.post(reverse("workbench:begin"), {"code": item})
    assert answer.status_code == 302
    return str(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def typed(**changes: str) -> dict[str, str]:
    """Return everything that the page of an identity card's renewal posts."""
    fields = {
        "subject": "person",
        "place": "360702",
        "answers.reason": "expired",
        "answers.age": "16-plus",
        "applicant.name": "申请人甲",
        "applicant.number": make.NUMBER,
        "applicant.number_kind": "resident",
        "applicant.phone": "00000000000",
        "applicant.address": "虚构路1号",
        "enclosed.application-form": "seen",
        "enclosed.household-book": "seen",
        "enclosed.old-card": "seen",
        "wish.way": "post",
    }
    return {**fields, **changes}


def url(name: str, draft: str, *more: str) -> str:
    """Return an address below a draft."""
    return reverse(f"workbench:{name}", args=[draft, *more])


def version(client: Client, draft: str) -> dict[str, str]:
    """Return what a freshly loaded page carries along in each of its posts."""
    page = client.get(url("draft", draft)).content.decode()
    return {
        "version": page.split('name="version" value="', 1)[1].split('"', 1)[0],
        "page": page.split('name="page" value="', 1)[1].split('"', 1)[0],
    }


def kept(clerk: Clerk, draft: str) -> dict[str, Any]:
    """Return what the draft holds."""
    from uuid import UUID

    return dict(queries.draft(UUID(draft), clerk).data or {})


def picture(colour: str = "white", name: str = "page.jpg") -> io.BytesIO:
    """Return a small scan."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    file.seek(0)
    file.name = name
    return file
