"""Forms of the steps: built from what each step needs, filled in from the case's file. They know no table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongban.cases.queries import CaseFile
from tongban.cases.rules.custody import Move
from tongban.cases.rules.enclosures import Defect, How, open_ways
from tongban.cases.rules.lifecycle import Step
from tongban.catalogue.rules import Material, asked
from tongban.workbench import vocabulary

MORE: Mapping[str, tuple[str, ...]] = {
    "extend": ("reason",),
    "make": ("file",),
    "send": ("carrier", "waybill", "window"),
    "settle": ("way",),
    "offer": ("to",),
}
"""What a step's form asks besides what the table of steps says that it needs."""

HINTS = {
    "correct.what": _("What was wrong and how it reads now; the applicant confirms it at the counter."),
    "dismiss.reason": _("Why no application is needed, in words that the applicant understands."),
    "refuse.reason": _("Why this body can't decide it; the decision prints these words."),
    "refuse.competent": _("The decision names this body, so that the applicant knows where to go."),
    "pause.reason": _("What is waited for, and how long it is expected to take; printed in the notice."),
    "propose.reason": _("For whoever approves it."),
    "extend.reason": _("The notice tells the applicant this reason."),
    "review.opinion": _("What you looked at, and what you found."),
    "reject.reason": _("Each fact and each condition that isn't met; the decision prints these words."),
    "make.result_number": _("As it stands on the certificate or permit."),
    "settle.result_number": _("As it stands on the certificate that you hand out."),
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


def _body(verb: str, given: Given) -> forms.Field:
    del verb
    return forms.ChoiceField(
        choices=[("", "—"), *given.bodies], widget=forms.Select(attrs={"data-picker": ""})
    )


def _way(verb: str, given: Given) -> forms.Field:
    ways = (
        given.file.edition.rule.deliver
        if given.file.state in {"made", "received"}
        else tuple(vocabulary.WAYS)
    )
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
    "competent": _body,
    "to": _body,
    "way": _way,
    "window": _window,
    "file": _file,
}


@dataclass(frozen=True, slots=True)
class DefectRow:
    """A line of the notice's checklist: what it's about and the controls beside it."""

    name: Any
    standard: Any
    on: BoundField
    kind: BoundField
    note: BoundField


class AskForm(forms.Form):
    """The checklist of the one notice: every material and every field, each with what is wrong with it."""

    def __init__(self, file: CaseFile, data: Any = None, files: Any = None) -> None:
        super().__init__(data)
        self._about = [*_materials(file), *_fields(file), ("applicant", _("Applicant's details"), "")]
        lacking = {defect.material: defect for defect in file.lacking}
        for code, name, _standard in self._about:
            self._add(code, name, lacking.get(code), field=code not in _codes(file))
        if file.part.notices:
            self.fields["again"] = forms.CharField(
                label=vocabulary.WORDS["again"],
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
                help_text=_("The law allows one notice. A second one is counted, and supervision sees it."),
            )

    def _add(self, code: str, name: Any, defect: Defect | None, *, field: bool) -> None:
        kind = defect.kind if defect else "field" if field else "missing"
        self.fields[f"on-{code}"] = forms.BooleanField(required=False, initial=defect is not None, label=name)
        self.fields[f"kind-{code}"] = forms.ChoiceField(
            choices=list(vocabulary.DEFECTS.items()),
            required=False,
            initial=kind,
            label=_("What is wrong"),
            widget=forms.Select(attrs={"class": "input"}),
        )
        self.fields[f"note-{code}"] = forms.CharField(
            required=False,
            initial=defect.note if defect else "",
            label=_("In detail"),
            widget=forms.TextInput(attrs={"class": "input", "maxlength": 500, "autocomplete": "off"}),
        )

    def rows(self) -> Iterable[DefectRow]:
        """Return the lines of the checklist."""
        for code, name, standard in self._about:
            yield DefectRow(name, standard, self[f"on-{code}"], self[f"kind-{code}"], self[f"note-{code}"])

    def defects(self) -> list[Defect]:
        """Return what was chosen."""
        said = self.cleaned_data
        return [
            Defect(code, said[f"kind-{code}"], said[f"note-{code}"])
            for code, _name, _standard in self._about
            if said[f"on-{code}"]
        ]


def _materials(file: CaseFile) -> list[tuple[str, Any, Any]]:
    wanted = asked(file.edition.rule, file.case.answers)
    return [(each.code, each.name, each.standard) for each in wanted]


def _fields(file: CaseFile) -> list[tuple[str, Any, Any]]:
    return [(each.code, each.label, "") for each in file.edition.rule.fields]


def _codes(file: CaseFile) -> set[str]:
    return {material.code for material in file.edition.rule.materials}


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A material that the applicant may have brought: what the notice said of it, and the controls beside it."""

    material: Material
    wanted: str | Promise
    how: BoundField
    pages: BoundField


@dataclass(frozen=True, slots=True)
class Brought:
    """What the applicant brought of one material; its pages as they were uploaded."""

    material: str
    how: How
    pages: list[UploadedFile[Any]]


class Files(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class CompleteForm(forms.Form):
    """What the applicant brought after a notice: the materials that it named first, then all others."""

    def __init__(
        self, file: CaseFile, data: Any = None, files: MultiValueDict[str, UploadedFile[Any]] | None = None
    ) -> None:
        super().__init__(data)
        self._uploads: MultiValueDict[str, UploadedFile[Any]] = files or MultiValueDict()
        self._wanted = told(file)
        wanted = asked(file.edition.rule, file.case.answers)
        self._materials = sorted(wanted, key=lambda each: each.code not in self._wanted)
        for each in self._materials:
            ways = [(way, vocabulary.HOW[way]) for way in open_ways(each) if way is not How.MISSING]
            self.fields[f"how-{each.code}"] = forms.ChoiceField(
                choices=[("", _("Not brought")), *ways],
                required=False,
                widget=forms.RadioSelect,
                label=str(each.name),
            )
            self.fields[f"pages-{each.code}"] = forms.Field(
                required=False, label=_("Pages"), widget=Files(attrs=_ACCEPT)
            )

    def rows(self) -> Iterable[BroughtRow]:
        """Return the materials, those that the notice named first."""
        for each in self._materials:
            wanted = self._wanted.get(each.code, "")
            yield BroughtRow(each, wanted, self[f"how-{each.code}"], self[f"pages-{each.code}"])

    def clean(self) -> dict[str, Any]:
        """Refuse a material handed in without a page: nobody could look at it afterwards."""
        for each in self._materials:
            if self.cleaned_data.get(f"how-{each.code}") == How.HANDED_IN and not self._pages(each.code):
                self.add_error(
                    f"pages-{each.code}", _("Add its pages: what isn't seen here must be seen there.")
                )
        return self.cleaned_data

    def _pages(self, code: str) -> list[UploadedFile[Any]]:
        return self._uploads.getlist(f"pages-{code}")

    def brought(self) -> list[Brought]:
        """Return what was brought."""
        hows = {each.code: self.cleaned_data[f"how-{each.code}"] for each in self._materials}
        return [Brought(code, How(how), self._pages(code)) for code, how in hows.items() if how]


_ACCEPT = {"accept": "application/pdf,image/jpeg,image/png", "multiple": True}


def told(file: CaseFile) -> dict[str, str | Promise]:
    """Return what the last notice said of each material, else what the file lacks by the rule."""
    last = next((each for each in reversed(file.history) if each.verb == "ask"), None)
    if last is None:
        return {defect.material: vocabulary.DEFECTS[defect.kind] for defect in file.lacking}
    return {each["material"]: vocabulary.DEFECTS[each["kind"]] for each in last.words.get("defects", ())}


OWN: Mapping[str, Callable[..., forms.Form]] = {"ask": AskForm, "complete": CompleteForm}
