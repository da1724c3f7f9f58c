"""Small forms: signing in, and what could not be done."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tongban.cases.actions.aside import CAUSES

CAUSE_WORDS = {
    "no-rule": _("There is no rule for it, or none that fits"),
    "system-down": _("A system does not work, or does not let it through"),
    "rule-conflict": _("Two rules contradict each other"),
    "other-place": _("Another place has to do something first"),
    "paper-impossible": _("A paper is asked for that cannot be had"),
    "refused-elsewhere": _("It was refused elsewhere without a reason"),
    "other": _("Something else"),
}


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(label=_("User name"), max_length=60)
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput(render_value=False)
    )


class ObstacleForm(forms.Form):
    """Something that could not be done: its cause, what happened, and who has to answer."""

    cause = forms.ChoiceField(
        label=_("What was in the way?"),
        widget=forms.RadioSelect,
        choices=[(cause, CAUSE_WORDS[cause]) for cause in CAUSES],
    )
    text = forms.CharField(
        label=_("What happened"),
        help_text=_("What did the person want, and where did it end? Name no identity numbers."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    owner = forms.ChoiceField(label=_("Who has to answer?"), widget=forms.RadioSelect)
    # Of this page: what is sent twice is recorded once.
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, owners: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = owners


class UrgeForm(forms.Form):
    """What a body is urged to do, and by when it has to answer."""

    body = forms.ChoiceField(label=_("Who has to answer?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is asked for"),
        help_text=_(
            "What should be done, or explained. The body and everybody who has to do with it can read this."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    answer_by = forms.DateField(
        label=_("Answer due by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: object, bodies: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = bodies


class AnswerForm(forms.Form):
    """The answer to what could not be done."""

    text = forms.CharField(
        label=_("Answer"),
        help_text=_("What was done about it, or who does it by when."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
