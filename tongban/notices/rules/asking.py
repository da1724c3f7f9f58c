"""The states of somebody who asked, the kinds of mail, and which addresses are taken."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from tongban.lib.refusals import Invalid

LONGEST = 254
"""Characters of an address that fit into an envelope (RFC 5321, 4.5.3.1.3)."""


class State(StrEnum):
    """How far somebody who asked has come; with the last two the address is gone."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    TOLD = "told"
    STOPPED = "stopped"


LIVE = (State.UNCONFIRMED, State.CONFIRMED)
"""The states in which there is an address."""


class Kind(StrEnum):
    """What a mail says: the one that asks whether it was really you, and the last one: it has opened, or never will."""

    CONFIRM = "confirm"
    OPEN = "open"
    GONE = "gone"


LAST = (Kind.OPEN, Kind.GONE)
"""The mails with which a wait is over."""


def read_address(typed: str) -> str:
    """Return an address to which a mail can go.

    Letters outside ASCII are refused by their own words: not every server on the way would take such an address.

    :raises Invalid: if it's no address, is too long, or holds anything that could become a line of a mail's head
    """
    address = typed.strip(" ")
    # A quoted name before the @ may hold nearly anything: nobody has one, and mail programs disagree on it.
    odd = any(mark == '"' or unicodedata.category(mark) in {"Cc", "Zl", "Zp"} for mark in address)
    if odd or len(address) > LONGEST:
        raise Invalid("notices.address", field="address")
    if not address.isascii():
        raise Invalid("notices.address-international", field="address")
    try:
        EmailValidator()(address)
    except ValidationError:
        raise Invalid("notices.address", field="address") from None
    return address
