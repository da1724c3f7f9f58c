"""The register of documents that stand in the way: read, entered, edited, settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.catalogue.actions import normative as actions
from tongban.catalogue.actions.normative import Entered
from tongban.catalogue.queries import normative as queries
from tongban.lib import typed
from tongban.lib.refusals import NotAllowed
from tongban.workbench import list_words as said
from tongban.workbench.forms import lists as list_forms
from tongban.workbench.forms.lists import NormativeForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.lists import common
from tongban.workbench.views.lists.entries import FORMS


@require_safe
@for_clerks
def register(request: ClerkRequest) -> HttpResponse:
    """Show the register, the first due first."""
    state = common.asked(request, "state")
    found = queries.register(common.today(), state=state, after=common.asked(request, "after"))
    older = f"?state={state}&after={found.after}" if found.after else ""
    lines = [
        (row, said.ACTIONS[row.document.action], common.state_tag(row.document.state, said.REGISTER_STATES))
        for row in found.rows
    ]
    return common.shown(
        request,
        "register",
        "register",
        register=found,
        lines=lines,
        older=older,
        states=[(code, words, code == state) for code, words in said.REGISTER_STATES.items()],
        state=state,
        keeps=actions.may_keep(request.clerk),
    )


@FORMS
@for_clerks
def enter(request: ClerkRequest, code: str = "") -> HttpResponse:
    """Enter a document, or edit one."""
    if not actions.may_keep(request.clerk):
        raise NotAllowed
    row = queries.normative(code, common.today()).document if code else None
    form, refused = NormativeForm(request.POST or None, initial=_initial(row)), None
    if row:
        form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        kept, refused = list_forms.attempt(form, lambda: _keep(request, form.cleaned_data, code))
        if kept:
            messages.success(request, _("Kept in the register."))
            return redirect("workbench:register")
    title = _("Edit the document") if row else _("Enter a document")
    return _asked(request, form, title, refused, row)


def _keep(request: ClerkRequest, given: dict[str, Any], code: str) -> Any:
    says = Entered(
        title=list_forms.text(given, "title"),
        unit=list_forms.text(given, "unit"),
        level=given["level"],
        conflict=list_forms.text(given, "conflict"),
        action=given["action"],
        items=given["items"]
        .replace("，", ",")
        .replace("\n", ",")
        .replace(" ", "")
        .replace("\r", "")
        .strip(",")
        .split(","),
        due=given["due"],
        state=given["state"],
        source=given["source"],
        note=given["note"],
    )
    if code:
        return actions.edit(code, says, by=request.clerk, at=timezone.now(), seen=_seen(request))
    return actions.enter(given["code"], says, by=request.clerk, at=timezone.now())


def _seen(request: ClerkRequest) -> int | None:
    return typed.number(request.POST.get("seen", ""))


def _initial(row: Any) -> dict[str, Any]:
    if row is None:
        return {"level": "province", "action": "amend", "state": "open"}
    pairs = {"title": row.title, "unit": row.unit, "conflict": row.conflict}
    plain = ("code", "level", "action", "due", "state", "source", "note")
    return {
        **{f"{name}_{way}": text.get(way, "") for name, text in pairs.items() for way in ("zh", "en")},
        **{name: getattr(row, name) for name in plain},
        "items": ", ".join(row.items),
    }


@FORMS
@for_clerks
def settle(request: ClerkRequest, code: str) -> HttpResponse:
    """Record that a document no longer stands in the way."""
    if not actions.may_keep(request.clerk):
        raise NotAllowed
    row = queries.normative(code, common.today()).document
    form, refused = list_forms.SettleForm(request.POST or None, initial={"day": common.today()}), None
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, {**common.by(request), "seen": _seen(request)}
        done, refused = list_forms.attempt(
            form, lambda: actions.settle(code, given["outcome"], given["day"], **by)
        )
        if done:
            messages.success(request, _("Settled."))
            return redirect("workbench:register")
    return _asked(request, form, _("Mark as settled"), refused, row)


def _asked(request: ClerkRequest, form: Any, title: str, refused: Any, row: Any) -> HttpResponse:
    return common.ask(
        request,
        form,
        title,
        button=title,
        back=reverse("workbench:register"),
        section="register",
        refused=refused,
        about=row.name if row else "",
        seen=row.version if row else "",
    )
