"""A small made-up rule for tests that need no database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tongban.catalogue.rules import Rule, parse

_TEXT = {"zh": "示例", "en": "Example"}
_MATERIAL = {
    "name": _TEXT,
    "required": True,
    "form": "original",
    "copies": 1,
    "keep": "return-original",
    "standard": _TEXT,
    "sample": _TEXT,
    "issuer": _TEXT,
    "fetchable": False,
    "promise_allowed": False,
    "missable": False,
}
PROCEDURE: dict[str, Any] = {
    "code": "licensing",
    "name": _TEXT,
    "says": _TEXT,
    "licence": True,
    "notice_days": 5,
    "deemed_acceptance": True,
    "supplement_days": 15,
    "extension": {"days": 10, "role": "approve", "approver": "body-head"},
    "joint": {"days": 45, "extension_days": 15, "approver": "government-head"},
    "deliver_days": 10,
    "pause_grounds": [{"code": "hearing", "name": _TEXT, "basis": _TEXT}],
    "remedies": {"review_days": 60, "suit_months": 6, "says": _TEXT},
    "basis": {},
}
CONTENT: dict[str, Any] = {
    "code": "T-1",
    "name": _TEXT,
    "type": "01",
    "theme": "licences",
    "subjects": ["person"],
    "department": _TEXT,
    "procedure": PROCEDURE,
    "decided_by": "police",
    "decided_level": "county",
    "decided_where": {"key": "hukou", "ask": _TEXT},
    "received_where": "province",
    "instant": False,
    "review": "none",
    "basis": [],
    "conditions": [],
    "situations": [
        {
            "code": "who",
            "ask": _TEXT,
            "answers": [{"code": "self", "label": _TEXT}, {"code": "agent", "label": _TEXT}],
        }
    ],
    "materials": [
        {**_MATERIAL, "code": "id-card"},
        {**_MATERIAL, "code": "letter", "when": {"who": ["agent"]}, "form": "copy"},
        {**_MATERIAL, "code": "photo", "form": "electronic", "issuer": None, "required": False},
    ],
    "fields": [{"code": "reason", "label": _TEXT, "type": "text", "required": True, "options": []}],
    "receiving_rules": [],
    "steps": [],
    "limits": {"statutory": {"days": 20, "unit": "working"}, "promised": {"days": 10, "unit": "working"}},
    "clock": {"notice_from": "receipt", "limit_from": "acceptance"},
    "result": {"name": _TEXT, "kind": "licence", "deliver": ["post", "window"]},
    "fee": {"amount_cny": "0", "says": _TEXT},
    "documents": {},
}


def joint() -> Rule:
    """Return the rule of an item that several bodies handle jointly."""
    limits: dict[str, Any] = {"statutory": None, "promised": {"days": 30, "unit": "working"}}
    return parse({**CONTENT, "joint": True, "limits": limits})


def rule(**changes: Any) -> Rule:
    """Return the rule, with what is named changed."""
    return replace(parse(CONTENT), **changes)
