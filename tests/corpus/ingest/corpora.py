"""Made-up news in files, and the corpus in the database as one comparable value."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from django.db import connection

PEOPLE = ("سامر العلي", "ليلى حداد", "كريم منصور", "نادية السالم", "وزير التخطيط عادل ناصر")
VERBS = ("قال", "أكد", "أوضح", "أضاف", "أعلن")
NOUNS = (
    "المشروع الميزانية المدينة الاتفاق الزراعة التعليم المطار الميناء الجسر السوق المياه".split()
)
ACTS = "سيبدأ يتوسع يتأخر ينتهي يكتمل يتقدم يحتاج يشمل".split()
TIMES = "غدا قريبا الشهر المقبل في الربيع بعد العيد هذا العام".split()


def sentence(chance: random.Random) -> str:
    return f"{chance.choice(NOUNS)} {chance.choice(ACTS)} {chance.choice(TIMES)}"


def article(number: int, *, source: str = "صحيفة الفرات", version: int = 0) -> dict[str, Any]:
    """A JSONL record; the same number and version give the same record."""
    chance = random.Random(f"{source} {number} {version}")
    paragraphs = []
    for _ in range(3):
        person, verb = chance.choice(PEOPLE), chance.choice(VERBS)
        paragraphs.append(f'و{verb} {person}: "إن {sentence(chance)} و{sentence(chance)}".')
        paragraphs.append(f"{sentence(chance)} {number} {sentence(chance)}.")
    return {
        "id": f"a{number}",
        "title": f"{sentence(chance)} {number}",
        "text": "\n".join(paragraphs),
        "source": source,
        "published_at": f"2020-01-{1 + number % 28:02d}",
    }


def write_jsonl(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8"
    )
    return path


# Without the marks of the random sample, which go by row numbers.
QUERIES = {
    "articles": """
        SELECT s.name, a.external_id, a.title, a.body, a.published, a.content_hash::text,
            a.record_hash::text, a.extractor_version, a.arabic_letters,
            (SELECT min(s2.name || '/' || b.external_id) FROM corpus_article b
                JOIN corpus_source s2 ON s2.id = b.source_id WHERE b.story_id = a.story_id)
        FROM corpus_article a JOIN corpus_source s ON s.id = a.source_id ORDER BY 1, 2""",
    "statements": """
        SELECT s.name, a.external_id, t.key, t.kind, t.field, t.start, t."end", t.text, t.mention,
            t.curation, t.stands, p.name
        FROM corpus_statement t JOIN corpus_article a ON a.id = t.article_id
        JOIN corpus_source s ON s.id = a.source_id
        LEFT JOIN corpus_speaker p ON p.id = t.speaker_id ORDER BY t.key""",
    "search": """
        SELECT s.name, a.external_id,
            regexp_replace(r.stems::text, '''#(source:)?[0-9]+'' ?', '', 'g'), r.words::text,
            r.length, r.kinds
        FROM corpus_articlesearchrow r JOIN corpus_article a ON a.id = r.article_id
        JOIN corpus_source s ON s.id = a.source_id ORDER BY 1, 2""",
    "statement search": """
        SELECT t.key, regexp_replace(r.stems::text, '''#(source:)?[0-9]+'' ?', '', 'g'), r.length
        FROM corpus_statementsearchrow r
        JOIN corpus_statement t ON t.id = r.statement_id ORDER BY 1""",
    "frequencies": """
        SELECT lexeme, articles, statements FROM corpus_lexemefrequency
        WHERE lexeme NOT LIKE '#source:%' AND (articles <> 0 OR statements <> 0) ORDER BY 1""",
    "fingerprints": """
        SELECT s.name, a.external_id, f.bands::text
        FROM corpus_fingerprint f JOIN corpus_article a ON a.id = f.article_id
        JOIN corpus_source s ON s.id = a.source_id ORDER BY 1, 2""",
    "deltas": "SELECT count(*) FROM corpus_frequencydelta",
}


def state() -> dict[str, list[Any]]:
    """Everything an import writes, by natural keys: equal where two corpora are equal."""
    found = {}
    for name, query in QUERIES.items():
        with connection.cursor() as cursor:
            cursor.execute(query)
            found[name] = cursor.fetchall()
    return found
