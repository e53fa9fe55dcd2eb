"""Addresses: the admin, then each app's own."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from config.theme import set_theme
from search.api import api

# Not "Django administration": curators know the site by its own name.
admin.site.site_header = admin.site.site_title = _("Aqwal administration")
admin.site.index_title = _("Articles, statements, speakers")

urlpatterns = [
    path(settings.AQWAL_ADMIN_PATH, admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("theme/", set_theme, name="set-theme"),
    # Before the API's own addresses, which would take its page for a wrong one.
    path("", include("search.urls")),
    path("api/v1/", api.urls),
    path("account/sign-in/", LoginView.as_view(), name="login"),
    path("account/sign-out/", LogoutView.as_view(), name="logout"),
    path("", include("corpus.urls")),
]
