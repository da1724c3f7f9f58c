"""Addresses of what is published: items, guides, halls with their signs, open data; all of them stay."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tongban.portal.views import guides, item, publish, signs


class Spoken(StringConverter):
    """A language in an address: there are two, and any other address is nobody's."""

    regex = "zh|en"


class Size(StringConverter):
    """The size of the type of a guide's PDF."""

    regex = "normal|large"


register_converter(Spoken, "spoken")
register_converter(Size, "size")

urlpatterns = [
    path("items/<slug:code>/", item.item, name="item"),
    path("items/<slug:code>/mine/", item.mine, name="mine"),
    path("items/<slug:code>/message.<spoken:spoken>.txt", item.message, name="message"),
    path("items/<slug:code>/revisions/", item.revisions, name="revisions"),
    path("items/<slug:code>/revisions/<int:number>/", item.revision, name="revision"),
    path("items/<slug:code>/guides/<slug:form>/", guides.guide, name="guide"),
    path(
        "items/<slug:code>/guides/<slug:form>.<spoken:spoken>.<size:size>.pdf",
        guides.guide_pdf,
        name="guide-pdf",
    ),
    path("items/<slug:code>/guides/<slug:form>.<spoken:spoken>.svg", guides.chart, name="guide-chart"),
    path("items/<slug:code>/feed.atom", publish.item_feed, name="item-feed"),
    path("items/<slug:code>/at/<slug:region>/feed.atom", publish.item_feed, name="place-feed"),
    path("halls/<slug:code>/", signs.hall, name="hall"),
    path("halls/<slug:code>/signs/<slug:kind>.<slug:form>", signs.sign, name="sign"),
    path("halls/<slug:code>/board/", signs.board, name="hall-board"),
    path("board/", signs.board, name="board"),
    path("data/", publish.data, name="data"),
    path("data/catalog.jsonld", publish.catalogue_of_data, name="data-catalogue"),
    path("data/<slug:name>/", publish.table, name="table"),
    path("data/<slug:name>.<spoken:spoken>.<slug:form>", publish.file, name="file"),
    path("feed.<spoken:spoken>.atom", publish.feed, name="feed"),
    path("sitemap.xml", publish.sitemap, name="sitemap"),
    path("robots.txt", publish.robots, name="robots"),
    path("embed/", publish.embed, name="embed"),
    path("embed/items/<slug:code>/", publish.embed_item, name="embed-item"),
]
