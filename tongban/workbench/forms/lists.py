"""Forms of lists, agreements, the register and responsible persons. They clean words and know no table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongban.lib.refusals import Invalid, Refused
from tongban.lib.texts import Text
from tongban.workbench import list_words as said
from tongban.workbench import words

Choices = Iterable[tuple[str, Any]]
_DAY = {"type": "date"}


def attempt(form: forms.Form, act: Callable[[], Any]) -> tuple[Any, Refused | None]:
    """Do it, or put into the form why not; returns what came of it, and the refusal."""
    try:
        return act(), None
    except Refused as refused:
        known = isinstance(refused, Invalid) and _field(form, refused.field)
        form.add_error(known or None, words.say(refused))
        return None, refused


def _field(form: forms.Form, name: str) -> str:
    return next((each for each in (name, f"{name}_zh") if each in form.fields), "")


def _long(label: Any, hint: Any = "", rows: int = 3, *, required: bool = True) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=box, max_length=1000, required=required)


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), required=required
    )


def _short(label: Any, hint: Any = "", *, required: bool = True, limit: int = 120) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=limit, required=required)


def _radio(label: Any, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect)


class EntryForm(forms.Form):
    """What an entry is to say, and why."""

    batch = forms.ChoiceField(label=_("Batch"))
    deadline = _day(_("Deadline"), _("If it is another than the batch's."), required=False)
    unit_zh = _short(_("Responsible unit"))
    unit_en = _short(_("Responsible unit, in English"), required=False)
    modes = forms.MultipleChoiceField(
        label=_("Modes"), choices=list(said.MODES.items()), widget=forms.CheckboxSelectMultiple
    )
    direction = _radio(_("Direction"), said.DIRECTIONS.items())
    timetable_zh = _long(_("Timetable"), required=False)
    timetable_en = _long(_("Timetable, in English"), required=False)
    roadmap_zh = _long(_("Roadmap"), required=False)
    roadmap_en = _long(_("Roadmap, in English"), required=False)
    source = _short(_("Source"), _("Where this is written."), required=False, limit=1000)
    wanted_from = _day(_("Wanted from"), _("The day from which it should stand so."), required=False)
    reason = _long(_("Reason"), _("Why, for whoever reviews it. Name nobody."))

    def __init__(self, *args: Any, batches: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["batch"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(batches)

    def says(self) -> dict[str, Any]:
        """Return what was typed in the form in which an entry keeps it."""
        given = self.cleaned_data
        texts = {name: pair(given, name) for name in ("unit", "timetable", "roadmap")}
        day = given["deadline"]
        plain = {name: given[name] for name in ("batch", "modes", "direction", "source")}
        return {**plain, **texts, "deadline": day.isoformat() if day else None}


def pair(given: dict[str, Any], name: str) -> dict[str, str]:
    """Return what was typed in both languages."""
    return {"zh": given[f"{name}_zh"], "en": given[f"{name}_en"]}


class ReasonForm(forms.Form):
    """Why, and from when."""

    wanted_from = _day(_("Wanted from"), required=False)
    reason = _long(_("Reason"), _("Why, for whoever reviews it. Name nobody."))


class OpinionForm(forms.Form):
    """What the second person found."""

    opinion = _long(_("Opinion"), _("What you looked at, and what you found."), required=False)


class PublishForm(forms.Form):
    """From when it stands."""

    day = _day(_("In force from"), _("What stood until then can be read again by its date."))


class AgreementForm(forms.Form):
    """The terms of an agreement; places and items a line each."""

    code = _short(_("Code"), _("Letters, digits and hyphens; it stays the same for all revisions."), limit=40)
    scope = _radio(_("Kind"), [(each, said.SCOPES[each]) for each in ("agreement", "cooperation")])
    name_zh = _short(_("Name of the agreement"))
    name_en = _short(_("Name, in English"), required=False)
    ours = _long(_("Our places"), _("A line each: the region's code or its whole name."), 2)
    theirs = _long(
        _("Places of the other province"),
        _("A line each: code, name and, if there is one, English name, parted by commas."),
        2,
    )
    items = _long(
        _("Items"),
        _("A line each: the item's code and, after a comma, both, in or out; both if nothing is said."),
        4,
    )
    valid_from = _day(_("First day"))
    valid_until = _day(_("Last day"), required=False)
    notice_clock = _radio(_("The limit for telling what is missing runs"), said.CLOCKS.items())
    limit_clock = _radio(_("The limit for deciding runs"), said.CLOCKS.items())
    postal_zh = _long(_("Rule for the post"), _("Who sends what, and who pays."), 2, required=False)
    postal_en = _long(_("Rule for the post, in English"), "", 2, required=False)
    fees_zh = _long(_("Rule for fees"), "", 2, required=False)
    fees_en = _long(_("Rule for fees, in English"), "", 2, required=False)
    reason = _long(_("Reason"), "", 2, required=False)


class SignForm(forms.Form):
    """On which day both sides signed."""

    day = _day(_("Signed on"))


class EndForm(forms.Form):
    """From when the agreement no longer holds, and why."""

    day = _day(_("Holds no longer from"))
    reason = _long(_("Reason"))


class RehearsalForm(forms.Form):
    """Which test case was walked, with whom, when."""

    item = _short(_("Item code"), limit=36)
    place = _short(_("Deciding place"), _("The region's code or its whole name."))
    walked_on = _day(_("Walked to its end on"))
    words = _long(_("What was tried"), _("Name nobody."), required=False)


class ConfirmForm(forms.Form):
    """What the deciding body says of a rehearsal."""

    answer = _long(_("What came, and what went back"), _("Name nobody."), required=False)


class NormativeForm(forms.Form):
    """A document that stands in the way."""

    code = _short(_("Code"), limit=40)
    title_zh = _short(_("Title of the document"), limit=300)
    title_en = _short(_("Title, in English"), required=False, limit=300)
    unit_zh = _short(_("Responsible unit"))
    unit_en = _short(_("Responsible unit, in English"), required=False)
    level = _radio(_("Level"), said.LEVELS.items())
    conflict_zh = _long(_("What stands in the way"))
    conflict_en = _long(_("What stands in the way, in English"), required=False)
    action = _radio(_("What is to be done"), said.ACTIONS.items())
    items = _long(_("Items that it touches"), _("Codes, parted by commas or lines."), 2)
    due = _day(_("Due"))
    state = _radio(_("State"), [pair_ for pair_ in said.REGISTER_STATES.items() if pair_[0] != "done"])
    source = _short(_("Source"), required=False, limit=500)
    note = _short(_("Note"), required=False, limit=300)


class SettleForm(forms.Form):
    """How and when a document was settled."""

    day = _day(_("Settled on"))
    outcome = _long(_("What was done"), _("The document that does it, with its number."))


class NameForm(forms.Form):
    """Who answers for one's body."""

    charge = _radio(_("In which capacity"), said.CHARGES.items())
    name = _short(_("Name"), limit=60)
    title = _short(_("Title"), required=False, limit=60)
    phone = _short(_("Office telephone"), required=False, limit=40)
    email = _short(_("Office e-mail"), required=False)


def text(given: dict[str, Any], name: str) -> Text:
    """Return what was typed in both languages as a text."""
    return Text.of(pair(given, name))
