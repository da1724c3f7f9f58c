"""Every door's addresses, and nothing else."""

from django.urls import include, path

urlpatterns = [
    # Before the public side, whose many addresses would be tried first; its pages are kept, the desk's aren't.
    path("desk/", include("tongban.workbench.urls")),
    path("", include("tongban.portal.urls")),
    path("api/", include("tongban.api.urls")),
    path("design/", include("tongban.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("tongban.console.urls")),
]
handler400 = "tongban.design.views.bad_request"
handler403 = "tongban.design.views.forbidden"
handler404 = "tongban.design.views.not_found"
handler500 = "tongban.design.views.server_error"
