"""Being told once when something opens: asking, the page that a mail's link leads to, stopping."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from tongban.cases import actions as cases
from tongban.catalogue import queries as catalogue
from tongban.design import refusals
from tongban.lib.addresses import came_from
from tongban.lib.pages import page
from tongban.lib.refusals import Invalid, Missing, Refused
from tongban.lib.texts import Text
from tongban.notices import actions, queries
from tongban.notices.rules import LIMITS
from tongban.places import queries as places
from tongban.portal.forms import TellForm
from tongban.portal.public import language, public_address
from tongban.portal.sign_in import private, too_often
from tongban.portal.views.zones import regions

LENGTH = 40


def _asked(request: HttpRequest, name: str) -> str:
    """Return what an address asks for, without what no database holds."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LENGTH]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Ask for an address to tell once when an item opens; without a mail server, say how to follow it instead.

    :raises Missing: if there is no such item
    """
    code = _asked(request, "item")
    name = catalogue.item_names({code}).get(code)
    if name is None:
        raise Missing
    if catalogue.standing(code, timezone.localdate()).state == "ended":
        return redirect("portal:item", code)
    choices = [("", ""), *((place.code, label) for place, label in regions(places.directory_now()))]
    given = {key: _asked(request, key) for key in ("here", "power")}
    if request.method != "POST" or not queries.offered():
        status = 409 if request.method == "POST" else 200
        return _form(request, code, name, TellForm(choices, initial=given), status=status)
    form = TellForm(choices, request.POST)
    return (
        _take(request, code, name, form) if form.is_valid() else _form(request, code, name, form, status=422)
    )


def _take(request: HttpRequest, code: str, name: Text, form: TellForm) -> HttpResponse:
    said, at = form.cleaned_data, timezone.now()
    try:
        actions.ask(
            code,
            said["address"],
            here=said["here"],
            power=said["power"],
            language=translation.get_language() or "zh-hans",
            pages=actions.Pages(
                watch=public_address("tell") + "link/",
                item=f"{public_address('item', code)}?lang={language()}",
            ),
            client=came_from(request),
            at=at,
        )
    except Invalid as invalid:
        form.add_error(invalid.field, refusals.say(invalid))
        return _form(request, code, name, form, status=422)
    except Refused as refused:
        if "until" in refused.params:
            return too_often(request, refused, at, template="portal/tell/too_often.html")
        return _form(request, code, name, form, status=409, refused=refused.code)
    return redirect("portal:asked")


def _form(
    request: HttpRequest, code: str, name: Text, form: TellForm, *, status: int, refused: str = ""
) -> HttpResponse:
    return page(
        request,
        "portal/tell/form.html",
        status=status,
        code=code,
        name=name,
        form=form,
        offered=queries.offered(),
        open_already=refused == "notices.open-already",
        limits=LIMITS,
    )


@private
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens next: the same to everybody, whatever is known of their address."""
    return page(request, "portal/tell/asked.html", limits=LIMITS)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a mail's link is about, with buttons: programs that look into mails follow links, but press nothing."""
    at = timezone.now()
    try:
        found = cases.guarded(lambda: queries.watch(code, at), f"notices-link:{came_from(request)}", at=at)
        if request.method == "POST":
            act = actions.stop if request.POST.get("do") == "stop" else actions.confirm
            act(code, at=at)
            return redirect(reverse("portal:told", args=[code]))
    except Missing:
        return page(request, "portal/tell/unknown.html", status=404, limits=LIMITS)
    except Refused as refused:
        return too_often(request, refused, at, template="portal/tell/too_often.html")
    return page(request, "portal/tell/link.html", watch=found, limits=LIMITS)
