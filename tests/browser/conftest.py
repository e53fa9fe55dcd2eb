"""What the browser tests have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from corpus.models import Article, Story
from tests import builders

SECTIONS = ("سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "علوم", "تقنية")


@pytest.fixture
def made(transactional_db: None) -> dict[str, Any]:
    """The small corpus, which has something for every page."""
    cache.clear()
    return builders.small_corpus()


@pytest.fixture
def many(made: dict[str, Any]) -> dict[str, Any]:
    """The small corpus and enough on one subject for pages, facets and a timeline.

    Twenty-two articles on الميناء from August 2017 to May 2018, in seven sections and three
    sources, the last two of one story, which `story` holds; and one with بوتين in it.
    """
    articles = [
        builders.article(
            title=f"خبر الميناء رقم {n}",
            body=f"وصلت السفينة رقم {n} إلى الميناء في الصباح، واستقبلها العمال.",
            source=("جريدة الساحل", "وكالة المرفأ", "إذاعة البحر")[n % 3],
            section=SECTIONS[n % len(SECTIONS)],
            published=datetime(2017 + (7 + n // 2) // 12, (7 + n // 2) % 12 + 1, 3, tzinfo=UTC),
            precision="day",
        )
        for n in range(20)
    ]
    story = Story.objects.create()
    for source in ("جريدة الساحل", "وكالة المرفأ"):
        articles.append(
            builders.article(
                title="حفل في الميناء",
                body="أقيم في الميناء حفل كبير حضره سكان المدينة كلهم.",
                source=source,
                published=datetime(2018, 5, 20, tzinfo=UTC),
                precision="day",
            )
        )
    alike = articles[-2:]
    Article.objects.filter(pk__in=[a.pk for a in alike]).update(story=story)
    articles.append(
        builders.article(title="في موسكو", body="قال بوتين في الكرملين إن الاتفاق قريب.")
    )
    builders.indexed(articles)
    return {**made, "articles": articles, "story": alike}
