"""Fields of forms: label, hint, error and control, tied together for those who don't see them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.forms.boundfield import BoundField
from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tongban.design.templatetags.design.marks import icon
from tongban.design.widgets import DayInput

register = Library()

# Django's own sentences, said more plainly in our catalogue.
REWORDED = (gettext_noop("This field is required."), gettext_noop("Enter a valid date."))
GROUPS = forms.RadioSelect  # Django builds its groups of boxes on it too


@register.inclusion_tag("design/field.html")
def field(
    bound: BoundField,
    width: str = "",
    label: str = "",
    hint: str = "",
    in_row: bool = False,
    **attributes: str | bool,
) -> dict[str, object]:
    """Show a field of a form with all that belongs to it; further words become attributes of its control.

    :param width: how wide an answer is expected, in characters: 4, 8, 12 or 20
    :param in_row: whether choices stand side by side
    """
    widget = bound.field.widget
    identifier = bound.id_for_label or bound.auto_id or bound.html_name
    parts = {"hint": hint or bound.help_text, "error": bound.errors[0] if bound.errors else ""}
    described = [
        f"{bound.auto_id}_{'helptext' if part == 'hint' else part}" for part, text in parts.items() if text
    ]
    return {
        **parts,
        "field": bound,
        "label": label or bound.label,
        "id": identifier,
        "key": bound.auto_id,
        "kind": _kind(widget),
        "described": " ".join(described),
        "optional": not bound.field.required and not isinstance(widget, forms.CheckboxInput),
        "in_row": in_row,
        "control": _control(bound, width, described, attributes),
    }


def _kind(widget: forms.Widget) -> str:
    """Return how a widget is laid out."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, GROUPS):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "day" if isinstance(widget, DayInput) else "plain"


def _control(
    bound: BoundField, width: str, described: list[str], attributes: dict[str, str | bool]
) -> SafeString | str:
    """Return the control itself, named and described; choices are laid out by the template instead."""
    kind = _kind(bound.field.widget)
    if kind == "choices":
        return ""
    attrs = {name.replace("_", "-"): value for name, value in attributes.items()}
    if kind == "plain":
        sized = f"input w{width}" if width else "input"
        attrs["class"] = f"{sized} {attrs.get('class', '')}".strip()
    if described and kind != "day":
        attrs["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("design/error_summary.html")
def error_summary(*given: forms.BaseForm | None) -> dict[str, object]:
    """Name all that is wrong in these forms, with a link to each field; nothing if all is well."""
    found = [entry for form in given if form is not None and form.is_bound for entry in _errors(form)]
    return {"errors": found}


def _errors(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return for each error where it is and what it says."""
    whole = [("", str(error)) for error in form.non_field_errors()]
    return whole + [(_target(bound), _named(bound, str(error))) for bound in form for error in bound.errors]


def _named(bound: BoundField, error: str) -> str:
    """Return an error that says which field it's about, for whoever reads it far from there."""
    if str(bound.label) in error:
        return error
    return _("%(label)s: %(error)s") % {"label": str(bound.label).rstrip("?？.。:："), "error": error}


def _target(bound: BoundField) -> str:
    """Return the id of the control that an error's link leads to: of a group, its first."""
    if isinstance(bound.field.widget, (GROUPS, DayInput)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


@register.simple_tag
def field_error(text: str, identifier: str) -> SafeString:
    """Return an error for a control that belongs to no form; name `identifier` in its aria-describedby."""
    if not text:
        return SafeString("")
    return format_html('<p class="field__error" id="{}">{}{}</p>', identifier, icon("stop"), text)


@register.inclusion_tag("design/camera.html")
def camera(
    upload: str,
    legend: str,
    *,
    name: str = "pages",
    accept: str = "image/jpeg,image/png,application/pdf",
    key: str = "",
    pages: Iterable[Mapping[str, str]] = (),
) -> dict[str, object]:
    """Show the document camera, which sends each page to `upload`; without script or camera, a field for files.

    :param pages: those that are there already, each with id, url, title and the address that removes it
    """
    return {"upload": upload, "legend": legend, "name": name, "accept": accept, "key": key, "pages": pages}
