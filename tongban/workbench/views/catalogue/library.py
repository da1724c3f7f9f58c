"""The library of materials: described once, taken over by items; a change shows which of them it touches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tongban.catalogue import actions
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules.library import TEXTS
from tongban.catalogue.rules.sections import FORMS, KEEPS
from tongban.files import actions as gate
from tongban.files import queries as files
from tongban.lib import typed
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing
from tongban.places.rules import Role
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import words

NEW = "new"


class StandardForm(forms.Form):
    """A material of the library."""

    use_required_attribute = False
    code = forms.SlugField(label=gettext_lazy("Code"), max_length=60)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        for key in TEXTS:
            for language, name in (("zh", words.CHINESE), ("en", words.ENGLISH)):
                self.fields[f"{key}.{language}"] = forms.CharField(
                    label=f"{words.COLUMNS[key]} ({name})",
                    required=language == "zh" and key != "issuer",
                    max_length=2000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        self.fields["form"] = _choice("form", FORMS)
        self.fields["keep"] = _choice("keep", KEEPS)
        self.fields["fetchable"] = forms.BooleanField(label=str(words.COLUMNS["fetchable"]), required=False)
        self.fields["file"] = forms.FileField(label=gettext_lazy("Sample (picture or PDF)"), required=False)


def _choice(key: str, choices: tuple[str, ...]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(words.COLUMNS[key]), choices=[(each, words.CHOICES[each]) for each in choices]
    )


@require_GET
@for_clerks
def library(request: ClerkRequest) -> HttpResponse:
    """Show the library."""
    return page(
        request,
        "workbench/catalogue/library.html",
        section="catalogue",
        shelf=catalogue.shelf(),
        may_edit=Role.EDIT_ITEMS in request.clerk.roles,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def standard(request: ClerkRequest, code: str) -> HttpResponse:
    """Show one material with the items that it touches, and save it."""
    kept = None if code == NEW else catalogue.standard(code)
    form = StandardForm(request.POST or None, request.FILES or None, initial=_initial(kept))
    if request.method == "POST" and form.is_valid():
        try:
            row = _save(request, code, form.cleaned_data)
        except Invalid as invalid:
            form.add_error(invalid.field if invalid.field in form.fields else None, refusals.say(invalid))
        else:
            messages.success(request, _("Saved. What was published with it before stays as it was."))
            return redirect("workbench:catalogue-standard", row)
    touched = catalogue.touched(code, kept.content, request.clerk) if kept else []
    return page(
        request,
        "workbench/catalogue/standard.html",
        section="catalogue",
        kept=kept,
        form=form,
        touched=[(each, [words.COLUMNS[key] for key in each.apart]) for each in touched],
        free=len({each.item for each in touched if each.ours and each.apart and not each.draft}),
        may_edit=Role.EDIT_ITEMS in request.clerk.roles,
        status=422 if form.errors else 200,
    )


@require_POST
@for_clerks
def revise(request: ClerkRequest, code: str) -> HttpResponse:
    """Begin a draft for every item that says something else than the material, and say for which not."""
    seen = typed.number(request.POST.get("seen", ""))
    done = actions.revise_touched(code, by=request.clerk, at=timezone.now(), seen=seen)
    names = catalogue.item_names({*(each.item_id for each in done.begun), *done.waiting, *done.elsewhere})
    for said, items, tell in (
        (_("Drafts were begun for: %(items)s."), [each.item_id for each in done.begun], messages.success),
        (_("Left alone, since a draft is open already: %(items)s."), done.waiting, messages.warning),
        (_("Left to the department that keeps it: %(items)s."), done.elsewhere, messages.warning),
    ):
        if items:
            tell(request, said % {"items": _("; ").join(str(names[item]) for item in items)})
    return redirect("workbench:catalogue-standard", code)


def _initial(kept: catalogue.Shelved | None) -> dict[str, Any]:
    if kept is None:
        return {}
    texts = {
        f"{key}.{language}": (kept.content.get(key) or {}).get(language, "")
        for key in TEXTS
        for language in ("zh", "en")
    }
    rest = {key: kept.content.get(key) for key in ("form", "keep", "fetchable")}
    return {**texts, **rest, "code": kept.code, "seen": kept.version}


def _save(request: ClerkRequest, code: str, said: dict[str, Any]) -> str:
    content: dict[str, Any] = {
        key: {language: said[f"{key}.{language}"] for language in ("zh", "en")} for key in TEXTS
    }
    content |= {key: said[key] for key in ("form", "keep", "fetchable")}
    now = timezone.now()
    sample_file = ""
    if upload := said["file"]:
        stored = gate.store(
            upload,
            declared_name=upload.name,
            declared_type=upload.content_type,
            by=request.clerk,
            at=now,
        )
        sample_file = stored.sha256
    row = actions.save_standard(
        said["code"] if code == NEW else code,
        content,
        by=request.clerk,
        at=now,
        sample_file=sample_file,
        seen=said["seen"],
    )
    return str(row.code)


@require_GET
@for_clerks
def sample(request: ClerkRequest, code: str) -> HttpResponse:
    """Hand out the sample of a material."""
    kept = catalogue.standard(code)
    if not kept.sample_file:
        raise Missing
    found = files.file(kept.sample_file)
    return HttpResponse(files.content(kept.sample_file), content_type=found.media)
