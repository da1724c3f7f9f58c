"""What is published for others to use: tables, their description, feeds, the map of the site, embeddable pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongban.catalogue import queries as catalogue
from tongban.catalogue.queries import Change, Entry, Form
from tongban.lib.pages import page
from tongban.lib.refusals import Missing
from tongban.lists.queries import lists, opening, standing
from tongban.places import queries as places
from tongban.portal import feeds, kept, linked, narrow, published, tables
from tongban.portal.feeds import News
from tongban.portal.public import address, language, speaking
from tongban.portal.tables import Dataset
from tongban.portal.words import STANDING

MOST, MOST_REVISIONS = 500, 10_000
FORMATS: dict[str, tuple[str, Callable[[Dataset], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", tables.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.as_xlsx),
    "json": ("application/json", tables.as_json),
    "pdf": ("application/pdf", tables.as_pdf),
}


@require_safe
@kept.page()
def data(request: HttpRequest) -> HttpResponse:
    """Say which tables are published, in which formats, and how each address stays."""
    found = published.datasets(timezone.localdate())
    return page(request, "portal/data.html", datasets=found, formats=FORMATS, language=language())


@require_safe
@kept.page()
def table(request: HttpRequest, name: str) -> HttpResponse:
    """Show one table."""
    found = published.dataset(name, timezone.localdate())
    shown = found.seen()
    about = "hall" if name == "halls" else "item"
    rows = [
        (reverse(f"portal:{about}", args=[row[shown[0]]]), [row.get(column, "") for column in shown])
        for row in found.rows
    ]
    head = [found.columns[column] for column in shown]
    return page(
        request, "portal/table.html", table=found, head=head, rows=rows, formats=FORMATS, language=language()
    )


@require_safe
@kept.page(plain=True)
def file(request: HttpRequest, name: str, spoken: str, form: str) -> HttpResponse:
    """Answer with one table as CSV, XLSX, JSON or PDF; names of columns stay, their explanations are translated.

    :raises Missing: if there is no such table or format
    """
    if form not in FORMATS:
        raise Missing
    kind, make = FORMATS[form]
    with speaking(spoken):
        answer = HttpResponse(make(published.dataset(name, timezone.localdate())), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="tongban-{name}.{form}"'
    return _open(answer)


@require_safe
@kept.page(plain=True)
def catalogue_of_data(request: HttpRequest) -> HttpResponse:
    """Answer with the description of the open data, as linked data (DCAT)."""
    found = published.datasets(timezone.localdate())
    described = linked.catalogue(
        found,
        list(FORMATS),
        home=address(request, "data"),
        publisher=address(request, "home"),
        page=lambda name: address(request, "table", name),
        file=lambda name, form: address(request, "file", name, "zh", form),
        kinds={form: kind.split(";")[0] for form, (kind, _make) in FORMATS.items()},
    )
    return _open(HttpResponse(orjson.dumps(described), content_type="application/ld+json"))


def _open(answer: HttpResponse) -> HttpResponse:
    """Let scripts of any other host read the answer: it's open data, the same for everybody, without a cookie."""
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@kept.page(plain=True)
def feed(request: HttpRequest, spoken: str) -> HttpResponse:
    """Answer with the feed of what came into force last."""
    with speaking(spoken):
        news = [_news(request, each) for each in catalogue.changed(timezone.localdate(), limit=feeds.MOST)]
        here = address(request, "feed", spoken)
        return _atom(feeds.atom(_("What changed"), address(request, "home"), here, spoken, news))


@require_safe
@kept.page()
def item_feed(request: HttpRequest, code: str, region: str = "") -> HttpResponse:
    """Answer with the feed of one item, or of one item at one place: when it opened there, what changed since.

    :raises Missing: if there is no such item or place
    """
    today = timezone.localdate()
    names = catalogue.item_names({code})
    if code not in names:
        raise Missing
    changes = catalogue.changed(today, item=code, limit=feeds.MOST)
    news = [_news(request, each) for each in changes]
    if region:
        news += _opened(request, code, region, today)
        news.sort(key=lambda each: each.on, reverse=True)
    place = f" · {places.region(region).name}" if region else ""
    here = request.build_absolute_uri()
    return _atom(feeds.atom(f"{names[code]}{place}", address(request, "item", code), here, language(), news))


def _news(request: HttpRequest, each: Change) -> News:
    if each.kind == "revision":
        title = _("%(name)s: edition %(number)d is in force") % {"name": each.name, "number": each.number}
        return News(title, "", each.since, address(request, "revision", each.item, each.number))
    title = str(STANDING.get(each.kind, STANDING["end"])) % {"name": each.name}
    # Its page says the rest; the day makes the address one of its own.
    page_of = f"{address(request, 'item', each.item)}#{each.kind}-{each.since.isoformat()}"
    return News(title, "", each.since, page_of)


def _opened(request: HttpRequest, code: str, region: str, today: date) -> list[News]:
    """Return since when the item is proved open between the place and others."""
    names = places.directory_now().places
    where = address(request, "where")
    return [
        News(
            _("Open: handed in at %(here)s, decided at %(power)s")
            % {"here": names[way.here].name, "power": names[way.power].name},
            "",
            since,
            f"{where}?{urlencode({'item': code, 'here': way.here, 'power': way.power})}",
        )
        for way, since in opening.proofs(code, region, today)
        if way.here in names and way.power in names
    ]


def _atom(text: bytes) -> HttpResponse:
    return _open(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


@require_safe
@kept.page(plain=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses of all public pages, each in both languages."""
    today = timezone.localdate()
    found = [each for each in catalogue.everything(today) if each.standing != "ended"]
    known = {each.code for each in found}
    addresses: list[tuple[str, Any]] = [(address(request, name), None) for name in _PAGES]
    addresses += [(address(request, "zone", each.code), None) for each in lists.lists()]
    addresses += [(address(request, "table", each.code), each.modified) for each in published.datasets(today)]
    addresses += [(address(request, "item", each.code), each.since) for each in found]
    addresses += [
        (address(request, "guide", code, form), since) for code, form, since in _guides(found, today)
    ]
    addresses += [
        (address(request, "revision", each.item, each.number), each.since)
        for each in catalogue.changed(today, limit=MOST_REVISIONS)
        if each.number and each.item in known
    ]
    addresses += [
        (address(request, "hall", hall.code), None) for region in places.halls().values() for hall in region
    ]
    return render(
        request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml; charset=utf-8"
    )


def _guides(found: list[Entry], today: date) -> list[tuple[str, Form, date | None]]:
    """Return the guides there are: through a window for every rule, and in the forms that the lists name."""
    listed = standing.listed_items(today)
    modes = {code: {mode for each in rows for mode in each.modes} for code, rows in listed.items()}
    named = {Form.ONLINE: "online", Form.SEVERAL: "joint"}
    return [
        (each.code, form, each.since)
        for each in found
        for form in Form
        if each.number and (form is Form.WINDOW or named[form] in modes.get(each.code, ()))
    ]


_PAGES = ("home", "items", "zones", "where", "register", "halls", "check", "data")


@require_safe
@kept.page(plain=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is public."""
    root = get_script_prefix()
    closed = "".join(f"Disallow: {root}{part}/\n" for part in ("desk", "follow", "tell"))
    text = f"User-agent: *\n{closed}Sitemap: {address(request, 'sitemap')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@kept.page("theme", framed=True)
def embed(request: HttpRequest) -> HttpResponse:
    """Show the items for a frame in somebody else's page."""
    theme = request.GET.get("theme", "").replace("\x00", "")[:40]
    found = catalogue.search("", timezone.localdate(), theme=theme, limit=MOST)
    return page(request, "portal/embed.html", ready=[each for each in found if each.offered])


@require_safe
@kept.page(framed=True)
def embed_item(request: HttpRequest, code: str) -> HttpResponse:
    """Show one item for a frame in somebody else's page."""
    edition = catalogue.in_force(code, timezone.localdate())
    return page(
        request,
        "portal/embed_item.html",
        standing=catalogue.standing(code, timezone.localdate()),
        edition=edition,
        rule=edition.rule,
        narrowed=narrow.narrow(edition.rule, {}),
    )
