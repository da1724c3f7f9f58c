"""What one presses: buttons, links that look like them, links of navigation, tabs and pagers."""

from __future__ import annotations

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongban.design.attributes import flat
from tongban.design.templatetags.design.marks import icon, kbd

register = Library()


def _inside(text: str, icon_name: str, key: str) -> SafeString:
    return format_html("{}{}{}", icon(icon_name) if icon_name else "", text, kbd(key) if key else "")


def _keys(key: str) -> dict[str, object]:
    """Return what makes an element answer to a key, for the script and for screen readers."""
    return {"data_key": key, "aria_keyshortcuts": key.replace("ctrl", "Control").title() if key else ""}


@register.simple_tag
def button(
    text: str, look: str = "primary", icon_name: str = "", key: str = "", **attributes: object
) -> SafeString:
    """Return a button; it submits its form unless `type="button"` is given."""
    attributes = {"type": "submit"} | attributes | _keys(key)
    return format_html(
        '<button class="button button--{}"{}>{}</button>',
        look,
        flat(attributes),
        _inside(text, icon_name, key),
    )


@register.simple_tag
def link_button(
    url: str, text: str, look: str = "primary", icon_name: str = "", key: str = "", **attributes: object
) -> SafeString:
    """Return a link that looks like a button: it goes somewhere and changes nothing."""
    return format_html(
        '<a class="button button--{}" href="{}"{}>{}</a>',
        look,
        url,
        flat(attributes | _keys(key)),
        _inside(text, icon_name, key),
    )


@register.simple_tag
def copy_button(text: str, label: str, key: str = "") -> SafeString:
    """Return a button that copies `text`; hidden until the script that can do it has come."""
    return format_html(
        '<button type="button" class="button button--quiet copy" hidden data-copy="{}" data-copy-label="{}"{}>'
        '{}<span>{}</span><span class="visually-hidden"> {}</span></button>',
        text,
        label,
        flat(_keys(key)),
        icon("copy"),
        pgettext("to the clipboard", "Copy"),
        label,
    )


@register.simple_tag
def nav_link(
    url: str,
    text: str,
    *,
    current: bool = False,
    icon_name: str = "",
    count: int | None = None,
    bad: bool = False,
    key: str = "",
) -> SafeString:
    """Return a link of the navigation, with how many wait behind it; `bad` says that some of them are late."""
    number = format_html('<span class="nav__count{}">{}</span>', " nav__count--bad" if bad else "", count)
    return format_html(
        '<a href="{}"{}>{}{}{}{}</a>',
        url,
        flat({"aria_current": "page" if current else None} | _keys(key)),
        icon(icon_name) if icon_name else "",
        text,
        number if count is not None else "",
        kbd(key) if key else "",
    )


@register.simple_tag
def tab(url: str, text: str, current: bool = False, count: int | None = None) -> SafeString:
    """Return one tab: a link, so that each view has its own address."""
    return format_html(
        '<a href="{}"{}>{}{}</a>',
        url,
        flat({"aria_current": "page" if current else None}),
        text,
        format_html('<span class="count">{}</span>', count) if count is not None else "",
    )


@register.simple_tag
def pager(newer: str = "", older: str = "") -> SafeString:
    """Return links to the pages before and after, found by cursor; nothing if there is only one page."""
    if not newer and not older:
        return SafeString("")
    back = link_button(newer, _("Previous page"), "secondary", "arrow-left", rel="prev") if newer else ""
    on = link_button(older, _("Next page"), "secondary", "arrow-right", rel="next") if older else ""
    return format_html(
        '<nav class="pager" aria-label="{}"><span>{}</span>{}</nav>', _("Pages of this list"), back, on
    )
