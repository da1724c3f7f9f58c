"""Small marks inside a line: icons, lights, tags, keys, days. Written in Python because a desk shows hundreds."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

register = Library()

LIGHTS = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "soon": gettext_lazy("Due soon"),
    "fine": gettext_lazy("On time"),
    "stopped": gettext_lazy("Clock stopped"),
    "done": gettext_lazy("Finished"),
    "none": gettext_lazy("No time limit"),
}
TRUST = {
    "A": (gettext_lazy("From the issuing body"), "green", "seal"),
    "B": (gettext_lazy("Checked against the original"), "green", "check"),
    "C": (gettext_lazy("Uploaded, original not seen"), "amber", "eye"),
    "D": (gettext_lazy("Made by the applicant"), "grey", "person"),
}
KEYS = {
    "enter": "Enter",
    "escape": "Esc",
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
    "up": "↑",
    "down": "↓",
    "space": gettext_lazy("Space"),
}


@cache
def _sprite() -> str:
    return static("design/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon; without a label it's decoration and hidden from screen readers."""
    sprite = static("design/icons.svg") if settings.DEBUG else _sprite()
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def light(level: str, text: str = "") -> SafeString:
    """Return how urgent something is, as shape, word and colour.

    :raises KeyError: if there is no such level
    """
    return format_html(
        '<span class="light light--{}">{}{}</span>', level, icon(f"light-{level}"), text or LIGHTS[level]
    )


@register.simple_tag
def tag(text: str, tone: str = "grey", icon_name: str = "") -> SafeString:
    """Return a word in a box: a state or a kind; tones are grey, blue, green, amber, red and line."""
    return format_html(
        '<span class="tag tag--{}">{}{}</span>', tone, icon(icon_name) if icon_name else "", text
    )


@register.simple_tag
def trust(level: str) -> SafeString:
    """Return how far a material can be trusted, by letter and in words (levels of 国办函〔2016〕108号).

    :raises KeyError: if the level isn't one of A to D
    """
    words, tone, symbol = TRUST[level]
    return format_html(
        '<span class="tag tag--{} trust"><b>{}</b>{}{}</span>', tone, level, icon(symbol), words
    )


@register.simple_tag
def kbd(keys: str) -> SafeString:
    """Return a key to press, such as `a` or `ctrl+enter`, for the eye only: screen readers hear aria-keyshortcuts."""
    words = "+".join(str(KEYS.get(key, key.upper())) for key in keys.split("+"))
    return format_html('<kbd aria-hidden="true">{}</kbd>', words)


@register.filter
def day(value: date | None) -> SafeString | str:
    """Return a day in words, with its weekday, as a time element."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    words = date_format(value, pgettext("a day", "D j M Y"))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Return a day and the time of day, as a time element."""
    if value is None:
        return "—"
    words = date_format(timezone.localtime(value), pgettext("a moment", "j M Y, H:i"))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.filter
def working_days(count: int) -> str:
    """Return a number of working days in words."""
    return _("%(count)d working days") % {"count": count} if count != 1 else _("1 working day")
