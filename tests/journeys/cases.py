"""Cases that are there when a journey begins, put there by the real actions; and the pages that lie in them."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.utils import timezone
from PIL import Image, ImageDraw

from tongban.cases import actions
from tongban.cases.actions import Received
from tongban.cases.models import Part
from tongban.cases.rules.enclosures import Defect, Enclosed, How
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.files import actions as files
from tongban.lib.actors import Clerk

__all__ = ["Defect", "Enclosed", "How", "actions", "make", "timezone"]

RENEW, FOOD, INSURANCE, SHOP = "JX-P-0001", "JX-P-0005", "JX-P-0013", "JX-P-0004"


def received(by: Clerk, item: str = RENEW, **changes: Any) -> Received:
    """Return a case that a window received just now, with its query code; every original was seen."""
    at = timezone.now()
    edition = catalogue.in_force(item, timezone.localdate(at))
    draft = actions.start(edition, by=by, at=at, data=make.typed(item, **changes))
    return actions.receive(draft.id, by=by, at=at)


def part(case: Received) -> Part:
    """Return the case's one part."""
    return make.part_of(case.case)


def closed(case: Received, officer: Clerk) -> None:
    """Take a case to its end, by post."""
    one: UUID = part(case).id
    at = timezone.now()
    actions.take_over(one, by=officer, at=at)
    actions.accept(one, by=officer, at=at)
    actions.grant(one, by=officer, at=at)
    actions.make(one, "示例证〔2026〕1号", by=officer, at=at)
    actions.send(one, "post", by=officer, at=at, carrier="EMS", waybill="E0000000001CN")
    actions.close(one, "本人签收", by=officer, at=at)


def page_of_paper(by: Clerk) -> str:
    """Return the hash of a kept page, plainly made up."""
    stream = io.BytesIO(scan())
    stored = files.store(
        stream, declared_name="page.jpg", declared_type="image/jpeg", by=by, at=timezone.now()
    )
    return stored.sha256


def scan() -> bytes:
    """Return a plainly made-up page as a scanner would give it."""
    image = Image.new("RGB", (620, 877), "#fbfaf6")
    draw = ImageDraw.Draw(image)
    for line in range(14):
        draw.rectangle((85, 130 + line * 43, 85 + 450 - (line % 4) * 65, 143 + line * 43), fill="#c9c6bd")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
