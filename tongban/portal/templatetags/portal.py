"""Marks that only this door uses: where a fact comes from, how long a limit is, when a hall is open."""

from __future__ import annotations

from collections.abc import Sequence

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tongban.catalogue.rules import Limit, Rule
from tongban.design.templatetags.design.marks import tag
from tongban.portal import halls, words, zone_words

register = Library()


@register.simple_tag
def cited(rule: Rule, path: str) -> SafeString:
    """Return links to the sources of one element, or say that it is illustrative: nobody confirmed it yet."""
    found = rule.cited(path) or rule.cited(path.split(".", 1)[0])
    if not found:
        return tag(_("Illustrative"), "amber")
    places = list(rule.sources)
    numbers = [places.index(source.code) + 1 for source in found]
    links = format_html_join("", '<a href="#source-{}">[{}]</a>', ((number, number) for number in numbers))
    return format_html(
        '<span class="cite"><span class="visually-hidden">{} </span>{}</span>', _("Source"), links
    )


@register.filter
def limit(value: Limit | None) -> str:
    """Return a limit in words."""
    if value is None:
        return _("None given by law")
    if not value.days:
        return _("At once, while you wait")
    if value.unit == "working":
        return ngettext("%(days)d working day", "%(days)d working days", value.days) % {"days": value.days}
    return ngettext("%(days)d calendar day", "%(days)d calendar days", value.days) % {"days": value.days}


@register.filter
def in_weeks(value: Limit | None) -> str:
    """Return a limit in working days as weeks, which people think in; nothing for short ones."""
    weeks = round(value.days / 5) if value and value.unit == "working" else 0
    return _("about %(weeks)d weeks, holidays not counted") % {"weeks": weeks} if weeks > 1 else ""


@register.filter
def nth(values: Sequence[object], index: int) -> object:
    """Return one of several values."""
    return values[index]


@register.filter
def same(one: object, other: object) -> bool:
    """Return whether two values are the same."""
    return one == other


@register.filter
def plainly(code: str, group: str) -> words.Words:
    """Return the plain words of a code of one group, such as `FORMS`; the code itself if nobody worded it."""
    known: dict[str, words.Words] = getattr(words, group, None) or getattr(zone_words, group)
    return known.get(code, code)


@register.filter
def opening(hours: str) -> SafeString:
    """Return when a hall is open."""
    return format_html_join(" · ", "{} {}", halls.opening(hours))
