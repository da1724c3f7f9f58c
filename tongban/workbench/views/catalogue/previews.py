"""How a draft's form looks on a phone and at the window, and its fields as JSON Schema."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tongban.catalogue import actions, rules
from tongban.catalogue import queries as catalogue
from tongban.catalogue.rules import schema as schemas
from tongban.lib.pages import page
from tongban.lib.refusals import NotAllowed
from tongban.workbench.forms import DraftForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.catalogue import told

LONGEST = 200_000


@require_GET
@for_clerks
def preview(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Show the draft's questions and fields as people will see them."""
    found = catalogue.proposal(key, request.clerk)
    try:
        rule = rules.read(found.content)
    except rules.Broken:
        rule = None
    form = DraftForm(rule, {}) if rule else None
    return page(
        request,
        "workbench/catalogue/preview.html",
        section="catalogue",
        it=found,
        row=found.row,
        rule=rule,
        on="window" if request.GET.get("on") == "window" else "phone",
        situations=_bound(form, "answers."),
        fields=_bound(form, "fields."),
        problems=told.problems(found.faults, found.content),
    )


def _bound(form: DraftForm | None, begins: str) -> list[Any]:
    return [form[name] for name in form.fields if name.startswith(begins)] if form else []


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def schema(request: ClerkRequest, key: UUID) -> HttpResponse:
    """Show the fields as JSON Schema, as a page or as the bare file (`?as=json`), and take fields from one."""
    found = catalogue.proposal(key, request.clerk)
    text = json.dumps(schemas.to_schema(found.content["fields"]), ensure_ascii=False, indent=2)
    if request.GET.get("as") == "json":
        return HttpResponse(text, content_type="application/schema+json; charset=utf-8")
    if request.method != "POST":
        return _show(request, found, text)
    if not found.may_edit:
        raise NotAllowed
    text = request.POST.get("schema", "")[:LONGEST]
    try:
        fields = schemas.of_schema(json.loads(text))
    except rules.Broken as broken:
        return _show(request, found, text, _("No form can show this: %(what)s.") % {"what": broken})
    except ValueError:
        return _show(request, found, text, _("This is no JSON."))
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isdecimal() else None
    actions.save(key, "fields", fields, by=request.clerk, at=timezone.now(), seen=version)
    messages.success(request, _("Saved."))
    return redirect("workbench:catalogue-section", key, "fields")


def _show(request: ClerkRequest, found: catalogue.Draft, text: str, error: str = "") -> HttpResponse:
    return page(
        request,
        "workbench/catalogue/schema.html",
        section="catalogue",
        it=found,
        row=found.row,
        text=text,
        error=error,
        status=422 if error else 200,
    )
