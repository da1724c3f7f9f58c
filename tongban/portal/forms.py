"""What people type; what it means, the rooms decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongban.feedback.rules import WORDS_LIMIT, Level
from tongban.notices.rules.asking import LONGEST


class TrackForm(forms.Form):
    """The case number and the query code of a receipt."""

    case = forms.CharField(label=_("Case number"), max_length=60)
    code = forms.CharField(label=_("Query code"), max_length=40)


class CheckForm(forms.Form):
    """The number of a document, and the check code at its foot."""

    number = forms.CharField(label=_("Number of the document"), max_length=80)
    code = forms.CharField(label=_("Check code"), max_length=40)


class TellForm(forms.Form):
    """Where to write to, and which places are meant; whether the address is one, the room decides."""

    here = forms.ChoiceField(label=_("Where would you hand it in?"), required=False)
    power = forms.ChoiceField(label=_("Where is it decided?"), required=False)
    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, places: Sequence[tuple[str, str]], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for name in ("here", "power"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, label or _("Anywhere")) for code, label in places]


class ProofForm(forms.Form):
    """The second proof: the end of the applicant's number."""

    last = forms.CharField(
        label=_("Last four characters of the applicant's identity number"), min_length=4, max_length=4
    )


class RatingForm(forms.Form):
    """One of five levels, none of them chosen beforehand, and words if there are any."""

    level = forms.ChoiceField(
        label=_("How satisfied are you?"), choices=Level.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What was good, what was not?"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
