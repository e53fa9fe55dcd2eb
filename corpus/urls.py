"""Addresses of articles, speakers and statements."""

from __future__ import annotations

from django.urls import path, re_path

from corpus import views

app_name = "corpus"

urlpatterns = [
    path("articles/<int:pk>/", views.article, name="article"),
    re_path(
        r"^articles/(?P<pk>[0-9]+)/cite\.(?P<form>bib|ris)$",
        views.article_citation,
        name="article-citation",
    ),
    path("speakers/<int:pk>/", views.speaker, name="speaker"),
    re_path(r"^statements/(?P<key>[A-Za-z0-9]{1,20})/$", views.statement, name="statement"),
    re_path(
        r"^statements/(?P<key>[A-Za-z0-9]{1,20})/cite\.(?P<form>bib|ris)$",
        views.statement_citation,
        name="statement-citation",
    ),
]
