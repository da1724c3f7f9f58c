"""Addresses of the door; none holds anything of a case."""

from django.urls import path

from tongban.portal.views import follow, public_urls, services

app_name = "portal"
urlpatterns = [
    path("", services.home, name="home"),
    path("items/", services.items, name="items"),
    path("halls/", services.all_halls, name="halls"),
    *public_urls.urlpatterns,
    path("follow/", follow.track, name="track"),
    path("follow/case/", follow.case, name="case"),
    path("follow/case/proof/", follow.prove, name="prove"),
    path("follow/case/documents/<int:place>.pdf", follow.paper, name="paper"),
    path("follow/case/result/", follow.result, name="result"),
    path("follow/case/rating/", follow.rate, name="rate"),
    path("follow/close/", follow.leave, name="leave"),
]
