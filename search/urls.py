"""Addresses of the search and of what follows from one."""

from __future__ import annotations

from django.urls import path, re_path

from search import api_docs, feeds, machine, saved_view, suggest_view, trends_view, views
from search.exports import EXPORT_FORMATS, export

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("why/<int:pk>/", views.why, name="why"),
    path("trends/", trends_view.trends, name="trends"),
    path("compare/", trends_view.compare, name="compare"),
    path("feed/", feeds.feed, name="feed"),
    path("saved/", saved_view.saved, name="saved"),
    path("saved/new/", saved_view.save, name="save"),
    path("saved/<int:pk>/", saved_view.visit, name="visit"),
    path("saved/<int:pk>/change/", saved_view.change, name="change-saved"),
    path("api/v1/docs", api_docs.api_docs, name="api-docs"),
    path("suggest/", suggest_view.suggest, name="suggest"),
    re_path(rf"^export\.(?P<form>{'|'.join(EXPORT_FORMATS)})$", export, name="export"),
    path("opensearch.xml", machine.opensearch, name="opensearch"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", machine.sitemap, name="sitemap-part"),
]
