"""The controls of the editor of items, written in Python because an item has thousands of them."""

from __future__ import annotations

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tongban.design.templatetags.design.fields import field_error
from tongban.workbench.views.catalogue.cells import Control

register = Library()
_WIDE = {"area", "lines"}


@register.simple_tag
def editor_control(control: Control) -> SafeString:
    """Return a control with its label and what is wrong with it."""
    if control.kind == "flag":
        return _flag(control)
    if control.kind == "ticks":
        return _ticks(control)
    return format_html(
        '<div class="field{}{}"><label class="field__label" for="id_{}">{}</label>{}{}</div>',
        " field--bad" if control.error else "",
        _span(control),
        control.name,
        control.label,
        field_error(control.error, f"e_{control.name}") if control.error else "",
        _input(control),
    )


def _span(control: Control) -> str:
    """Return how much of a row a control takes: what is long has one half for each language."""
    if control.kind not in _WIDE:
        return ""
    return {"": " wide", "zh-Hans": " pair pair--first"}.get(control.lang, " pair")


def _flag(control: Control) -> SafeString:
    box = format_html(
        '<label class="choice"><input type="checkbox" value="1"{} {}><span>{}</span></label>',
        SafeString(" checked") if control.value else "",
        _attributes(control),
        control.label,
    )
    if not control.error:
        return box
    said = field_error(control.error, f"e_{control.name}")
    return format_html('<div class="field field--bad">{}{}</div>', said, box)


def _ticks(control: Control) -> SafeString:
    if not control.choices:
        return SafeString("")
    boxes = format_html_join(
        "",
        '<label class="choice"><input type="checkbox" name="{}" value="{}"{}><span>{}</span></label>',
        (
            (control.name, value, SafeString(" checked") if chosen else "", words)
            for value, words, chosen in control.choices
        ),
    )
    return format_html(
        '<fieldset class="field wide{}" id="id_{}" tabindex="-1"><legend class="field__label">{}</legend>{}'
        '<div class="choices choices--row">{}</div></fieldset>',
        " field--bad" if control.error else "",
        control.name,
        control.label,
        field_error(control.error, f"e_{control.name}") if control.error else "",
        boxes,
    )


def _input(control: Control) -> SafeString:
    attributes = _attributes(control)
    if control.kind == "select":
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (value, SafeString(" selected") if chosen else "", words)
                for value, words, chosen in control.choices
            ),
        )
        return format_html('<select class="input" {}>{}</select>', attributes, options)
    if control.kind in _WIDE:
        # A browser drops the first line break after the tag: one of ours, so that none of theirs is lost.
        return format_html('<textarea class="input" rows="2" {}>\n{}</textarea>', attributes, control.value)
    return format_html('<input class="input" autocomplete="off" value="{}" {}>', control.value, attributes)


def _attributes(control: Control) -> SafeString:
    named = format_html('id="id_{}" name="{}"', control.name, control.name)
    if control.lang:
        named = format_html('{} lang="{}"', named, control.lang)
    if control.listed:
        named = format_html('{} list="{}"', named, control.listed)
    if control.error:
        named = format_html('{} aria-describedby="e_{}"', named, control.name)
    return named
