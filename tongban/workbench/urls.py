"""Addresses of the staff's door; each subject's stand beside its views."""

from django.urls import include, path, re_path

from tongban.workbench.views import entrance

app_name = "workbench"
urlpatterns = [
    path("", include("tongban.workbench.views.entrance_urls")),
    path("window/", include("tongban.workbench.views.window_urls")),
    path("", include("tongban.workbench.views.watch_urls")),
    path("", include("tongban.workbench.views.catalogue_urls")),
    path("", include("tongban.workbench.views.desk_urls")),
    path("lists/", include("tongban.workbench.views.lists.urls")),
    path("", include("tongban.workbench.views.demand_urls")),
    path("implementations/", include("tongban.workbench.views.implementations.urls")),
    # Last: what no address above fits is answered with ways to go on, too.
    re_path("", entrance.nowhere, name="nowhere"),
]
