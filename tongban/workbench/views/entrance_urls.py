"""Addresses of `entrance`."""

from django.urls import URLPattern, path

from tongban.workbench.views import entrance

urlpatterns: list[URLPattern] = [
    path("", entrance.start, name="start"),
    path("sign-in", entrance.sign_in, name="sign-in"),
    path("sign-in/post", entrance.choose_post, name="choose-post"),
    path("sign-in/as", entrance.sign_in_as, name="sign-in-as"),
    path("sign-out", entrance.sign_out, name="sign-out"),
    path("practice", entrance.practice, name="practice"),
    path("practice/switch", entrance.switch_practice, name="switch-practice"),
]
