"""Who applies: a person or a company, alone or through somebody with authority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from stdnum.cn import ric, uscc

from tongban.lib.refusals import Invalid
from tongban.lib.words import clean

SUBJECTS = ("person", "company")
NUMBERS = ("resident", "credit-code", "passport", "other")
AUTHORITIES = ("letter", "guardian", "legal-representative", "staff")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in a case; `number_kind` is one of NUMBERS."""

    name: str
    number_kind: str
    number: str
    phone: str = ""
    address: str = ""
    authority: str = ""

    def as_json(self) -> dict[str, str]:
        """Return what a personal field stores."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> Self | None:
        """Return the party that a personal field holds."""
        return cls(**stored) if stored else None


def party(typed: Mapping[str, str], prefix: str = "applicant", *, lenient: bool = False) -> Party:
    """Return what was typed as a party.

    :param lenient: leaves out the checks for what a draft may still lack
    :raises Invalid: names the field that is missing or wrong; identity numbers are checked by their check digit
        (GB 11643: ISO 7064 MOD 11-2; GB 32100: MOD 31)
    """

    def word(name: str, limit: int) -> str:
        return clean(typed.get(name, ""), field=f"{prefix}.{name}", limit=limit)

    found = Party(
        name=word("name", 100),
        number_kind=typed.get("number_kind") or "resident",
        number=word("number", 40).upper().replace(" ", ""),
        phone=word("phone", 30),
        address=word("address", 300),
        authority=typed.get("authority", ""),
    )
    if not lenient:
        _check(found, prefix)
    return found


def _check(found: Party, prefix: str) -> None:
    if found.number_kind not in NUMBERS:
        raise Invalid("party.number-kind", field=f"{prefix}.number_kind")
    for name in ("name", "number", "phone"):
        if not getattr(found, name):
            raise Invalid("party.missing", field=f"{prefix}.{name}")
    if not number_fits(found.number_kind, found.number):
        raise Invalid(f"party.wrong-{found.number_kind}", field=f"{prefix}.number")
    if sum(mark.isdigit() for mark in found.phone) < 7:
        raise Invalid("party.phone", field=f"{prefix}.phone")
    if prefix == "agent" and found.authority not in AUTHORITIES:
        raise Invalid("party.authority", field="agent.authority")


def number_fits(kind: str, number: str) -> bool:
    """Return whether an identity number or credit code has the right form and check digit."""
    if kind == "resident":
        return bool(ric.is_valid(number))
    if kind == "credit-code":
        return bool(uscc.is_valid(number))
    return 4 <= len(number) <= 40
