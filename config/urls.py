"""Addresses: the admin, then each app's own."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path(settings.AQWAL_ADMIN_PATH, admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    # An app may be there before its pages are.
    *(path("", include(name)) for name in ("search.urls", "corpus.urls") if find_spec(name)),
]
