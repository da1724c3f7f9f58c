"""Addresses of local implementations."""

from django.urls import path

from tongban.workbench.views.implementations import lists, packages, sameness

urlpatterns = [
    path("", sameness.by_item, name="implementations"),
    path("bodies", sameness.by_body, name="implementations-bodies"),
    path("rows", sameness.rows, name="implementations-rows"),
    path("export.csv", sameness.export, {"kind": "csv"}, name="implementations-csv"),
    path("export.xlsx", sameness.export, {"kind": "xlsx"}, name="implementations-xlsx"),
    path("lists", lists.lists, name="imported-lists"),
    path("lists/<uuid:list_id>", lists.one, name="imported-list"),
    path("lists/<uuid:list_id>/sheet", lists.sheet, name="imported-sheet"),
    path("lists/<uuid:list_id>/columns", lists.columns, name="imported-columns"),
    path("lists/<uuid:list_id>/confirm", lists.confirm, name="imported-confirm"),
    path("lists/<uuid:list_id>/report.csv", lists.report, {"kind": "csv"}, name="imported-report-csv"),
    path("lists/<uuid:list_id>/report.xlsx", lists.report, {"kind": "xlsx"}, name="imported-report-xlsx"),
    path("packages", packages.packages, name="packages"),
    path("packages/all.json", packages.download, name="packages-all"),
    path("packages/<str:code>.json", packages.download, name="package"),
]
