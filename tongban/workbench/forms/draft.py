"""The one page on which a window takes down an application, as a form: its fields come from the item's rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongban.cases.rules.applicant import AUTHORITIES, NUMBERS
from tongban.cases.rules.enclosures import open_ways
from tongban.catalogue.rules import Field, Rule

FEW = 5
"""So many answers are shown side by side; more become a list to choose from."""

SUBJECT_WORDS = {"person": _("A person"), "company": _("A company or organisation")}
NUMBER_WORDS = {
    "resident": _("Identity number"),
    "credit-code": _("Credit code"),
    "passport": _("Passport"),
    "other": _("Other number"),
}
AUTHORITY_WORDS = {
    "letter": _("Letter of authority"),
    "guardian": _("Guardian"),
    "legal-representative": _("Legal representative"),
    "staff": _("Staff of the company"),
}
HOW_WORDS = {
    "seen": _("Original seen"),
    "handed-in": _("Handed in"),
    "fetched": _("Fetched electronically"),
    "promised": _("Promised"),
    "missing": _("Missing"),
}
WAY_WORDS = {
    "post": _("By post"),
    "window": _("At a window"),
    "electronic": _("Electronically"),
}
Words = Mapping[str, "str | Promise"]


class DraftForm(forms.Form):
    """A draft's fields, by the names under which the draft keeps them; what is wrong is handed in.

    :param errors: the words at the fields; given, the form shows them, and what was typed
    """

    use_required_attribute = False

    def __init__(
        self, rule: Rule, values: Mapping[str, str], errors: Mapping[str, str] | None = None
    ) -> None:
        shown = {"data": values} if errors is not None else {"initial": values}
        super().__init__(**shown)  # type: ignore[arg-type]  # one of the two
        self.wrong = errors or {}
        self.fields = _fields(rule)

    def full_clean(self) -> None:
        """Take over what was found wrong: the rule of the item has judged, not this form."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for name, words in self.wrong.items():
            self.add_error(name if name in self.fields else None, words)


def flat(data: Mapping[str, Any]) -> dict[str, str]:
    """Return a draft's values by the names of the form's fields."""
    values = {name: data.get(name, "") for name in ("subject", "place")}
    for section in ("answers", "applicant", "agent", "fields", "wish"):
        values |= {f"{section}.{name}": text for name, text in (data.get(section) or {}).items()}
    for code, each in (data.get("enclosed") or {}).items():
        values[f"enclosed.{code}"] = each.get("how", "")
        values[f"enclosed.{code}.reason"] = each.get("reason", "")
    return values


def _fields(rule: Rule) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "subject": _choice(_("Who applies?"), {each: SUBJECT_WORDS[each] for each in rule.subjects})
    }
    for situation in rule.situations:
        answers = {answer.code: str(answer.label) for answer in situation.answers}
        fields[f"answers.{situation.code}"] = _choice(str(situation.ask), answers)
    fields["place"] = forms.CharField(label=_("Place that decides"), widget=forms.HiddenInput)
    fields |= _party("applicant", rule.subjects) | _party("agent", ("person",))
    fields["agent.authority"] = _choice(_("May act because of"), _some(AUTHORITY_WORDS, AUTHORITIES))
    fields |= {f"fields.{field.code}": _field(field) for field in rule.fields}
    for material in rule.materials:
        ways = _some(HOW_WORDS, [str(way) for way in open_ways(material)])
        fields[f"enclosed.{material.code}"] = _choice(str(material.name), ways)
        fields[f"enclosed.{material.code}.reason"] = _text(_("Reason"), required=False)
    fields["wish.way"] = _choice(_("How does the applicant want the result?"), _some(WAY_WORDS, rule.deliver))
    fields["wish.address"] = _text(_("Address for the post"), required=False)
    fields["wish.window"] = forms.CharField(
        label=_("Window at which it is collected"), required=False, widget=forms.Select
    )
    return fields


def _some(words: Words, keys: Any) -> Words:
    return {key: words[key] for key in keys}


def _choice(label: Any, words: Words) -> forms.Field:
    return forms.ChoiceField(label=label, choices=list(words.items()), widget=forms.RadioSelect)


def _text(label: Any, *, required: bool = True, **attrs: Any) -> forms.Field:
    return forms.CharField(label=label, required=required, widget=forms.TextInput(attrs=attrs))


def _party(section: str, subjects: tuple[str, ...]) -> dict[str, forms.Field]:
    kinds = [kind for kind in NUMBERS if (kind != "credit-code" or "company" in subjects)]
    if subjects == ("company",):
        kinds = ["credit-code"]
    return {
        f"{section}.name": _text(_("Company name") if subjects == ("company",) else _("Name")),
        f"{section}.number": _text(_("Number"), spellcheck="false"),
        f"{section}.number_kind": forms.ChoiceField(
            label=_("Kind of number"), choices=list(_some(NUMBER_WORDS, kinds).items())
        ),
        f"{section}.phone": _text(_("Phone"), inputmode="tel"),
        f"{section}.address": _text(_("Address"), required=False),
    }


def _field(field: Field) -> forms.Field:
    """Return a field of the item."""
    if field.options:
        words: Words = {option.code: str(option.label) for option in field.options}
        if len(words) <= FEW:
            chosen = _choice(str(field.label), words)
        else:
            chosen = forms.ChoiceField(label=str(field.label), choices=[("", ""), *words.items()])
        chosen.required = field.required
        return chosen
    if field.kind == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.CharField(label=str(field.label), required=field.required, widget=widget)
    numeric = {"inputmode": "decimal"} if field.kind == "number" else {}
    return _text(str(field.label), required=field.required, **numeric)
