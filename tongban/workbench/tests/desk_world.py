"""What the tests of the desk stand on: browsers signed in as somebody, and files to upload."""

from __future__ import annotations

import io
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tongban.lib.actors import Clerk
from tongban.places import queries as places
from tongban.workbench import sign_in


def browser(clerk: Clerk, *, english: bool = True) -> Client:
    """Return a browser in which this clerk is at work."""
    client = Client(headers={"accept-language": "en" if english else "zh-hans"})
    session = client.session
    at_work = places.post(clerk.post, timezone.localdate())
    session[sign_in.SESSION] = {"post": str(at_work.clerk.post), "epoch": at_work.epoch}
    session[sign_in.PRACTICE] = clerk.practice
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def picture(name: str = "page.png") -> SimpleUploadedFile:
    """Return a small picture, as a window uploads it."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def url(part: UUID, verb: str = "") -> str:
    """Return the address of a case's page, or of one of its steps."""
    return f"/desk/parts/{part}/{verb}" if verb else f"/desk/parts/{part}"
