"""Every door's addresses, and nothing else."""

from django.urls import include, path

urlpatterns = [
    path("", include("tongban.portal.urls")),
    path("desk/", include("tongban.workbench.urls")),
    path("api/", include("tongban.api.urls")),
    path("design/", include("tongban.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("tongban.console.urls")),
]
handler400 = "tongban.design.views.bad_request"
handler403 = "tongban.design.views.forbidden"
handler404 = "tongban.design.views.not_found"
handler500 = "tongban.design.views.server_error"
