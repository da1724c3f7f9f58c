"""Forms of the catalogue's pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WhyForm(forms.Form):
    """From when, why, and on which document."""

    use_required_attribute = False
    valid_from = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason_zh = forms.CharField(
        label=_("Reason (Chinese)"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "zh-Hans"}),
    )
    reason_en = forms.CharField(
        label=_("Reason (English)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )
    rests_on = forms.CharField(
        label=_("Rests on"),
        help_text=_("Title and number of the document that allows or demands it."),
        max_length=200,
    )


class RecallForm(WhyForm):
    """Why something that was decided never begins, and on which document that rests."""

    valid_from = None  # type: ignore[assignment]  # Django's way to leave a field of the base out


class SubmitForm(WhyForm):
    """What is said when a draft is handed in."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ChangeForm(WhyForm):
    """A change of an item's standing: first what happens to which items, then when and why."""

    field_order = ("into", "others", "successors", "valid_from", "until")
    until = forms.DateField(
        label=_("Open again from"),
        help_text=_("Left empty, it stays suspended until it is resumed."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    successors = forms.MultipleChoiceField(
        label=_("Items that people go to instead"), required=False, widget=forms.CheckboxSelectMultiple
    )

    into = forms.ChoiceField(label=_("Item that people go to instead"))
    others = forms.MultipleChoiceField(
        label=_("Items that are merged with it"),
        help_text=_("All of them are proposed at once, or none."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: object,
        kind: str,
        items: list[tuple[str, str]],
        ours: list[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        for name, choices in (("successors", items), ("into", [("", "—"), *items]), ("others", ours)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for name in ("into", "others") if kind != "merge" else ("successors",):
            del self.fields[name]
        if kind != "suspend":
            del self.fields["until"]
        if kind in {"suspend", "resume"} and "successors" in self.fields:
            del self.fields["successors"]


class AnswerForm(forms.Form):
    """Why something is sent back."""

    use_required_attribute = False
    answer = forms.CharField(
        label=_("What has to be put right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
