"""Addresses of the catalogue's pages."""

from django.urls import URLPattern, path

from tongban.workbench.views.catalogue import (
    compare,
    drafts,
    editor,
    impact,
    items,
    library,
    previews,
    rebasing,
    recalling,
    standing,
)

_item, _draft = "catalogue/items/<slug:code>", "catalogue/drafts/<uuid:key>"

urlpatterns: list[URLPattern] = [
    path("catalogue", items.catalogue, name="catalogue"),
    path(_item, items.item, name="catalogue-item"),
    path(f"{_item}/start", items.start, name="catalogue-start"),
    path(f"{_item}/compare", compare.compare, name="catalogue-compare"),
    path(f"{_item}/revisions/<int:number>", items.revision, name="catalogue-revision"),
    path(f"{_item}/change/<slug:kind>", standing.new, name="catalogue-change-new"),
    path(f"{_item}/recall/revision/<int:number>", recalling.new, name="catalogue-recall-revision"),
    path(f"{_item}/recall/change/<uuid:key>", recalling.new, name="catalogue-recall-change"),
    path(f"{_item}/changes/<uuid:key>", standing.change, name="catalogue-change"),
    path(_draft, drafts.draft, name="catalogue-draft"),
    path(f"{_draft}/submit", drafts.submit, name="catalogue-submit"),
    path(f"{_draft}/withdraw", drafts.withdraw, name="catalogue-withdraw"),
    path(f"{_draft}/follow-on", drafts.follow_on, name="catalogue-follow-on"),
    path(f"{_draft}/preview", previews.preview, name="catalogue-preview"),
    path(f"{_draft}/schema", previews.schema, name="catalogue-schema"),
    path(f"{_draft}/impact", impact.impact, name="catalogue-impact"),
    path(f"{_draft}/<slug:code>", editor.section, name="catalogue-section"),
    path("catalogue/library", library.library, name="catalogue-library"),
    path("catalogue/library/<slug:code>", library.standard, name="catalogue-standard"),
    path("catalogue/library/<slug:code>/revise", library.revise, name="catalogue-standard-revise"),
    path("catalogue/library/<slug:code>/sample", library.sample, name="catalogue-sample"),
    path("parts/<uuid:part_id>/rebase", rebasing.rebase, name="part-rebase"),
]
