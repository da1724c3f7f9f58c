"""The set of procedural rules that an item's type brings with it: data, with the law it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.lib.texts import Text


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful reason for which time isn't counted, such as a hearing."""

    code: str
    name: Text
    basis: Text


@dataclass(frozen=True, slots=True)
class Remedies:
    """By when somebody who is refused can turn to review and to court; None where the basis gives no number."""

    review_days: int | None
    suit_months: int | None
    says: Text


@dataclass(frozen=True, slots=True)
class Extension:
    """By how many working days a limit may be extended, 0 where it can't, and whose approval that wants.

    :param approver: body-head, of the body that decides; or government-head, of the government at its level
    """

    days: int
    approver: str


@dataclass(frozen=True, slots=True)
class Joint:
    """The limit where several bodies handle a matter as one (统一办理、联合办理、集中办理), and its extension."""

    days: int
    unit: str
    extension: Extension


@dataclass(frozen=True, slots=True)
class Procedure:
    """What binds a case besides the item's own rule.

    :param notice_days: working days in which everything that is missing must be told, once
    :param deemed: whether silence within them counts as acceptance from the day of receipt
    :param supplement_days: working days that the applicant gets to complete the file
    :param joint: what binds instead where it's handled jointly; None where the procedure doesn't know that
    :param deliver_days: working days from the decision to the delivery
    """

    code: str
    name: Text
    says: Text
    licence: bool
    notice_days: int
    deemed: bool
    supplement_days: int
    extension: Extension
    joint: Joint | None
    deliver_days: int
    grounds: tuple[Ground, ...]
    remedies: Remedies
    basis: Mapping[str, Text]

    def ground(self, code: str) -> Ground | None:
        """Return the ground with that code, if this procedure knows it."""
        return next((ground for ground in self.grounds if ground.code == code), None)


def parse_procedure(content: Mapping[str, Any]) -> Procedure:
    """Return the procedure that a data file describes.

    :raises KeyError: if the file lacks an element
    """
    return Procedure(
        code=content["code"],
        name=Text.of(content["name"]),
        says=Text.of(content["says"]),
        licence=content["licence"],
        notice_days=content["notice_days"],
        deemed=content["deemed_acceptance"],
        supplement_days=content["supplement_days"],
        extension=_extension(content.get("extension") or {}),
        joint=_joint(content.get("joint"), content.get("unit", "working")),
        deliver_days=content["deliver_days"],
        grounds=tuple(_ground(ground) for ground in content["pause_grounds"]),
        remedies=_remedies(content["remedies"]),
        basis={key: Text.of(value) for key, value in content.get("basis", {}).items()},
    )


def _extension(content: Mapping[str, Any]) -> Extension:
    return Extension(content.get("days", 0), content.get("approver", "body-head"))


def _joint(content: Mapping[str, Any] | None, unit: str) -> Joint | None:
    if not content:
        return None
    return Joint(content["days"], unit, Extension(content["extension_days"], content["approver"]))


def _ground(content: Mapping[str, Any]) -> Ground:
    return Ground(content["code"], Text.of(content["name"]), Text.of(content["basis"]))


def _remedies(content: Mapping[str, Any]) -> Remedies:
    return Remedies(content["review_days"], content["suit_months"], Text.of(content["says"]))
