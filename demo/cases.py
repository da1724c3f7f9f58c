"""A few dozen cases in every state, taken there by the real actions on the days on which it would have happened."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from django.utils import timezone
from PIL import Image, ImageDraw

from demo import people
from tongban.cases import actions, queries
from tongban.cases.queries import watch
from tongban.cases.rules.enclosures import Defect, Enclosed, How
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import Rule
from tongban.files import actions as files
from tongban.lib.actors import Clerk
from tongban.places import queries as places

NAMES = (
    "申请人甲",
    "申请人乙",
    "申请人丙",
    "申请人丁",
    "申请人戊",
    "申请人己",
    "阿卜杜·热依木",
    "申请人𠮷",
    "申请人䶮",
)
COMPANIES = ("示范商贸有限公司", "示范食品有限公司", "示范货运有限公司")
NUMBER, COMPANY_NUMBER = "360121180001010017", "91360000MA0000000K"

RENEW, REPLACE, FUND, SHOP, FOOD = "JX-P-0001", "JX-P-0002", "JX-P-0003", "JX-P-0004", "JX-P-0005"


@dataclass(slots=True)
class Day:
    """Working days counted back from today, so that the demonstration is always of this week."""

    now: datetime
    days: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        calendar, day = places.calendar_now(), timezone.localdate(self.now)
        while len(self.days) < 40:
            if calendar.works(day):
                self.days.append(day)
            day -= timedelta(days=1)

    def ago(self, working_days: int, hour: int = 10) -> datetime:
        """Return a time on the working day that lies so many before today, never in the future."""
        moment = datetime.combine(self.days[working_days], time(hour), timezone.get_current_timezone())
        return min(moment, self.now)


@dataclass(slots=True)
class Play:
    """The cast at work, and what they have at hand."""

    day: Day
    names: Iterator[str]

    def clerk(self, username: str) -> Clerk:
        """Return somebody of the cast."""
        return people.clerk(username, timezone.localdate(self.day.now))

    def page(self, by: Clerk) -> str:
        """Return the hash of a sample page, handed in by the one who encloses it."""
        return _sample(by, self.day.ago(30))

    def received(self, item: str, ago: int, *, by: str = "window-qsh", **changes: Any) -> UUID:
        """Return the part of a case received so many working days ago."""
        at, clerk = self.day.ago(ago), self.clerk(by)
        edition = catalogue.in_force(item, timezone.localdate(at))
        data = {**_typed(edition.rule, next(self.names), self.page(clerk)), **changes}
        draft = actions.start(edition, by=clerk, at=at, data=data)
        case = actions.receive(draft.id, by=clerk, at=at)
        (row,) = queries.search(clerk, case.reference, at=at)
        return row.id


def make(now: datetime) -> None:
    """Make the cases."""
    at = Day(now)
    play = Play(at, cycle(NAMES))
    for scene in (_identity_cards, _housing_fund, _licences, _shops, _late):
        scene(play)
    for ago in range(9, 0, -1):
        actions.sweep(at.ago(ago, 18))
    actions.sweep(now)
    _urged(play)


def _identity_cards(play: Play) -> None:
    day, police = play.day, play.clerk("police-zg")
    for ago in (1, 0, 0):
        play.received(RENEW, ago)
    play.received(REPLACE, 3)
    taken = play.received(RENEW, 3)
    actions.take_over(taken, by=police, at=day.ago(2))
    accepted = [play.received(RENEW, ago) for ago in (9, 6, 4)]
    for part in accepted:
        actions.take_over(part, by=police, at=day.ago(4, 14))
        actions.accept(part, by=police, at=day.ago(3))
    done = play.received(REPLACE, 20)
    _through(play, done, police, 19, "E0000000001CN")
    declined = play.received(RENEW, 2, by="window-lianxi")
    actions.decline(declined, "登记机关不在本区，请核对户口簿地址", by=police, at=day.ago(1))
    asked = play.received(RENEW, 5)
    actions.take_over(asked, by=police, at=day.ago(4))
    defects = [Defect("old-card", "illegible", "正面照片反光，无法辨认")]
    actions.ask(asked, _known(RENEW, defects), by=police, at=day.ago(3))


def _known(item: str, wanted: list[Defect]) -> list[Defect]:
    """Return the defects with materials that the item really asks for."""
    rule = catalogue.in_force(item, date.today()).rule  # noqa: DTZ011 — any day of the revision will do
    codes = [material.code for material in rule.materials]
    return [
        Defect(each.material if each.material in codes else codes[0], each.kind, each.note) for each in wanted
    ]


def _through(play: Play, part: UUID, officer: Clerk, ago: int, waybill: str) -> None:
    day = play.day
    actions.take_over(part, by=officer, at=day.ago(ago))
    actions.accept(part, by=officer, at=day.ago(ago, 11))
    actions.grant(part, by=officer, at=day.ago(ago - 4))
    actions.make(part, "赣章公〔2026〕0001号", by=officer, at=day.ago(ago - 5))
    actions.send(part, "post", by=officer, at=day.ago(ago - 5, 15), carrier="EMS", waybill=waybill)
    actions.close(part, "收件人签收", by=officer, at=day.ago(ago - 8))


def _housing_fund(play: Play) -> None:
    day, fund = play.day, play.clerk("fund-gz")
    play.received(FUND, 1)
    late = play.received(FUND, 9)
    actions.take_over(late, by=fund, at=day.ago(8))
    actions.accept(late, by=fund, at=day.ago(8, 15))
    electronic = play.received(FUND, 7, by="window-lianxi")
    actions.take_over(electronic, by=fund, at=day.ago(6))
    actions.accept(electronic, by=fund, at=day.ago(6, 11))
    actions.grant(electronic, by=fund, at=day.ago(5))
    actions.make(electronic, "赣公积金证〔2026〕0007号", by=fund, at=day.ago(5, 15), file=play.page(fund))
    actions.send(electronic, "electronic", by=fund, at=day.ago(5, 16))


def _licences(play: Play) -> None:
    day, officer = play.day, play.clerk("market-zg")
    play.names = cycle(COMPANIES)
    play.received(FOOD, 0)
    play.received(FOOD, 8)  # nobody told anything within five working days: deemed accepted by the sweep
    reviewing = play.received(FOOD, 12)
    actions.take_over(reviewing, by=officer, at=day.ago(11))
    actions.accept(reviewing, by=officer, at=day.ago(10))
    paused = play.received(FOOD, 15)
    actions.take_over(paused, by=officer, at=day.ago(14))
    actions.accept(paused, by=officer, at=day.ago(13))
    actions.pause(paused, "inspection", "5个工作日", "经营场所冷藏设备检验合格", by=officer, at=day.ago(9))
    asking = play.received(FOOD, 14)
    actions.take_over(asking, by=officer, at=day.ago(13))
    actions.accept(asking, by=officer, at=day.ago(12))
    actions.propose_extension(asking, "现场核查发现布局调整，需要再次核查", by=officer, at=day.ago(2))
    wrong = play.received(FOOD, 4)
    actions.take_over(wrong, by=officer, at=day.ago(3))
    actions.refuse(
        wrong,
        "经营场所不在本区，不属于本机关职权范围",
        "360703-market-supervision",
        by=officer,
        at=day.ago(2),
    )


def _shops(play: Play) -> None:
    day, officer = play.day, play.clerk("market-zg")
    play.names = cycle(NAMES)
    clerk = play.clerk("window-qsh")
    incomplete = play.received(SHOP, 1, **_without_first(SHOP, play, clerk))
    file = queries.load(incomplete, clerk, at=day.ago(1))
    actions.ask(incomplete, file.lacking, by=clerk, at=day.ago(1, 11))
    back = play.received(SHOP, 6, **_without_first(SHOP, play, clerk))
    missing = queries.load(back, clerk, at=day.ago(6)).lacking
    actions.ask(back, missing, by=clerk, at=day.ago(6, 11))
    brought = [Enclosed(each.material, How.SEEN, (play.page(clerk),)) for each in missing]
    actions.complete(back, brought, by=clerk, at=day.ago(2))
    actions.take_over(back, by=officer, at=day.ago(1))
    actions.obstruct(
        "system-down",
        "企业登记系统停用，无法录入，申请人已等待两天",
        by=officer,
        at=day.ago(1, 15),
        part=back,
    )


def _late(play: Play) -> None:
    """Let some offers lie, and something that could not be done wait for an answer longer than it may."""
    day, clerk = play.day, play.clerk("window-lianxi")
    for item, ago in ((FUND, 5), (REPLACE, 3), (RENEW, 6)):
        play.received(item, ago, by="window-lianxi")
    actions.obstruct(
        "paper-impossible",
        "申请人的原户口簿已遗失，原登记地称须先由现居住地出具证明",
        by=clerk,
        at=day.ago(8),
        item=REPLACE,
        owner="360702-police",
    )
    waiting = play.received(REPLACE, 9, by="window-lianxi")
    actions.obstruct(
        "other-place",
        "缴存地尚未出具转移证明，申请人已第二次到窗口",
        by=clerk,
        at=day.ago(7),
        part=waiting,
        owner="360702-police",
    )


def _urged(play: Play) -> None:
    """Have the supervisor urge three of those that are late: one is answered, one isn't, one still has time."""
    day, by = play.day, play.clerk("watch-gz")
    late = watch.watch(by.watches, at=day.now, group="overdue").pages[0].ids
    held = watch.parts(late)
    answered, silent, *_rest = late
    for part, ago, text in (
        (answered, 3, "请说明逾期原因并告知办结日期"),
        (silent, 4, "已经逾期，请尽快办理并说明原因"),
    ):
        body, due = held[part].holder_id, timezone.localdate(day.ago(ago - 2))
        body = body if body in by.watches else held[part].decider_id
        urging = actions.urge(part, body, text, due, by=by, at=day.ago(ago))
        if part == answered:
            officer = next(each for each in OFFICERS if body in play.clerk(each).bodies)
            said = "现场核查已补做，明日作出决定"
            actions.answer_urging(urging.id, said, by=play.clerk(officer), at=day.ago(2))
    (obstacle, *_others) = watch.watch(by.watches, at=day.now, group="obstacles").pages[0].ids
    answer_by = actions.proposed_answer(day.now)
    actions.urge_about(obstacle, "请与现居住地核实后答复申请人", answer_by, by=by, at=day.ago(0))


OFFICERS = ("police-zg", "fund-gz", "market-zg")


def _without_first(item: str, play: Play, by: Clerk) -> dict[str, Any]:
    rule = catalogue.in_force(item, timezone.localdate(play.day.now)).rule
    typed = _typed(rule, "", play.page(by))["enclosed"]
    code = next(material.code for material in rule.materials if material.required and material.code in typed)
    return {"enclosed": {**typed, code: {"how": "missing", "reason": "申请人未携带"}}}


def _typed(rule: Rule, name: str, page: str) -> dict[str, Any]:
    """Return what a clerk would have typed, with the first answer to every question."""
    company = "person" not in rule.subjects
    applicant = {
        "name": name,
        "number_kind": "credit-code" if company else "resident",
        "number": COMPANY_NUMBER if company else NUMBER,
        "phone": "00000000000",
        "address": "江西省赣州市章贡区虚构路1号",
    }
    enclosed: Mapping[str, Any] = {each.code: {"how": "seen", "pages": [page]} for each in rule.materials}
    return {
        "subject": "company" if company else "person",
        "place": "360702",
        "answers": {each.code: each.answers[0].code for each in rule.situations},
        "applicant": applicant,
        "fields": {each.code: _answer(each) for each in rule.fields},
        "enclosed": enclosed,
        "wish": {"way": rule.deliver[0], "address": applicant["address"]},
    }


def _answer(field_: Any) -> str:
    if field_.options:
        return str(field_.options[0].code)
    return {"date": "2026-01-01", "number": "1"}.get(field_.kind, "示范内容")


def _sample(by: Clerk, at: datetime) -> str:
    """Return the hash of a plainly made-up scanned page."""
    image = Image.new("RGB", (1240, 1754), "#fbfaf6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 90, 1150, 1664), outline="#8a8a8a", width=4)
    for line in range(14):
        width = 900 - (line % 4) * 130
        draw.rectangle((170, 260 + line * 86, 170 + width, 286 + line * 86), fill="#c9c6bd")
    draw.ellipse((820, 1320, 1080, 1580), outline="#b5483a", width=10)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    out.seek(0)
    return files.store(out, declared_name="sample.jpg", declared_type="image/jpeg", by=by, at=at).sha256
