"""Addresses of `window`: receiving, drafts, receipts, and what could not be done."""

from django.urls import URLPattern, path

from tongban.workbench.views import obstacles
from tongban.workbench.views.window import drafts, items, receiving, uploads

_draft = "drafts/<uuid:draft_id>"
_page = f"{_draft}/pages/<slug:material>"

urlpatterns: list[URLPattern] = [
    path("", items.window, name="window"),
    path("items.json", items.items_json, name="items-json"),
    path("begin", items.begin, name="begin"),
    path("drafts", drafts.drafts, name="drafts"),
    path(_draft, drafts.draft, name="draft"),
    path(f"{_draft}/save", drafts.save, name="save"),
    path(f"{_draft}/autosave", drafts.autosave, name="autosave"),
    path(f"{_draft}/discard", drafts.discard, name="discard"),
    path(f"{_draft}/places.json", drafts.places_json, name="places-json"),
    path("windows.json", drafts.windows_json, name="windows-json"),
    path(f"{_page}/upload", uploads.upload, name="upload"),
    path(_page, uploads.arrange, name="arrange"),
    path(f"{_page}/<str:sha>", uploads.draft_page, name="draft-page"),
    path(f"{_page}/<str:sha>/remove", uploads.remove, name="remove-page"),
    path(f"{_page}/<str:sha>/earlier", uploads.earlier, name="earlier-page"),
    path(f"{_draft}/receive", receiving.receive, name="receive"),
    path("receipts/<uuid:case>", receiving.receipt, name="receipt"),
    path("receipts/<uuid:case>.pdf", receiving.receipt_pdf, name="receipt-pdf"),
    path("receipts/<uuid:case>/code", receiving.renew_code, name="renew-code"),
    path("receipts/<uuid:case>/offer", receiving.offer, name="offer"),
    path("obstacles", obstacles.obstacles, name="obstacles"),
    path("obstacles/new", obstacles.obstruct, name="obstruct"),
    path("obstacles/<uuid:obstacle_id>", obstacles.obstacle, name="obstacle"),
]
