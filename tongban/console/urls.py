"""Addresses for machines that watch over a process."""

from django.urls import path

from tongban.console import views

app_name = "console"
urlpatterns = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
]
