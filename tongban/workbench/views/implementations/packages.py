"""Packages: items with all their revisions, to another installation and from one."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from tongban.catalogue.actions import packing
from tongban.catalogue.queries import implementations, items
from tongban.catalogue.queries import packages as queries
from tongban.catalogue.rules import package
from tongban.lib.pages import page
from tongban.lib.refusals import Refused
from tongban.workbench import words
from tongban.workbench.forms.implementations import PackageForm
from tongban.workbench.sign_in import ClerkRequest, for_clerks
from tongban.workbench.views.implementations import sent


@require_http_methods(["GET", "HEAD", "POST"])
@for_clerks
def packages(request: ClerkRequest) -> HttpResponse:
    """Show what can be packed, and what a package would bring; an operator takes it in."""
    form = PackageForm(request.POST or None, request.FILES or None)
    brought = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            brought = packing.unpack(content, by=request.clerk, at=timezone.now(), dry_run=True)
        except Refused as refused:
            form.add_error("file", words.say(refused))
    found = items.search(request.GET.get("q", "")[:60], timezone.localdate(), limit=50)
    return page(
        request,
        "workbench/implementations/packages.html",
        section="implementations",
        form=form,
        brought=brought,
        may_import=implementations.may_bring_in(request.clerk),
        found=found,
        q=request.GET.get("q", "")[:60],
        status=422 if form.errors else 200,
    )


@require_GET
@for_clerks
def download(request: ClerkRequest, code: str = "") -> HttpResponse:
    """Return the package of one item, or of the whole catalogue."""
    content = package.written(queries.pack([code] if code else ()))
    return sent.saved(content, "application/json", f"tongban-{'item' if code else 'items'}.json")
