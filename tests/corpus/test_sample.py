"""The sample corpus: whole, varied, and readable by the importers it is spread over."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import corpus
from corpus.documents import ParsedDocument
from corpus.importers import ReadOptions, read
from corpus.text.script import script_profile

SAMPLE = Path(corpus.__file__).parent / "sample"
ARTICLES = 44


def documents() -> list[ParsedDocument]:
    found = list(read([SAMPLE], ReadOptions()))
    errors = [record for record in found if not isinstance(record, ParsedDocument)]
    assert errors == []
    return [record for record in found if isinstance(record, ParsedDocument)]


def test_every_article_is_read() -> None:
    found = documents()
    assert len(found) == ARTICLES
    assert len({(d.source, d.external_id) for d in found}) == ARTICLES
    assert all(d.title and d.body for d in found)


def test_sources_years_and_scripts_vary() -> None:
    found = documents()
    assert len({d.source for d in found}) >= 5
    years = {d.published.year for d in found if d.published}
    assert {2014, 2026} <= years and len(years) >= 12
    profiles = [script_profile(d.body) for d in found]
    assert sum(p.persian > 0 for p in profiles) >= 3
    assert any(p.harakat > 20 for p in profiles)
    assert any(p.latin > 0 for p in profiles)
    text = "".join(d.body for d in found)
    assert all(any(digit in text for digit in digits) for digits in ("123", "١٢٣", "۱۲۳۶"))


def test_residue_of_scraped_pages_is_gone() -> None:
    for document in documents():
        assert "اترك" not in document.body
        lines = [line.strip() for line in document.body.splitlines() if line.strip()]
        assert max(Counter(lines).values()) == 1
