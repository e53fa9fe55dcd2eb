"""Addresses: the admin, then each app's own."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.theme import set_theme
from search.api import api

urlpatterns = [
    path(settings.AQWAL_ADMIN_PATH, admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("theme/", set_theme, name="set-theme"),
    path("api/v1/", api.urls),
    path("", include("search.urls")),
    path("", include("corpus.urls")),
]
