"""Addresses of the door; none holds anything of a case."""

from django.urls import path

from tongban.portal.views import check, follow, public_urls, search, services, tell, zones

app_name = "portal"
urlpatterns = [
    path("", services.home, name="home"),
    path("items/", search.items, name="items"),
    path("items/suggest.json", search.suggest, name="suggest"),
    path("wish/", search.wish, name="wish"),
    path("tell/", tell.tell, name="tell"),
    path("tell/asked/", tell.asked, name="asked"),
    path("tell/link/<str:code>/", tell.link, name="told"),
    path("zones/", zones.zones, name="zones"),
    path("zones/<slug:code>/", zones.zone, name="zone"),
    path("where/", zones.where, name="where"),
    path("register/", zones.register, name="register"),
    path("halls/", services.all_halls, name="halls"),
    path("check/", check.check, name="check"),
    *public_urls.urlpatterns,
    path("follow/", follow.track, name="track"),
    path("follow/case/", follow.case, name="case"),
    path("follow/case/proof/", follow.prove, name="prove"),
    path("follow/case/documents/<int:place>.pdf", follow.paper, name="paper"),
    path("follow/case/result/", follow.result, name="result"),
    path("follow/case/rating/", follow.rate, name="rate"),
    path("follow/close/", follow.leave, name="leave"),
]
