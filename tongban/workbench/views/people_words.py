"""Somebody named in a case, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tongban.workbench import vocabulary


def person(party: Any) -> list[tuple[str, str]]:
    """Return all that is known of somebody named in a case, as labels and values; empty ones left out."""
    if party is None:
        return []
    facts = [
        (_("Company name") if party.number_kind == "credit-code" else _("Name"), party.name),
        (str(vocabulary.NUMBERS.get(party.number_kind, party.number_kind)), party.number),
        (_("Phone"), party.phone),
        (_("Address"), party.address),
        (_("Authority"), str(vocabulary.AUTHORITIES.get(party.authority, ""))),
    ]
    return [(label, value) for label, value in facts if value]
