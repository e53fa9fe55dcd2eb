"""Articles and statements for tests, with defaults that read like news."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from corpus.indexing.rows import reindex_articles
from corpus.models import Article, Source, Speaker, Statement

_numbers = count(1)

BODY = (
    "بحث الرئيسان التطورات في المنطقة.\n\n"
    "وقال روحاني: «لا يحق لأحد سوى الشعب السوري اتخاذ القرار بشأن نظام الحكم».\n\n"
    "وأكد روحاني أن استعادة تدمر مؤشر على قدرات الجيش."
)


def article(
    *,
    title: str = "روحاني وبوتين يبحثان الوضع في سوريا",
    body: str = BODY,
    source: str = "وكالة الاختبار",
    published: datetime | None = datetime(2016, 4, 4, 12, tzinfo=UTC),
    **more: Any,
) -> Article:
    """An article that is not yet indexed (see `indexed`)."""
    n = next(_numbers)
    made, _new = Source.objects.get_or_create(name=source)
    digest = hashlib.sha256(f"{n}{title}{body}".encode()).digest()
    return Article.objects.create(
        source=made,
        external_id=more.pop("external_id", f"test-{n}"),
        title=title,
        body=body,
        published=published,
        precision=more.pop("precision", "time" if published else ""),
        content_hash=digest,
        record_hash=digest,
        **more,
    )


def speaker(name: str = "حسن روحاني", *, type: str = "person", **more: Any) -> Speaker:
    """A speaker; the same one for the same name."""
    made, _new = Speaker.objects.get_or_create(name=name, key=name, type=type, defaults=more)
    return made


def statement(
    of: Article,
    words: str,
    *,
    kind: str = "direct",
    by: Speaker | None = None,
    field: str = "body",
    **more: Any,
) -> Statement:
    """A statement whose words stand in the article; fails where they do not."""
    text = of.title if field == "title" else of.body
    start = text.index(words)
    key = hashlib.sha256(f"{of.pk}{field}{start}{words}{kind}".encode()).hexdigest()[:16]
    return Statement.objects.create(
        article=of,
        key=key,
        kind=kind,
        field=field,
        start=start,
        end=start + len(words),
        text=words,
        mention=more.pop("mention", by.name.split()[-1] if by else ""),
        speaker=by,
        confidence=more.pop("confidence", 0.9),
        **more,
    )


def indexed(articles: Iterable[Article]) -> None:
    """Make these articles and their statements findable."""
    reindex_articles([a.pk for a in articles])


def small_corpus() -> dict[str, Any]:
    """Two articles, two speakers, every kind of statement: enough for every page."""
    rouhani, kremlin = speaker(), speaker("الكرملين", type="organisation")
    first = article(section="سياسة", url="https://news.example/1")
    direct = statement(
        first, "لا يحق لأحد سوى الشعب السوري اتخاذ القرار بشأن نظام الحكم", by=rouhani
    )
    indirect = statement(first, "أن استعادة تدمر مؤشر على قدرات الجيش", kind="indirect", by=rouhani)
    second = article(
        title="الكرملين: اتصال بين الرئيسين",
        body="أعلن الكرملين: الرئيسان اتفقا على زيادة الاتصالات.\nوتابعت الصحف خبر تدمر.",
        source="صحيفة الاختبار",
        published=datetime(2018, 5, 1, tzinfo=UTC),
        precision="day",
    )
    colon = statement(second, "الرئيسان اتفقا على زيادة الاتصالات", kind="colon", by=kremlin)
    indexed([first, second])
    return {
        "first": first,
        "second": second,
        "direct": direct,
        "indirect": indirect,
        "colon": colon,
        "rouhani": rouhani,
        "kremlin": kremlin,
    }
