"""Rows of a list in words and marks: the template of a row is rendered once, and filled in for each.

The desk is the page that is opened most, by everybody, all day: a loop in a template would take most of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tongban.cases.queries import Row
from tongban.cases.rules.lifecycle import State
from tongban.design.templatetags.design import marks
from tongban.workbench import vocabulary

_ANY = UUID(int=0)


def state_tag(state: str) -> SafeString:
    """Return where a part stands, as a word in a box."""
    return marks.tag(str(vocabulary.STATES[state]), vocabulary.TONES[state])


def waits(row: Row) -> bool:
    """Return whether the applicant is waiting at the window: an item that is settled in one visit."""
    return row.instant and row.state is State.RECEIVED


def waiting_first(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with those in front whose applicant is waiting; the others stay in their order."""
    return sorted(rows, key=lambda row: not waits(row))


def urged_mark(until: date | None, today: date) -> SafeString:
    """Return the mark of what a supervisor urged: by when an answer is due, or that it is overdue."""
    if until is None:
        return SafeString("")
    said = _("Urged: answer by %(day)s") if until >= today else _("Urged: no answer since %(day)s")
    day = date_format(until, pgettext("a day of a mark", "j M"))
    return marks.tag(said % {"day": day}, "amber" if until >= today else "red", "flag")


def set_out(rows: Iterable[Row], *, choose: bool = False, chosen: Collection[UUID] = ()) -> SafeString:
    """Return the rows as HTML.

    :param choose: whether each row can be chosen, to take a step with many
    :param chosen: those that are chosen already
    """
    frame = _frame(get_language() or "", reverse("workbench:part", args=[_ANY]), choose)
    words = _Words(timezone.localdate())
    # Every value was escaped by `_Words`, and the frame comes from our own template.
    return mark_safe("".join(frame.format(**words.of(row, row.id in chosen)) for row in rows))  # noqa: S308


@lru_cache(maxsize=8)
def _frame(language: str, address: str, choose: bool) -> str:
    """Return the template of a row with its words in one language, and `{name}` where a value goes."""
    del language  # the key of the cache: the words were translated
    url = address.replace(str(_ANY), "{id}")
    return loader.render_to_string("workbench/desk/row.html", {"choose": choose, "url": url})


class _Words:
    """What rows share, made and escaped once a page: names, days, lights, states."""

    def __init__(self, today: date) -> None:
        self._kept: dict[tuple[str, Any], str] = {}
        self._today = today

    def of(self, row: Row, chosen: bool) -> dict[str, object]:
        """Return what is filled in for a row, safe to print."""
        once = self._once
        return {
            "id": row.id,
            "version": row.version,
            "late": SafeString(' class="row-overdue"') if row.light == "overdue" else "",
            "checked": " checked" if chosen else "",
            "light": once("light", row.light, marks.light),
            "due": once("due", (row.due_on, row.due_kind, row.provisional), _due) if row.due_on else "",
            "reference": escape(row.reference),
            "applicant": escape(row.applicant),
            "item": once("text", row.item, str),
            "waiting": once("waiting", waits(row), _waiting),
            "received_at": once("text", row.received_at, str),
            "received": once("day", row.received_on, marks.day),
            "state": once("state", row.state, state_tag),
            "holder": once("text", row.holder, str),
            "offered": once("offered", (row.offered_to, row.late), _offered),
            "urged": once("urged", row.urged_until, self._urged) if row.urged_until else "",
        }

    def _urged(self, until: date) -> SafeString:
        return format_html('<span class="sub">{}</span>', urged_mark(until, self._today))

    def _once(self, kind: str, key: Any, make: Callable[[Any], object]) -> str:
        found = self._kept.get((kind, key))
        if found is None:
            made = make(key)
            found = self._kept[kind, key] = made if isinstance(made, SafeString) else escape(str(made))
        return found


def _due(due: tuple[date, str, bool]) -> SafeString:
    day, kind, provisional = due
    return format_html(
        '<span class="sub">{}{}</span><span class="sub">{}</span>',
        marks.day(day),
        f" · {_('provisional')}" if provisional else "",
        vocabulary.DUE.get(kind, ""),
    )


def _waiting(waits: bool) -> str:
    tag = marks.tag(_("Applicant is waiting"), "amber", "person")
    return format_html('<span class="sub">{}</span>', tag) if waits else ""


def _offered(offer: tuple[object, str]) -> str:
    to, late = offer
    mark: str = LATE[late]() if late else ""
    return format_html('<span class="sub">{} {}</span>{}', _("offered to"), str(to), mark) if to else ""


LATE: dict[str, Callable[[], SafeString]] = {
    "reminded": lambda: marks.tag(_("reminded"), "amber", "clock"),
    "escalated": lambda: marks.tag(_("reported upwards"), "red", "warning"),
}
"""How an offer is marked that nobody answers."""
