"""The admin's search: over folded and analysed text, so that ی finds ي and ة finds ه."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from corpus.speakers.lexicon import without_article
from corpus.speakers.names import folded_words
from corpus.text.analysis import stems

MAX_TYPED = 300


def stems_query(typed: str) -> SearchQuery:
    """All the words typed, analysed as articles are."""
    return SearchQuery(" ".join(stems(typed)), config="arabic_news", search_type="plain")


def typed_text(typed: str) -> str:
    """What was typed, without what no text field can hold."""
    return typed.replace("\0", "")[:MAX_TYPED].strip()


def key_contains(typed: str, prefix: str = "") -> Q:
    """Every word typed stands in the folded name, with or without الـ."""
    condition = Q()
    for word in folded_words(typed):
        condition &= Q(**{f"{prefix}key__contains": without_article(word)})
    return condition


class FoldedSearch(admin.ModelAdmin):
    """A ModelAdmin whose search box is not Django's `icontains`."""

    search_fields = ("pk",)  # only so that the box is shown

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        typed = typed_text(search_term)
        return (self.search(queryset, typed) if typed else queryset), False

    def search(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """The rows that what was typed finds."""
        raise NotImplementedError
