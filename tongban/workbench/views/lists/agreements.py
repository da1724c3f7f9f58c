"""Agreements with places of other provinces: read, written, signed, ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongban.lib.refusals import Invalid, Missing, NotAllowed
from tongban.lib.texts import Text
from tongban.lists import actions
from tongban.lists.actions import Paragraphs
from tongban.lists.queries import agreements as queries
from tongban.places import queries as places
from tongban.workbench import list_words as said
from tongban.workbench.forms import lists as list_forms
from tongban.workbench.forms.lists import AgreementForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.lists import common, home
from tongban.workbench.views.lists.entries import FORMS


@require_safe
@for_clerks
def agreements(request: ClerkRequest) -> HttpResponse:
    """Show the agreements, with what is in force today."""
    rows, after = queries.agreements(common.today(), after=common.asked(request, "after"))
    lines = [(row, said.SCOPES[row.agreement.scope], _mark(row.newest)) for row in rows]
    older = f"?after={after}" if after else ""
    return common.shown(
        request, "agreements", "agreements", rows=lines, older=older, keeps=home.keeps(request)
    )


def _mark(written: queries.Written) -> Any:
    return common.state_tag(written.stands, said.PACT_STATES)


@require_safe
@for_clerks
def agreement(request: ClerkRequest, agreement_id: UUID) -> HttpResponse:
    """Show an agreement with all its revisions."""
    file = queries.agreement(agreement_id, common.today())
    return common.shown(
        request,
        "agreement",
        "agreements",
        file=file,
        scope=said.SCOPES[file.agreement.scope],
        revisions=[_revision(each) for each in file.revisions],
        keeps=home.keeps(request),
        reviews=home.reviews(request),
    )


def _revision(written: queries.Written) -> tuple[Any, ...]:
    terms = written.terms
    items = [(code, name, said.DIRECTIONS[way]) for code, name, way in written.items]
    clocks = said.CLOCKS[terms.notice_clock], said.CLOCKS[terms.limit_clock]
    return written, _mark(written), items, clocks, Text.of(terms.postal or None), Text.of(terms.fees or None)


@FORMS
@for_clerks
def write(request: ClerkRequest, agreement_id: UUID | None = None) -> HttpResponse:
    """Write a new agreement, the next revision of one, or its draft anew."""
    if not home.keeps(request):
        raise NotAllowed
    file = queries.agreement(agreement_id, common.today()) if agreement_id else None
    form, refused = AgreementForm(request.POST or None, initial=_initial(file)), None
    if request.method == "POST" and form.is_valid():
        terms, refused = list_forms.attempt(form, lambda: _written(request, form, file))
        if terms:
            messages.success(request, _("The draft is kept. It holds once it is signed."))
            return redirect("workbench:agreement", terms.agreement_id)
    back = reverse("workbench:agreement", args=[agreement_id]) if file else reverse("workbench:agreements")
    title = _("Write terms") if file else _("New agreement")
    return common.ask(
        request, form, title, button=_("Keep the draft"), back=back, section="agreements", refused=refused
    )


def _written(request: ClerkRequest, form: AgreementForm, file: queries.AgreementFile | None) -> Any:
    given, at = form.cleaned_data, timezone.now()
    says = _paragraphs(given)
    if file and file.draft:
        return actions.redraft(file.draft.terms.id, says, by=request.clerk, at=at)
    code = file.agreement.code if file else given["code"]
    scope = file.agreement.scope if file else given["scope"]
    return actions.draft(code, scope, says, by=request.clerk, at=at)


def _paragraphs(given: dict[str, Any]) -> Paragraphs:
    return Paragraphs(
        name=list_forms.text(given, "name"),
        parties=(*_ours(given["ours"]), *(_theirs(line) for line in _lines(given["theirs"]))),
        items=tuple(_item(line) for line in _lines(given["items"])),
        since=given["valid_from"],
        until=given["valid_until"],
        notice_clock=given["notice_clock"],
        limit_clock=given["limit_clock"],
        postal=list_forms.text(given, "postal"),
        fees=list_forms.text(given, "fees"),
        reason=given["reason"],
    )


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _ours(typed: str) -> list[tuple[str, Text]]:
    directory = places.directory_now()
    found = []
    for line in _lines(typed):
        try:
            found.append((common.region_of(directory, line), Text("")))
        except Missing as error:
            raise Invalid("agreements.party-unnamed", field="ours", place=line) from error
    return found


def _theirs(line: str) -> tuple[str, Text]:
    code, name, english = [*(part.strip() for part in line.replace("，", ",").split(",", 2)), "", ""][:3]
    if code in places.directory_now().places:
        raise Invalid("agreements.two-sides", field="theirs")
    return code, Text(name, english)


def _item(line: str) -> tuple[str, str]:
    code, _comma, way = line.replace("，", ",").partition(",")
    return code.strip(), way.strip() or "both"


def _initial(file: queries.AgreementFile | None) -> dict[str, Any]:
    """Return what the form begins with: the draft, else the newest terms."""
    if file is None:
        return {"scope": "agreement", "notice_clock": "receipt", "limit_clock": "taking-over"}
    newest = file.revisions[0]
    terms = newest.terms
    theirs = [f"{code}, {name.zh}, {name.en}" for code, name, ours in newest.parties if not ours]
    pairs = {"name": terms.name, "postal": terms.postal, "fees": terms.fees}
    return {
        **{f"{name}_{way}": text.get(way, "") for name, text in pairs.items() for way in ("zh", "en")},
        "code": file.agreement.code,
        "scope": file.agreement.scope,
        "ours": "\n".join(code for code, _name, ours in newest.parties if ours),
        "theirs": "\n".join(theirs),
        "items": "\n".join(f"{code}, {way}" for code, _name, way in newest.items),
        "valid_from": terms.valid_from if file.draft else common.today(),
        "valid_until": terms.valid_until,
        "notice_clock": terms.notice_clock,
        "limit_clock": terms.limit_clock,
    }


@FORMS
@for_clerks
def sign(request: ClerkRequest, agreement_id: UUID) -> HttpResponse:
    """Record that both sides signed the draft."""
    file = queries.agreement(agreement_id, common.today())
    if not home.reviews(request):
        raise NotAllowed
    if file.draft is None:
        raise Missing
    terms = file.draft.terms
    form, refused = list_forms.SignForm(request.POST or None, initial={"day": common.today()}), None
    if request.method == "POST" and form.is_valid():
        day, at = form.cleaned_data["day"], timezone.now()
        signed, refused = list_forms.attempt(
            form, lambda: actions.sign(terms.id, day, by=request.clerk, at=at)
        )
        if signed:
            messages.success(request, _("Signed. The terms hold from their first day on."))
            return redirect("workbench:agreement", agreement_id)
    return _asked(request, form, file, _("Record that it was signed"), refused)


@FORMS
@for_clerks
def propose_end(request: ClerkRequest, agreement_id: UUID) -> HttpResponse:
    """Propose that an agreement ends."""
    file = queries.agreement(agreement_id, common.today())
    if not home.keeps(request):
        raise NotAllowed
    form, refused = list_forms.EndForm(request.POST or None, initial={"day": common.today()}), None
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, common.by(request)
        proposed, refused = list_forms.attempt(
            form, lambda: actions.propose_end(agreement_id, given["day"], given["reason"], **by)
        )
        if proposed:
            messages.success(request, _("The end is proposed. Somebody else has to sign it."))
            return redirect("workbench:agreement", agreement_id)
    return _asked(request, form, file, _("Propose the end"), refused)


@FORMS
@for_clerks
def sign_end(request: ClerkRequest, agreement_id: UUID) -> HttpResponse:
    """Sign the end that somebody else proposed."""
    file = queries.agreement(agreement_id, common.today())
    if not home.reviews(request):
        raise NotAllowed
    form, refused = forms.Form(request.POST if request.method == "POST" else None), None
    if request.method == "POST":
        ended, refused = list_forms.attempt(form, lambda: actions.end(agreement_id, **common.by(request)))
        if ended:
            messages.success(request, _("The end is recorded. Cases under way keep their terms."))
            return redirect("workbench:agreement", agreement_id)
    return _asked(request, form, file, _("Sign the end"), refused)


@require_POST
@for_clerks
def drop_end(request: ClerkRequest, agreement_id: UUID) -> HttpResponse:
    """Drop the end that was proposed."""
    actions.drop_end(agreement_id, **common.by(request))
    messages.success(request, _("The proposed end is dropped. The agreement goes on."))
    return redirect("workbench:agreement", agreement_id)


def _asked(
    request: ClerkRequest, form: Any, file: queries.AgreementFile, title: str, refused: Any
) -> HttpResponse:
    back = reverse("workbench:agreement", args=[file.agreement.id])
    about = file.revisions[0].terms.title
    return common.ask(
        request, form, title, button=title, back=back, section="agreements", refused=refused, about=about
    )
