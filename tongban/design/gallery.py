"""What the gallery shows: made-up words only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongban.design.widgets import DayInput

NAMED = {
    "0101": (gettext_lazy("Social security card: apply and activate"), "shbzk"),
    "0102": (gettext_lazy("Pension insurance: move to another place"), "ylbx"),
    "0203": (gettext_lazy("Housing fund: withdraw for a home elsewhere"), "zfgjj"),
    "0304": (gettext_lazy("Food business licence: renew"), "spjy"),
    "0405": (gettext_lazy("Household registration: move within the province"), "hkqy"),
}


class Example(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("As it stands on the identity card.")
    )
    number = forms.CharField(label=gettext_lazy("Identity number"))
    item = forms.ChoiceField(label=gettext_lazy("Item"), choices=[])
    delivery = forms.ChoiceField(label=gettext_lazy("How should the result come?"), widget=forms.RadioSelect)
    seen = forms.MultipleChoiceField(
        label=gettext_lazy("Originals seen"), widget=forms.CheckboxSelectMultiple, required=False
    )
    born = forms.DateField(label=gettext_lazy("Date of birth"), widget=DayInput)
    due = forms.DateField(
        label=gettext_lazy("Wanted until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    remark = forms.CharField(label=gettext_lazy("Remark"), required=False, widget=forms.Textarea({"rows": 3}))
    agree = forms.BooleanField(label=gettext_lazy("I have read what the promise means."))

    def __init__(self, data: dict[str, str] | None = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        pairs: dict[str, list[tuple[str, Any]]] = {
            "item": [(code, name) for code, (name, _initials) in NAMED.items()],
            "delivery": [("post", _("By post")), ("window", _("At a window")), ("file", _("Electronically"))],
            "seen": [
                ("card", _("Identity card")),
                ("book", _("Household register")),
                ("proof", _("Proof of home")),
            ],
        }
        for name, choices in pairs.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


def choices(words: str) -> list[dict[str, str]]:
    """Return the items whose name, code or initials hold what was typed."""
    wanted = words.strip().lower()
    return [
        {"value": code, "label": str(name), "hint": code}
        for code, (name, initials) in NAMED.items()
        if wanted in str(name).lower() or wanted in initials or wanted in code
    ]


def _rows() -> list[dict[str, object]]:
    """Return a desk's worth of rows, one for each light."""
    levels = [
        ("overdue", _("2 working days over"), _("Waits for acceptance"), "amber", date(2026, 11, 19)),
        ("today", "", _("Waits for acceptance"), "amber", date(2026, 11, 23)),
        ("soon", _("2 working days left"), _("In review"), "blue", date(2026, 11, 25)),
        ("fine", _("12 working days left"), _("In review"), "blue", date(2026, 12, 9)),
        ("stopped", "", _("Hearing"), "grey", None),
        ("done", "", _("Granted"), "green", None),
        ("none", "", _("Rejected in writing"), "red", None),
    ]
    names = [str(name) for name, _initials in NAMED.values()]
    return [
        {
            "level": level,
            "left": left,
            "state": state,
            "tone": tone,
            "due": due,
            "number": f"36070020261123{number:04}",
            "item": names[number % len(names)],
        }
        for number, (level, left, state, tone, due) in enumerate(levels, start=1)
    ]


def context(*, practice: bool) -> dict[str, object]:
    """Return all that the gallery's page shows."""
    zone = timezone.get_current_timezone()
    return {
        "practice": practice,
        "form": Example(),
        "faulty": Example(
            {"faulty-born_0": "2026", "faulty-born_1": "13", "faulty-number": "36"}, prefix="faulty"
        ),
        "rows": _rows(),
        "steps": [_("Item"), _("Applicant"), _("Materials"), _("Check everything"), _("Receipt")],
        "levels": ["overdue", "today", "soon", "fine", "stopped", "done", "none"],
        "at": datetime(2026, 11, 23, 9, 5, tzinfo=zone),
        "day": date(2026, 12, 9),
        "desk_fields": [
            (_("Name"), _("Applicant A")),
            (_("Identity number"), "360121180001010017"),
            (_("Address"), _("1 Example Road, Zhanggong, Ganzhou")),
        ],
    }
