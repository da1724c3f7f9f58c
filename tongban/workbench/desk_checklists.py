"""The two checklists: what has to be put right, and what the applicant brought. They know no table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongban.cases.queries import CaseFile
from tongban.cases.rules.enclosures import Defect, How, open_ways
from tongban.catalogue.rules import Material, asked
from tongban.workbench import vocabulary


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
        self.lacking: list[Defect] = []
        for each in self._materials:
            ways = [(way, vocabulary.HOW[way]) for way in open_ways(each) if way is not How.MISSING]
            self.fields[f"how-{each.code}"] = forms.ChoiceField(
                choices=[("", _("Not brought")), *ways],
                required=False,
                widget=forms.RadioSelect,
                label=str(each.name),
            )
            self.fields[f"pages-{each.code}"] = forms.Field(
                required=False, label=pgettext_lazy("of a material", "Pages"), widget=Files(attrs=_ACCEPT)
            )

        self.fields["put_right"] = forms.CharField(
            required=False,
            max_length=2000,
            label=_("What was put right besides"),
            help_text=_("For instance a field of the form that was filled in wrongly."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        # Sent by the box that appears once something is lacking still, with all that it names.
        self.fields["known"] = forms.CharField(required=False, label=_("Still lacking"))

    def rows(self) -> Iterable[BroughtRow]:
        """Return the materials, those that the notice named first."""
        for each in self._materials:
            wanted = self._wanted.get(each.code, "")
            yield BroughtRow(each, wanted, self[f"how-{each.code}"], self[f"pages-{each.code}"])

    def name_lacking(self, lacking: Iterable[Defect]) -> None:
        """Say what would still be lacking, and ask whether it's taken in all the same."""
        self.lacking = list(lacking)

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
