"""A running case goes over to a newer revision: shown first, with what would change, then done with a reason."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tongban.cases import actions as cases
from tongban.cases import queries
from tongban.cases.queries import Preview
from tongban.catalogue import rules
from tongban.catalogue.queries import account
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Refused
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import told
from tongban.workbench.views.catalogue.items import side_of


class RebaseForm(forms.Form):
    """Why the case goes over, and answers to what only the newer revision asks."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, shown: Preview, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        for situation in shown.to.rule.situations:
            if situation.code in shown.change.unanswered:
                self.fields[f"answers.{situation.code}"] = forms.ChoiceField(
                    label=str(situation.ask),
                    choices=[(answer.code, str(answer.label)) for answer in situation.answers],
                    widget=forms.RadioSelect,
                )


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def rebase(request: ClerkRequest, part_id: UUID) -> HttpResponse:
    """Show what would change for the case, and let it go over."""
    shown = queries.preview(part_id, request.clerk, at=timezone.now())
    form = RebaseForm(request.POST or None, shown=shown)
    if request.method == "POST" and form.is_valid():
        try:
            _rebase(request, part_id, form.cleaned_data)
        except Invalid as invalid:
            form.add_error("reason", refusals.say(invalid))
        else:
            messages.success(request, _("The case is now handled under the newer revision."))
            return redirect("workbench:part", part_id)
    return _show(request, shown, form)


def _rebase(request: ClerkRequest, part_id: UUID, said: dict[str, str]) -> None:
    seen = request.POST.get("seen", "")
    answers = {
        name.removeprefix("answers."): value for name, value in said.items() if name.startswith("answers.")
    }
    cases.rebase(
        part_id,
        request.POST.get("revision", ""),
        said["reason"],
        by=request.clerk,
        at=timezone.now(),
        seen=int(seen) if seen.isdecimal() else None,
        answers=answers,
    )


def _show(request: ClerkRequest, shown: Preview, form: RebaseForm) -> HttpResponse:
    file = shown.file
    item = account(file.edition.item, request.clerk, timezone.localdate())
    before, after = (side_of(item, str(each.number)).content for each in (file.edition, shown.to))
    obstacle = shown.change.obstacle
    return page(
        request,
        "workbench/catalogue/rebase.html",
        section="in-hand",
        file=file,
        to=shown.to,
        due=shown.due,
        law_due=shown.law_due,
        lacking=[shown.to.rule.material(each.material) for each in shown.change.lacking],
        settled=[file.edition.rule.material(each.material) for each in shown.change.settled],
        obstacle=refusals.say(Refused(obstacle)) if obstacle not in {"", "rebase.unanswered"} else "",
        groups=told.groups(rules.compare(before, after), before, after),
        form=form,
        status=422 if form.errors else 200,
    )
