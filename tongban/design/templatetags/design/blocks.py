"""What goes around content: notices, tables, facts, timelines, steps, tiles, sheets."""

from __future__ import annotations

from collections.abc import Sequence

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongban.design.attributes import flat
from tongban.design.templatetags.design.marks import icon

register = Library()

NOTICES = {
    "info": ("info", gettext_lazy("Information")),
    "success": ("check-circle", gettext_lazy("Success")),
    "warning": ("warning", gettext_lazy("Please note")),
    "danger": ("stop", gettext_lazy("Important")),
    "practice": ("flag", gettext_lazy("Practice")),
}


@register.simple_block_tag
def notice(content: str, level: str = "info", title: str = "", role: str = "") -> SafeString:
    """Return a notice with its icon and, read aloud before it, what kind of notice it is.

    :raises KeyError: if there is no such level
    """
    symbol, kind = NOTICES[level]
    heading = format_html('<p class="notice__title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice--{}"{}>{}<div class="notice__body">'
        '<span class="visually-hidden">{}: </span>{}{}</div></div>',
        level,
        flat({"role": role}),
        icon(symbol),
        kind,
        heading,
        content,
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, opened: bool = False) -> SafeString:
    """Return something to unfold, such as how a due day was computed."""
    return format_html(
        '<details class="disclosure"{}><summary>{}</summary><div class="disclosure__body">{}</div></details>',
        flat({"open": opened}),
        summary,
        content,
    )


@register.simple_block_tag
def table(
    content: str,
    caption: str,
    *,
    hide_caption: bool = False,
    cards: bool = True,
    sticky: bool = False,
    look: str = "",
) -> SafeString:
    """Return a table that becomes cards where it has no room; its cells carry `data-label`."""
    names = " ".join(
        name for name, on in (("table--cards", cards), ("table--sticky", sticky), (look, bool(look))) if on
    )
    scroll = SafeString("") if cards else format_html(' tabindex="0" role="region" aria-label="{}"', caption)
    return format_html(
        '<div class="table-box"><div class="{}"{}>'
        '<table class="table {}"><caption{}>{}</caption>{}</table></div></div>',
        "" if sticky else "table-scroll",
        scroll,
        names,
        flat({"class": "visually-hidden" if hide_caption else None}),
        caption,
        content,
    )


@register.simple_block_tag
def facts(content: str, tight: bool = False) -> SafeString:
    """Return a list of keys and values; fill it with `fact`."""
    return format_html('<dl class="facts{}">{}</dl>', " facts--tight" if tight else "", content)


@register.simple_block_tag
def fact(content: str, key: str, action_url: str = "", action: str = "") -> SafeString:
    """Return one key and its value, with a link to change it if one is given."""
    change = format_html(
        '<dd><a href="{}">{}<span class="visually-hidden"> {}</span></a></dd>',
        action_url,
        action or _("Change"),
        key,
    )
    return format_html(
        '<div class="fact"><dt>{}</dt><dd>{}</dd>{}</div>', key, content, change if action_url else ""
    )


@register.simple_block_tag
def timeline(content: str, label: str = "") -> SafeString:
    """Return what happened, one `event` after the other."""
    return format_html('<ol class="timeline"{}>{}</ol>', flat({"aria_label": label}), content)


@register.simple_block_tag
def event(content: str, what: str, who: str = "", when: str = "", state: str = "done") -> SafeString:
    """Return one event: what, who and when; its state is done, now, next or bad."""
    more = format_html('<div class="timeline__more">{}</div>', content) if content.strip() else ""
    return format_html(
        '<li class="is-{}"{}><p class="timeline__what">{}</p><p class="timeline__who">{}</p>{}</li>',
        state,
        flat({"aria_current": "step" if state == "now" else None}),
        what,
        format_html_join("", "<span>{}</span>", ((part,) for part in (who, when) if part)),
        more,
    )


@register.simple_tag
def steps(names: Sequence[str], current: int) -> SafeString:
    """Return where one is in a row of steps; `current` counts from one."""
    items = format_html_join(
        "",
        "<li{}>{}{}</li>",
        (
            (
                flat(
                    {
                        "class": "is-done" if number < current else None,
                        "aria_current": "step" if number == current else None,
                    }
                ),
                name,
                format_html('<span class="visually-hidden"> ({})</span>', _("done"))
                if number < current
                else "",
            )
            for number, name in enumerate(names, start=1)
        ),
    )
    return format_html('<ol class="steps" aria-label="{}">{}</ol>', _("Steps"), items)


@register.simple_block_tag
def empty_state(content: str, title: str, icon_name: str = "inbox") -> SafeString:
    """Return what stands where nothing is, with what to do next."""
    return format_html('<div class="empty">{}<h2>{}</h2><div>{}</div></div>', icon(icon_name), title, content)


@register.simple_block_tag
def tiles(content: str) -> SafeString:
    """Return a row of figures; fill it with `tile`."""
    return format_html('<div class="tiles">{}</div>', content)


@register.simple_tag
def tile(
    label: str, value: object, unit: str = "", *, note: str = "", url: str = "", tone: str = ""
) -> SafeString:
    """Return one figure with its words; tones are bad, warn and good."""
    name = format_html('<a href="{}">{}</a>', url, label) if url else label
    return format_html(
        '<div class="tile{}"><span class="tile__label">{}</span>'
        '<span class="tile__value">{}<small>{}</small></span>{}</div>',
        f" tile--{tone}" if tone else "",
        name,
        value,
        unit,
        format_html('<span class="tile__note">{}</span>', note) if note else "",
    )


@register.simple_block_tag
def card(content: str, url: str, title: str, icon_name: str = "") -> SafeString:
    """Return a card whose whole face is one link."""
    return format_html(
        '<div class="card"><h2>{}<a href="{}">{}</a></h2><p>{}</p></div>',
        icon(icon_name) if icon_name else "",
        url,
        title,
        content,
    )


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Return a row of `tab` links with a name."""
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, content)


@register.simple_block_tag
def action_bar(content: str) -> SafeString:
    """Return the bar that stays at the foot of the window while a clerk works."""
    return format_html('<div class="action-bar">{}</div>', content)


@register.simple_block_tag
def qr(content: str, caption: str) -> SafeString:
    """Return the place of a QR code, which is handed in as an image or as SVG, with what it's for."""
    return format_html('<figure class="qr">{}<figcaption>{}</figcaption></figure>', content, caption)


@register.simple_block_tag
def sheet(content: str, title: str, number: str = "") -> SafeString:
    """Return a document as it will lie on A4, with its title and number."""
    reference = format_html('<p class="sheet__number flat">{}</p>', number) if number else ""
    return format_html('<article class="sheet"><h1>{}</h1>{}{}</article>', title, reference, content)


@register.simple_tag
def seal(body: str) -> SafeString:
    """Return the field in which a body sets its seal."""
    return format_html('<div class="seal">{}<br>{}</div>', body, _("(seal)"))


@register.simple_tag
def spring() -> SafeString:
    """Return what pushes the rest of an action bar to its end."""
    return mark_safe('<span class="spring"></span>')
