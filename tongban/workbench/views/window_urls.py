"""Addresses of `window`: receiving, drafts, receipts, and what could not be done."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
