"""Addresses of `desk`, `parts` and `papers`."""

from django.urls import path, re_path

from tongban.cases.queries import TABS
from tongban.workbench.views import desk, papers, parts, parts_pages, parts_steps

urlpatterns = [
    path("cases", desk.desk, name="desk"),
    re_path(rf"^cases/(?P<tab>{'|'.join(TABS)})$", desk.desk, name="desk"),
    path("cases/many", desk.many, name="many"),
    path("search", desk.search, name="search"),
    path("parts/<uuid:part_id>", parts.part, name="part"),
    path("parts/<uuid:part_id>/copied", parts.copied, name="part-copied"),
    path("parts/<uuid:part_id>/<slug:verb>", parts_steps.step, name="part-step"),
    path("parts/<uuid:part_id>/pages/<str:sha>", parts_pages.page_copy, name="page-copy"),
    path("papers/<uuid:paper_id>", papers.paper, name="paper"),
    path("papers/<uuid:paper_id>/pdf", papers.paper_pdf, name="paper-pdf"),
]
