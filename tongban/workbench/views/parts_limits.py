"""A case's limits in words: how each day was counted, on what the law's limit rests, and who may extend it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from tongban.cases.queries import CaseFile
from tongban.cases.rules.clock import Deadline, Kind
from tongban.catalogue.rules import Rule
from tongban.lib import workdays
from tongban.workbench import vocabulary

APPROVERS = {
    "body-head": gettext_lazy("the head of the body that decides"),
    "government-head": gettext_lazy("the head of the people's government at its level"),
}
"""Who approves more time, as the procedure's data names them."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit in words, with the days from which it was counted."""

    name: str
    deadline: Deadline
    length: str
    sums: list[tuple[str, str]]
    law: list[str]


def clocks(file: CaseFile) -> list[Clock]:
    """Return the part's limits, each with how its day was computed."""
    return [
        Clock(
            name=str(vocabulary.CLOCKS[each.kind]),
            deadline=each,
            length=_length(each),
            sums=[_sum(step) for step in each.steps],
            law=_law(file.edition.rule) if each.kind is Kind.STATUTORY else [],
        )
        for each in file.deadlines
    ]


def _law(rule: Rule) -> list[str]:
    """Return on what the law's limit rests, and how it may be extended."""
    article, found = rule.article("limit"), []
    if rule.joint:
        found.append(_("Several bodies handle this jointly: the limit is the one for that."))
    if article:
        found.append(_("Basis: %(article)s") % {"article": article})
    if rule.extension.days:
        found.append(_extension(rule))
    return found


def _extension(rule: Rule) -> str:
    said = ngettext(
        "It may be extended once, by %(days)d working day, if %(approver)s approves.",
        "It may be extended once, by %(days)d working days, if %(approver)s approves.",
        rule.extension.days,
    )
    return said % {"days": rule.extension.days, "approver": _approver(rule)}


def _approver(rule: Rule) -> str:
    return str(APPROVERS[rule.extension.approver])


def waits_for_approval(rule: Rule) -> str:
    """Return who has to approve an extension that was proposed."""
    return _("An extension was proposed: %(approver)s has to approve it.") % {"approver": _approver(rule)}


def approval(verb: str, rule: Rule) -> list[str]:
    """Return what a step about an extension has to know: how long, by which article, on whose approval."""
    if verb not in {"propose", "extend"} or not rule.extension.days:
        return []
    found = [_extension(rule)]
    if article := rule.article("extension"):
        found.append(_("Basis: %(article)s") % {"article": article})
    if rule.extension.approver != "body-head":
        found.append(_("Approve here only once that approval has been given in writing."))
    return found


def _length(deadline: Deadline) -> str:
    if deadline.unit == "working":
        said = ngettext("%(days)d working day", "%(days)d working days", deadline.days)
    else:
        said = ngettext("%(days)d calendar day", "%(days)d calendar days", deadline.days)
    return said % {"days": deadline.days}


def _sum(step: workdays.Step) -> tuple[str, str]:
    first = date_format(step.first, pgettext("a day in a sum", "D j M"))
    last = date_format(step.last, pgettext("a day in a sum", "D j M"))
    days = first if step.first == step.last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    why = str(step.name) or str(vocabulary.DAYS[step.kind])
    counted = f"+{step.days}" if step.counted else _("not counted")
    return f"{days} · {why}", "0" if step.kind is workdays.Kind.START else counted
