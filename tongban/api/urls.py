"""Addresses of the door."""

from tongban.api.open import api

# Ninja asks Django for its own addresses under this name, so nothing may stand around them.
app_name = "api"
urlpatterns = api.urls[0]
