"""What the pages of this subject share: the page of a form, days and texts out of addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tongban.design.templatetags.design.marks import tag
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.places.rules import Directory
from tongban.workbench import list_words as said
from tongban.workbench.sign_in import ClerkRequest


def shown(
    request: ClerkRequest, name: str, section: str = "lists", *, status: int = 200, **values: Any
) -> HttpResponse:
    """Return a page of this subject."""
    return page(request, f"workbench/lists/{name}.html", status=status, section=section, **values)


def ask(
    request: ClerkRequest,
    form: forms.Form,
    title: object,
    *,
    button: object,
    back: str,
    section: str = "lists",
    refused: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    """Return the page of a form: 422 if something in it can be put right, 409 if the rules said no."""
    no = refused is not None and not isinstance(refused, Invalid)
    status = 409 if no else 422 if form.errors else 200
    return shown(
        request,
        "form",
        section,
        status=status,
        form=form,
        title=title,
        button_words=button,
        back=back,
        refused=refused if no else None,
        **more,
    )


def asked(request: HttpRequest, name: str, limit: int = 80) -> str:
    """Return what an address asks for, without what no database holds."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:limit]


def day_asked(request: HttpRequest, name: str = "on") -> date:
    """Return the day that an address names; today if it names none."""
    try:
        return date.fromisoformat(asked(request, name))
    except ValueError:
        return timezone.localdate()


def today() -> date:
    """Return the day at the place."""
    return timezone.localdate()


def region_of(directory: Directory, typed: str) -> str:
    """Return the code of a region that was typed as its code or its whole name.

    :raises Missing: if there is none, or several bear the name
    """
    wanted = typed.strip()
    if wanted in directory.places:
        return wanted
    found = [
        place.code
        for place in directory.places.values()
        if not place.ended and wanted and wanted in {place.name.zh, place.name.en}
    ]
    if len(found) != 1:
        raise Missing
    return found[0]


def state_tag(state: str, words: said.Words) -> object:
    """Return a state as its mark."""
    return tag(str(words.get(state, state)), said.TONES.get(state, "grey"))


def by(request: ClerkRequest) -> dict[str, Any]:
    """Return who acts, and when, as actions take it."""
    return {"by": request.clerk, "at": timezone.now()}
