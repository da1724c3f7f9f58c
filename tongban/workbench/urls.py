"""Addresses of the door."""

from django.urls import URLPattern

app_name = "workbench"
urlpatterns: list[URLPattern] = []
