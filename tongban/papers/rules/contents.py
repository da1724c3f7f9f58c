"""What each kind of document says: plain values, worded by its template.

Everything that names a law comes in `basis`, `remedies` and `notes`, out of the item's procedure: no template
cites one by itself, so that the licensing law stands only on licences.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tongban.papers.rules.kinds import Kind
from tongban.papers.rules.records import Content, Delivered, Material, Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Content):
    """收件凭证: what was handed in, where it goes, how to follow it. It isn't an acceptance, and says so.

    The query code and its address can be kept out of the content and given to `queries.pdf` for one printing.
    """

    kind: ClassVar[Kind] = Kind.RECEIPT
    once: ClassVar[tuple[str, ...]] = ("query_code", "query_page", "track_url")

    received_on: date
    received_time: str = ""
    hall: str
    window: str = ""
    decider: str
    materials: tuple[Material, ...]
    missing: tuple[Material, ...] = ()
    returned: tuple[str, ...] = ()
    promised_limit: str = ""
    statutory_limit: str = ""
    next_step: str
    next_by: date | None = None
    next_provisional: bool = False
    delivery: str = ""
    query_page: str = ""
    query_code: str = ""
    track_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(Content):
    """补正告知书: everything that is missing or wrong, at once, each with the standard it must meet."""

    kind: ClassVar[Kind] = Kind.SUPPLEMENT

    received_on: date
    defects: tuple[Material, ...]
    supply_by: date | None = None
    supply_where: tuple[str, ...]
    when_late: str = ""
    second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Content):
    """受理通知书: from when time runs, and until when."""

    kind: ClassVar[Kind] = Kind.ACCEPTANCE

    received_on: date
    accepted_on: date
    materials: tuple[Material, ...] = ()
    promised_limit: str = ""
    statutory_limit: str = ""
    due_on: date | None = None
    due_provisional: bool = False
    uncounted: str = ""
    delivery: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNeeded(Content):
    """不受理告知书: the matter needs no application; why, and what to do instead."""

    kind: ClassVar[Kind] = Kind.NOT_NEEDED

    received_on: date
    reasons: tuple[str, ...]
    advice: str = ""
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAccepted(Content):
    """不予受理决定书: not within this body's power; who is competent, and how to challenge it."""

    kind: ClassVar[Kind] = Kind.NOT_ACCEPTED

    received_on: date
    reasons: tuple[str, ...]
    competent: str = ""
    competent_address: str = ""
    remedies: tuple[Remedy, ...] = ()
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Content):
    """Notice that time isn't counted: the ground, from when, for how long as far as is known."""

    kind: ClassVar[Kind] = Kind.PAUSE

    accepted_on: date
    ground: str
    from_on: date
    expected: str = ""
    used: str = ""
    until: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Content):
    """恢复计时告知书: the ground is gone; how long wasn't counted, and the new last day."""

    kind: ClassVar[Kind] = Kind.RESUME

    ground: str
    paused_on: date
    resumed_on: date
    uncounted: str
    due_on: date
    due_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Content):
    """延期决定告知书: by how much, until when, why, and who approved it."""

    kind: ClassVar[Kind] = Kind.EXTENSION

    accepted_on: date
    old_due_on: date
    old_due_provisional: bool = False
    extended_by: str
    due_on: date
    due_provisional: bool = False
    reasons: tuple[str, ...]
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Content):
    """准予行政许可决定书, or 办理结果通知书 where the item is no licence."""

    kind: ClassVar[Kind] = Kind.GRANT

    accepted_on: date
    decided: str
    result: str = ""
    result_number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    conditions: tuple[str, ...] = ()
    delivery: str = ""
    deliver_by: date | None = None
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Content):
    """不予行政许可决定书, or 不予办理决定书: the facts, the reasons, and how to challenge them."""

    kind: ClassVar[Kind] = Kind.REJECT

    accepted_on: date
    facts: str = ""
    reasons: tuple[str, ...]
    remedies: tuple[Remedy, ...] = ()
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Content):
    """撤回申请确认书: the applicant's own wish ended the case; what goes back to them."""

    kind: ClassVar[Kind] = Kind.WITHDRAWAL

    received_on: date
    withdrawn_on: date
    reason: str = ""
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse(Content):
    """逾期未补正按撤回处理告知书: nothing was brought in time, so the procedure ends; a new application is open."""

    kind: ClassVar[Kind] = Kind.LAPSE

    received_on: date
    asked_on: date
    supply_limit: str
    supply_until: date
    lapsed_on: date
    returned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodySlip(Content):
    """移交签收单: who handed what to whom, and when it was taken over."""

    kind: ClassVar[Kind] = Kind.CUSTODY_SLIP

    giver: str
    giver_person: str = ""
    given_at: str
    taker: str
    taker_person: str = ""
    taken_at: str = ""
    by_way_of: str = ""
    materials: tuple[Material, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemedAcceptance(Content):
    """视为受理通知书: nothing was told in time, so the application counts as accepted from its receipt."""

    kind: ClassVar[Kind] = Kind.DEEMED_ACCEPTANCE

    received_on: date
    hall: str = ""
    notice_limit: str
    notice_until: date
    promised_limit: str = ""
    statutory_limit: str = ""
    due_on: date | None = None
    due_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle(Content):
    """办不成事登记回执: what could not be done and why, who answers for it, and by when."""

    kind: ClassVar[Kind] = Kind.OBSTACLE

    reported_on: date
    hall: str = ""
    problem: str
    cause: str = ""
    wished: str = ""
    owner: str
    owner_phone: str = ""
    answer_by: date
    answer_provisional: bool = False
    track_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNote(Content):
    """送达回证: which documents reached whom, how, where and when."""

    kind: ClassVar[Kind] = Kind.DELIVERY_NOTE

    documents: tuple[Delivered, ...]
    recipient: str
    method: str
    place: str = ""
    sent_on: date | None = None
    courier: str = ""


CONTENTS: dict[Kind, type[Content]] = {
    each.kind: each
    for each in (
        Receipt, Supplement, Acceptance, NotNeeded, NotAccepted, Pause, Resume, Extension,
        Grant, Reject, Withdrawal, Lapse, CustodySlip, DeemedAcceptance, Obstacle, DeliveryNote,
    )
}  # fmt: skip
