"""An item's standing: proposed to be suspended, resumed, ended, split or merged, and decided by a second person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongban.cases import queries as cases
from tongban.catalogue import actions
from tongban.catalogue import queries as catalogue
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, NotAllowed, Refused
from tongban.notices import queries as notices
from tongban.workbench import words as refusals
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import impact, recalling, words
from tongban.workbench.views.catalogue.forms import AnswerForm, ChangeForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def new(request: ClerkRequest, code: str, kind: str) -> HttpResponse:
    """Propose a change of the item's standing."""
    account = catalogue.account(code, request.clerk, timezone.localdate())
    if kind not in words.CHANGES or kind in {"revision", "recall"}:
        raise Missing
    if not account.may_edit:
        raise NotAllowed
    others = [
        (each, f"{name} ({each})")
        for each, name in (catalogue.items_to_choose() if kind in {"end", "split", "merge"} else [])
        if each != code
    ]
    ours = [
        (each, f"{name} ({each})")
        for each, name in (catalogue.items_written_by(request.clerk) if kind == "merge" else [])
        if each != code
    ]
    form, status = ChangeForm(request.POST or None, kind=kind, items=others, ours=ours), 200
    if request.method == "POST" and form.is_valid():
        try:
            _propose(request, code, kind, form)
        except Refused as refused:
            field = getattr(refused, "field", "")
            field = "into" if kind == "merge" and field == "successors" else field
            form.add_error(field if field in form.fields else None, refusals.say(_with_why(refused)))
            status = _status(refused)
        else:
            messages.success(request, _("Proposed. Somebody else of the department decides on it."))
            return redirect("workbench:catalogue-item", code)
    return page(
        request,
        "workbench/catalogue/change_new.html",
        section="catalogue",
        it=account,
        kind=kind,
        title=words.CHANGES[kind],
        form=form,
        status=status if status != 200 or not form.errors else 422,
    )


def _status(refused: Refused) -> int:
    """Return 422 if something typed can be put right, 409 if the rules said no."""
    return 422 if isinstance(refused, Invalid) else 409


def _propose(request: ClerkRequest, code: str, kind: str, form: ChangeForm) -> None:
    said = form.cleaned_data
    reason = {"zh": said["reason_zh"], "en": said["reason_en"]}
    if kind == "merge" and said["others"]:
        actions.propose_merger(
            [code, *said["others"]],
            said["into"],
            said["valid_from"],
            reason,
            said["rests_on"],
            by=request.clerk,
            at=timezone.now(),
        )
        return
    successors = [said["into"]] if kind == "merge" else said.get("successors", ())
    actions.propose_change(
        code,
        kind,
        said["valid_from"],
        reason,
        said["rests_on"],
        by=request.clerk,
        at=timezone.now(),
        until=said.get("until"),
        successors=successors,
    )


def _with_why(refused: Refused) -> Refused:
    """Return what was refused because of one item of several, with why in words."""
    because = refused.__cause__
    if "why" not in refused.params or because is None:
        return refused
    why = refusals.say(because) if isinstance(because, Refused) else _("Another department keeps it.")
    return Refused(refused.code, **{**refused.params, "why": why})


def _approve(request: ClerkRequest, key: UUID, kind: str) -> None:
    if kind == "recall":
        actions.approve_recall(key, by=request.clerk, at=timezone.now())
        return
    if "together" not in request.POST:
        actions.approve_change(key, by=request.clerk, at=timezone.now())
        return
    actions.approve_together(key, by=request.clerk, at=timezone.now())


def _concerned(code: str, kind: str) -> list[impact.Concern]:
    """Return the entries and agreements that go on promising the item, until somebody sees to them."""
    if kind in {"resume", "recall"}:
        return []
    revise = (
        _("It stays on this list, shown as suspended.")
        if kind == "suspend"
        else _("It stays on this list until it is withdrawn.")
    )
    tell = _("The item is covered: tell the other side before the day.")
    return impact.promised(code, timezone.localdate(), revise, tell)


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def change(request: ClerkRequest, code: str, key: UUID) -> HttpResponse:
    """Show a proposed change of standing with what runs under the item, and decide on it."""
    account = catalogue.account(code, request.clerk, timezone.localdate())
    found = next((each for each in account.changes if each.id == key), None)
    if found is None:
        raise Missing
    form, refused = AnswerForm(request.POST if "back" in request.POST else None), None
    if request.method == "POST" and (form.is_valid() or not form.is_bound):
        try:
            messages.success(request, _decide(request, key, found.kind, form))
            return redirect("workbench:catalogue-item", code)
        except Refused as because:
            refused = because
            # It may have gone on meanwhile: the page shows how it stands now.
            account = catalogue.account(code, request.clerk, timezone.localdate())
            found = next(each for each in account.changes if each.id == key)
    beside = catalogue.beside(key)
    return page(
        request,
        "workbench/catalogue/change.html",
        section="catalogue",
        it=account,
        change=found,
        title=words.CHANGES[found.kind],
        state=words.STATES[found.state],
        successors=catalogue.item_names(set(found.successors)).items(),
        beside=[(each, words.STATES[each.state]) for each in beside],
        waiting=any(each.state == "review" for each in beside),
        running=sum(each.count for each in cases.running(code)),
        begun=sum(each.count for each in cases.begun(code)),
        waiting_people=notices.waiting().get(code, 0),
        recalled=recalling.told(account, found.revision, found.recalls)[0] if found.kind == "recall" else "",
        recallable=key in recalling.recallable(account, timezone.localdate())[1],
        concerned=_concerned(code, found.kind),
        form=form,
        refused=refusals.say(_with_why(refused)) if refused else "",
        status=_status(refused) if refused else 422 if form.errors else 200,
    )


def _decide(request: ClerkRequest, key: UUID, kind: str, form: AnswerForm) -> str:
    """Approve the change, or turn it down with what was typed; return in words what was done."""
    if form.is_bound:
        actions.decline_change(key, form.cleaned_data["answer"], by=request.clerk, at=timezone.now())
        return _("Turned down.")
    _approve(request, key, kind)
    return _("Recalled.") if kind == "recall" else _("Approved. It holds from its day on.")
