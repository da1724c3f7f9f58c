"""Rows of a list in words and marks: the template of a row is rendered once, and filled in for each.

The desk is the page that is opened most, by everybody, all day: a loop in a template would take most of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.template import loader
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tongban.cases.queries import Row
from tongban.cases.rules.lifecycle import State
from tongban.design.templatetags.design import marks
from tongban.lib.texts import Text
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
    language, today = get_language() or "", timezone.localdate()
    frame = _frame(language, reverse("workbench:part", args=[_ANY]), choose)
    # What `_filled` and `_own` give is escaped, and the frame comes from our own template.
    return mark_safe(  # noqa: S308
        "".join(_filled(frame, language, today, row.id in chosen, _shared(row)) % _own(row) for row in rows)
    )


@lru_cache(maxsize=8)
def _frame(language: str, address: str, choose: bool) -> str:
    """Return the template of a row with its words in one language, and `{name}` where a value goes."""
    del language  # the key of the cache: the words were translated
    url = address.replace(str(_ANY), "{id}")
    return loader.render_to_string("workbench/desk/row.html", {"choose": choose, "url": url})


class _Shared(NamedTuple):
    """What a row says that others say too; a key, so that it's said in HTML once."""

    light: str
    due_on: date | None
    due_kind: str
    provisional: bool
    item: Text
    waiting: bool
    received_at: Text
    received_on: date
    state: State
    holder: Text
    offered_to: Text
    late: str
    urged: date | None


def _shared(row: Row) -> _Shared:
    return _Shared(
        row.light, row.due_on, row.due_kind, row.provisional, row.item, waits(row), row.received_at,
        row.received_on, row.state, row.holder, row.offered_to, row.late, row.urged_until,
    )  # fmt: skip


def _own(row: Row) -> dict[str, object]:
    """Return what a row alone says, escaped."""
    return {
        "id": row.id,
        "version": row.version,
        "reference": escape(row.reference),
        "applicant": escape(row.applicant),
    }


@lru_cache(maxsize=4096)
def _filled(frame: str, language: str, today: date, chosen: bool, row: _Shared) -> str:
    """Return the row with all that it shares with others, escaped, and `%(name)s` where its own goes."""
    del language  # the key of the cache: what is said in it
    said = {
        "late": SafeString(' class="row-overdue"') if row.light == "overdue" else "",
        "checked": " checked" if chosen else "",
        "light": marks.light(row.light),
        "due": _due(row.due_on, row.due_kind, row.provisional) if row.due_on else "",
        "item": row.item,
        "waiting": _waiting() if row.waiting else "",
        "received_at": row.received_at,
        "received": marks.day(row.received_on),
        "state": state_tag(row.state),
        "holder": row.holder,
        "offered": _offered(row.offered_to, row.late) if row.offered_to else "",
        "urged": format_html('<span class="sub">{}</span>', urged_mark(row.urged, today))
        if row.urged
        else "",
    }
    safe = {
        name: conditional_escape(str(value) if isinstance(value, Text) else value)
        for name, value in said.items()
    }
    return frame.replace("%", "%%").format(
        **{name: value.replace("%", "%%") for name, value in safe.items()}, **_SLOTS
    )


_SLOTS = {name: f"%({name})s" for name in ("id", "version", "reference", "applicant")}


def _due(day: date, kind: str, provisional: bool) -> SafeString:
    return format_html(
        '<span class="sub">{}{}</span><span class="sub">{}</span>',
        marks.day(day),
        f" · {_('provisional')}" if provisional else "",
        vocabulary.DUE.get(kind, ""),
    )


def _waiting() -> SafeString:
    return format_html('<span class="sub">{}</span>', marks.tag(_("Applicant is waiting"), "amber", "person"))


def _offered(to: Text, late: str) -> SafeString:
    return format_html(
        '<span class="sub">{} {}</span>{}', _("offered to"), str(to), LATE[late]() if late else ""
    )


LATE: dict[str, Callable[[], SafeString]] = {
    "reminded": lambda: marks.tag(_("reminded"), "amber", "clock"),
    "escalated": lambda: marks.tag(_("reported upwards"), "red", "warning"),
}
"""How an offer is marked that nobody answers."""
