"""Addresses of `demand`."""

from django.urls import URLPattern, path

from tongban.workbench.views import demand

urlpatterns: list[URLPattern] = [path("demand", demand.demanded, name="demand")]
