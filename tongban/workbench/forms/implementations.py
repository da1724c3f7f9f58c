"""The forms around local lists: upload, sheet and head, columns, confirmation; packages; what is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tongban.catalogue.rules import codes, mapping
from tongban.catalogue.rules.conformance_words import FIELD_WORDS
from tongban.files.rules.tables import letters


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("CSV or XLSX file"), help_text=_("Nothing is imported yet: the list is checked first.")
    )


class PackageForm(forms.Form):
    """A package of items."""

    file = forms.FileField(label=_("Package (JSON)"), help_text=_("Shown first what it would bring."))


class SheetForm(forms.Form):
    """Which sheet, and in which row its heads stand."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    head = forms.IntegerField(label=_("Row with the heads of the columns"), min_value=1)
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        required=False,
        choices=[("", _("As found")), ("utf-8", "UTF-8"), ("gb18030", "GB18030 / GBK"), ("big5", "Big5")],
    )
    separator = forms.ChoiceField(
        label=_("What parts the columns"),
        required=False,
        choices=[
            ("", _("As found")),
            ("comma", _("Comma")),
            ("semicolon", _("Semicolon")),
            ("tab", _("Tab")),
            ("bar", _("Vertical bar")),
        ],
    )

    def __init__(self, *args: Any, sheets: Sequence[str], text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if text else ("encoding", "separator"):
            del self.fields[name]
        chosen = self.fields["sheet"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(name, name or _("the whole file")) for name in sheets]


class ColumnsForm(forms.Form):
    """Where the list comes from, its validator, and which column holds what."""

    origin = forms.CharField(
        label=_("Source"),
        max_length=160,
        help_text=_("The place or system that keeps the list. What you choose here is proposed next time."),
    )
    profile = forms.ChoiceField(label=_("Codes of this source"))
    valid_from = forms.DateField(
        label=_("Valid from, where a row says nothing"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, heads: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = self.fields["profile"]
        assert isinstance(profile, forms.ChoiceField)
        chinese = (get_language() or "zh").startswith("zh")
        known = codes.profiles(mapping.vocabulary()).values()
        profile.choices = [(each.code, each.zh if chinese else each.en) for each in known]
        columns: list[tuple[str, Any]] = [("", _("not in the list"))]
        columns += [(str(at), f"{letters(at)} · {head}") for at, head in enumerate(heads, start=1) if head]
        for name in mapping.FIELDS:
            self.fields[name if name != "valid_from" else "day"] = forms.ChoiceField(
                label=str(FIELD_WORDS[name]), choices=columns, required=name in mapping.NEEDED
            )

    def columns(self) -> dict[str, int]:
        """Return which column was chosen for which field."""
        found = {
            name: self.cleaned_data.get(name if name != "valid_from" else "day") for name in mapping.FIELDS
        }
        return {name: int(column) for name, column in found.items() if column}


def proposed(columns: Mapping[str, int]) -> dict[str, str]:
    """Return columns as the form calls them."""
    return {("day" if name == "valid_from" else name): str(column) for name, column in columns.items()}


class ConfirmForm(forms.Form):
    """Whether rows with errors are left out."""

    partly = forms.BooleanField(label=_("Leave the rows with errors out and import the rest"), required=False)


class WantedForm(forms.Form):
    """Which implementations are looked at."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    kind = forms.ChoiceField(label=_("Type of item"), required=False)
    severity = forms.ChoiceField(
        label=_("Deviations"),
        required=False,
        choices=[("", _("All")), ("1", _("those that deviate")), ("2", _("those that deviate much"))],
    )

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *offered]
