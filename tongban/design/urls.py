"""Addresses of the design room: preferences, and the gallery where it is shown."""

from django.urls import path

from tongban.design import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("picker.json", views.gallery_choices, name="gallery-choices"),
    path("echo", views.gallery_echo, name="gallery-echo"),
    path("look", views.look, name="look"),
    path("preferences", views.preferences, name="preferences"),
]
