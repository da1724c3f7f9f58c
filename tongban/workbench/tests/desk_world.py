"""What the tests of the desk stand on: browsers signed in as somebody, and a case ready for each step."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tongban.cases import actions
from tongban.cases.rules.enclosures import Defect
from tongban.cases.tests import make
from tongban.catalogue import queries as catalogue
from tongban.lib.actors import Clerk
from tongban.places import queries as places
from tongban.workbench import sign_in

POLICE, MARKET = "360702-police", "360702-market-supervision"
FOOD, INSTANT = "JX-P-0005", "JX-P-0013"


def browser(clerk: Clerk, *, english: bool = True) -> Client:
    """Return a browser in which this clerk is at work."""
    client = Client(headers={"accept-language": "en" if english else "zh-hans"})
    session = client.session
    at_work = places.post(clerk.post, timezone.localdate())
    session[sign_in.SESSION] = {"post": str(at_work.clerk.post), "epoch": at_work.epoch}
    session[sign_in.PRACTICE] = clerk.practice
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def picture(name: str = "page.png") -> SimpleUploadedFile:
    """Return a small picture, as a window uploads it."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def url(part: UUID, verb: str = "") -> str:
    """Return the address of a case's page, or of one of its steps."""
    return f"/desk/parts/{part}/{verb}" if verb else f"/desk/parts/{part}"


@dataclass
class Cast:
    """Who plays, each appointed when first needed."""

    known: dict[tuple[str, ...], Clerk] = field(default_factory=dict)

    def __call__(self, body: str, *roles: str, name: str = "") -> Clerk:
        key = (body, *roles, name)
        if key not in self.known:
            self.known[key] = make.clerk(body, *roles, name=name)
        return self.known[key]

    @property
    def window(self) -> Clerk:
        return self("360111-service-centre", "receive")

    def officer(self, part: Any) -> Clerk:
        return self(part.decider_id, "handle")


Prelude = Callable[[UUID, Clerk, Cast], object]


def _now() -> dict[str, Any]:
    return {"at": timezone.now()}


def taken(part: UUID, by: Clerk, cast: Cast) -> None:
    actions.take_over(part, by=by, **_now())


def accepted(part: UUID, by: Clerk, cast: Cast) -> None:
    taken(part, by, cast)
    actions.accept(part, by=by, **_now())


def asked(part: UUID, by: Clerk, cast: Cast) -> None:
    taken(part, by, cast)
    rule = catalogue.in_force(make.RENEW, make.MONDAY.date()).rule
    actions.ask(part, [Defect(rule.materials[0].code, "illegible", "看不清")], by=by, **_now())


def paused(part: UUID, by: Clerk, cast: Cast) -> None:
    accepted(part, by, cast)
    actions.pause(part, ground(), "十日", "等待", by=by, **_now())


def proposed(part: UUID, by: Clerk, cast: Cast) -> None:
    accepted(part, by, cast)
    actions.propose_extension(part, "需要再次核查", by=by, **_now())


def granted(part: UUID, by: Clerk, cast: Cast) -> None:
    accepted(part, by, cast)
    actions.grant(part, by=by, **_now())


def made(part: UUID, by: Clerk, cast: Cast) -> None:
    granted(part, by, cast)
    actions.make(part, "证〔2026〕1号", by=by, **_now())


def sent(part: UUID, by: Clerk, cast: Cast) -> None:
    made(part, by, cast)
    actions.send(part, "post", waybill="E1", carrier="EMS", by=by, **_now())


def nothing(part: UUID, by: Clerk, cast: Cast) -> None:
    """Leave it as it was received: offered to the deciding body."""


@dataclass(frozen=True)
class Scene:
    """A case that is ready for a step, and what is typed into the step's form."""

    prelude: Prelude = taken
    typed: Mapping[str, str] = field(default_factory=dict)
    item: str = make.RENEW
    role: str = "handle"
    by: str = "decider"


def ground(item: str = make.RENEW) -> str:
    return catalogue.in_force(item, make.MONDAY.date()).rule.procedure.grounds[0].code


REASON = {"reason": "理由写在这里"}
SCENES = {
    "accept": Scene(),
    "correct": Scene(typed={"what": "姓名少写一字，已当场更正"}),
    "ask": Scene(typed={"on-applicant": "on", "kind-applicant": "field", "note-applicant": "电话"}),
    "complete": Scene(asked, {"how-old-card": "seen"}),
    "dismiss": Scene(typed=REASON),
    "refuse": Scene(typed={**REASON, "competent": "360703-police"}),
    "pause": Scene(accepted, {**REASON, "expected": "十个工作日", "ground": "…"}),
    "resume": Scene(paused),
    "propose": Scene(accepted, REASON, FOOD),
    "extend": Scene(proposed, REASON, FOOD, "approve"),
    "review": Scene(accepted, {"opinion": "材料齐全"}, FOOD, "review"),
    "grant": Scene(accepted),
    "reject": Scene(accepted, REASON),
    "make": Scene(granted, {"result_number": "证〔2026〕2号"}),
    "send": Scene(made, {"way": "post", "waybill": "E2", "carrier": "EMS"}),
    "close": Scene(sent, {"proof": "本人签收"}),
    "withdraw": Scene(typed=REASON),
    "settle": Scene(typed={"result_number": "证1", "way": "window"}, item=INSTANT),
    "offer": Scene(typed={"to": "360702-police-household"}),
    "take-over": Scene(nothing),
    "return": Scene(nothing, REASON),
    "decline": Scene(nothing, REASON),
    "recall": Scene(nothing, REASON, role="receive", by="receiver"),
}
"""For every step that people can take."""


def stage(verb: str, cast: Cast) -> tuple[Any, Clerk, dict[str, str]]:
    """Return a part that is ready for the step, who takes it, and what they type."""
    scene = SCENES[verb]
    part = make.received(cast.window, scene.item, at=timezone.now())
    scene.prelude(part.id, cast.officer(part), cast)
    by = cast.window if scene.by == "receiver" else cast(part.decider_id, scene.role)
    typed = dict(scene.typed)
    if "ground" in typed:
        typed["ground"] = ground(scene.item)
    if verb == "complete":
        rule = catalogue.in_force(scene.item, make.MONDAY.date()).rule
        typed = {f"how-{rule.materials[0].code}": "seen"}
    return make.again(part), by, typed
