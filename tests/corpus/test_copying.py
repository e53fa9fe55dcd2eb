from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from corpus.copying import copy_rows
from corpus.models import Article, Source
from tests import builders

pytestmark = pytest.mark.django_db


def made(source: Source, external_id: str, **more: object) -> Article:
    digest = external_id.encode().ljust(32, b"\0")
    return Article(
        source=source,
        external_id=external_id,
        title="عنوان\tفيه فواصل \\ وأسطر",
        body="نص «فيه» كل شيء: ' \" \\N\nوسطر ثان.",
        content_hash=digest,
        record_hash=digest,
        **more,
    )


def test_rows_arrive_as_they_are_and_know_their_keys() -> None:
    source = Source.objects.create(name="وكالة")
    rows = [
        made(source, "1"),
        made(source, "2", published=datetime(2016, 4, 4, tzinfo=UTC), precision="day"),
    ]
    copy_rows(rows)
    stored = {a.pk: a for a in Article.objects.all()}
    for row in rows:
        assert stored[row.pk].title == row.title
        assert stored[row.pk].body == row.body
        assert stored[row.pk].published == row.published
        assert bytes(stored[row.pk].record_hash) == row.record_hash
    rows[0].title = "عنوان آخر"
    rows[0].save()
    assert Article.objects.count() == 2
    assert Article.objects.get(pk=rows[0].pk).title == "عنوان آخر"


def test_a_row_that_is_there_already_is_an_integrity_error_and_nothing_is_written() -> None:
    there = builders.article(external_id="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows([made(there.source, "0"), made(there.source, "1")])
    assert Article.objects.count() == 1


def test_no_rows_are_no_work() -> None:
    copy_rows([])
    assert not Article.objects.exists()
