"""Forms of the steps: built from what each step needs, filled in from the case's file. They know no table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from tongban.cases.queries import CaseFile
from tongban.cases.rules.custody import Move
from tongban.cases.rules.lifecycle import Step
from tongban.workbench import vocabulary
from tongban.workbench.desk_checklists import AskForm, CompleteForm

MORE: Mapping[str, tuple[str, ...]] = {
    "refuse": ("elsewhere",),
    "extend": ("reason",),
    "make": ("file",),
    "send": ("carrier", "waybill", "window"),
    "settle": ("way", "file"),
    "offer": ("to",),
}
"""What a step's form asks besides what the table of steps says that it needs."""

HINTS = {
    "correct.what": _("What was wrong and how it reads now; the applicant confirms it at the counter."),
    "dismiss.reason": _("Why no application is needed, in words that the applicant understands."),
    "refuse.reason": _("Why this body can't decide it; the decision prints these words."),
    "refuse.competent": _(
        "The decision names this body, so that the applicant knows where to go. Choose it, or type it below."
    ),
    "refuse.elsewhere": _(
        "Only if it isn't among them: another province's, the tax office, the customs. By its full name, as printed."
    ),
    "pause.expected": _("Such as: 10 working days. The notice has to tell the applicant."),
    "pause.reason": _("What is waited for: once it is there, the clock runs again. Printed in the notice."),
    "propose.reason": _("For whoever approves it."),
    "extend.reason": _("The notice tells the applicant this reason."),
    "review.opinion": _("What you looked at, and what you found."),
    "reject.reason": _("Each fact and each condition that isn't met; the decision prints these words."),
    "make.result_number": _("As it stands on the certificate or permit."),
    "settle.result_number": _("As it stands on the certificate that you hand out."),
    "make.file": _(
        "What goes electronically is this: without it, the applicant's page has the decision alone."
    ),
    "settle.file": _(
        "What goes electronically is this: without it, the applicant's page has the decision alone."
    ),
    "send.waybill": _("Needed for the post."),
    "send.window": _("Needed for collecting; the window's place can be chosen below."),
    "close.proof": _("Such as: signed for by the applicant, or the carrier's record of delivery."),
    "withdraw.reason": _("As the applicant says it; a withdrawal can be made without giving any grounds."),
    "return.reason": _("What has to be put right before your body can take it over."),
    "decline.reason": _("Why it isn't for your body, and for which body it is."),
}
Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Given:
    """What the choices of a form come from: the file, and the bodies and windows that can be chosen now."""

    file: CaseFile
    bodies: Choices = ()
    windows: Choices = ()


def needs(step: Step | Move) -> tuple[str, ...]:
    """Return the names of the fields that the step's form has."""
    given = step.needs if isinstance(step, Step) else ("reason",) if step.reason else ()
    return (*given, *MORE.get(step.verb, ()))


NOTHING = forms.Form({})
"""What is sent with a step that asks nothing."""


def asks_nothing(step: Step | Move) -> bool:
    """Return whether pressing the button says all that there is to say."""
    return step.verb not in OWN and not needs(step)


def form_for(
    step: Step | Move,
    given: Given,
    data: Any = None,
    files: MultiValueDict[str, UploadedFile[Any]] | None = None,
) -> forms.Form:
    """Return the step's form, empty or as it was sent."""
    if step.verb in OWN:
        return OWN[step.verb](given.file, data, files)
    form = forms.Form(data, files, initial=_initial(step.verb, given.file))
    for name in needs(step):
        form.fields[name] = FIELDS[name](step.verb, given)
        form.fields[name].label = vocabulary.WORDS[name]
        form.fields[name].help_text = HINTS.get(f"{step.verb}.{name}", "")
    return form


def _initial(verb: str, file: CaseFile) -> dict[str, str]:
    wish = file.case.delivery or {}
    proposal = next((each for each in reversed(file.history) if each.verb == "propose"), None)
    found = {"way": wish.get("way", ""), "window": wish.get("window", "")}
    if verb == "extend" and proposal:
        found["reason"] = proposal.words.get("reason", "")
    return found


def _words(verb: str, given: Given) -> forms.Field:
    del verb, given
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}))


def _line(*, required: bool = True, limit: int = 80) -> Callable[[str, Given], forms.Field]:
    def field(verb: str, given: Given) -> forms.Field:
        del verb, given
        return forms.CharField(
            required=required, widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": limit})
        )

    return field


def _ground(verb: str, given: Given) -> forms.Field:
    del verb
    grounds = given.file.edition.rule.procedure.grounds
    choices = [(each.code, f"{each.name} — {each.basis}" if each.basis else each.name) for each in grounds]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _body(*, required: bool = True) -> Callable[[str, Given], forms.Field]:
    def field(verb: str, given: Given) -> forms.Field:
        del verb
        return forms.ChoiceField(
            choices=[("", "—"), *given.bodies],
            required=required,
            widget=forms.Select(attrs={"data-picker": ""}),
        )

    return field


def _way(verb: str, given: Given) -> forms.Field:
    # A decision against the applicant goes any way; a result only as the item's rule has it.
    result = verb == "settle" or given.file.part.outcome == "granted"
    ways = given.file.edition.rule.deliver if result else tuple(vocabulary.WAYS)
    if verb == "settle":
        # In one visit: handed over at the window, or there electronically at once.
        ways = tuple(way for way in ways if way != "post")
    return forms.ChoiceField(choices=[(way, vocabulary.WAYS[way]) for way in ways], widget=forms.RadioSelect)


def _window(verb: str, given: Given) -> forms.Field:
    del verb
    return forms.ChoiceField(choices=[("", "—"), *given.windows], required=False)


def _file(verb: str, given: Given) -> forms.Field:
    del verb, given
    accept = {"accept": "application/pdf,image/jpeg,image/png"}
    return forms.FileField(required=False, widget=forms.FileInput(attrs=accept))


FIELDS: Mapping[str, Callable[[str, Given], forms.Field]] = {
    "reason": _words,
    "what": _words,
    "opinion": _words,
    "proof": _line(limit=500),
    "result_number": _line(),
    "carrier": _line(required=False, limit=40),
    "waybill": _line(required=False, limit=40),
    "ground": _ground,
    "expected": _line(),
    # One of both; the action sees to it.
    "competent": _body(required=False),
    "elsewhere": _line(required=False, limit=120),
    "to": _body(),
    "way": _way,
    "window": _window,
    "file": _file,
}


OWN: Mapping[str, Callable[..., forms.Form]] = {"ask": AskForm, "complete": CompleteForm}
