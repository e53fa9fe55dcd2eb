"""A small corpus in the database, indexed as import does it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from corpus.indexing.frequencies import merge_frequencies
from corpus.indexing.rows import index_articles
from corpus.models import Article, Source

AddArticle = Callable[..., Article]


@pytest.fixture
def add_article(db: None) -> AddArticle:
    """Add an article and its search row: add_article("id", body, title=…, year=…, source=…)."""

    def add(
        external_id: str,
        body: str,
        *,
        title: str = "",
        source: str = "المرفأ",
        section: str = "",
        published: datetime | None = None,
        year: int | None = None,
    ) -> Article:
        if year is not None:
            published = datetime(year, 3, 8, tzinfo=UTC)
        owner, _made = Source.objects.get_or_create(name=source)
        digest = hashlib.sha256(external_id.encode()).digest()
        article = Article.objects.create(
            source=owner,
            external_id=external_id,
            title=title,
            body=body,
            section=section,
            published=published,
            precision="day" if published else "",
            content_hash=digest,
            record_hash=digest,
        )
        index_articles([article], {}, replacing=False)
        merge_frequencies()
        return article

    return add
