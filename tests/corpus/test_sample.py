"""The sample corpus: every file is read, whole, and shows what it is there to show."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus.documents import ParsedDocument, RecordError
from corpus.importers import ReadOptions, read

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"
ARTICLES = SAMPLE / "articles"

LEAST_WORDS, MOST_WORDS = 115, 350  # of a body, once captions and the like are out
PERSIAN = re.compile("[یک]")
HARAKAT = re.compile("[\u064b-\u0652]")
ADDRESS = re.compile(r"https?://([^/\s\"'<>]+)")
# Namespaces and vocabularies that file formats are named by; nothing is fetched from them.
VOCABULARIES = {"schema.org", "purl.org"}
MARKS = (("«", "»"), ("“", "”"))


@cache
def documents() -> tuple[ParsedDocument, ...]:
    """All articles, as an import of the folder reads them."""
    records = list(read([ARTICLES], ReadOptions()))
    assert [r for r in records if isinstance(r, RecordError)] == []
    return tuple(r for r in records if isinstance(r, ParsedDocument))


def manifest() -> dict[str, int]:
    """Articles by file, the path relative to the sample folder."""
    stated = json.loads((SAMPLE / "manifest.json").read_text("utf-8"))
    files: dict[str, int] = stated["files"]
    assert stated["articles"] == sum(files.values())
    return files


def test_manifest_names_every_file() -> None:
    found = {p.relative_to(SAMPLE).as_posix() for p in ARTICLES.rglob("*") if p.is_file()}
    assert found == set(manifest())
    assert sum(manifest().values()) >= 60


def test_each_file_holds_what_the_manifest_says() -> None:
    counted: Counter[str] = Counter()
    for name in manifest():
        for record in read([SAMPLE / name], ReadOptions()):
            assert isinstance(record, ParsedDocument), record
            counted[name] += 1
    assert counted == manifest()


def test_an_import_of_the_folder_takes_in_all() -> None:
    assert len(documents()) == sum(manifest().values())
    assert len({(d.source, d.external_id) for d in documents()}) == len(documents())
    assert len({(d.source, d.title, d.body) for d in documents()}) == len(documents())


def test_articles_are_whole() -> None:
    for document in documents():
        assert document.title, document.external_id
        # SaudiNewsNet has no field for a section.
        assert document.section or "saudinewsnet" in document.file, document.external_id
        words = len(document.body.split())
        assert LEAST_WORDS <= words <= MOST_WORDS, (document.external_id, words)
        assert not document.date_problem, document.external_id


def test_sources_and_years_spread() -> None:
    sources = Counter(d.source for d in documents())
    assert len(sources) == 6
    assert min(sources.values()) >= 5, sources
    years = {d.published.year for d in documents() if d.published}
    assert years == set(range(2014, 2027))
    undated = sum(d.published is None for d in documents())
    assert 0 < undated < len(documents()) / 4


def test_quotation_marks_are_paired() -> None:
    for document in documents():
        for text in (document.title, document.body):
            for opening, closing in MARKS:
                depth = 0
                for character in text:
                    depth += (character == opening) - (character == closing)
                    assert depth in (0, 1), (document.external_id, text)
                assert depth == 0, document.external_id
            assert text.count('"') % 2 == 0, document.external_id


@pytest.mark.parametrize(
    "kind",
    ["[0-9]", "[٠-٩]", "[۰-۹]", "ـ", "NovaGrid", r"Dr\. Elena Marsh", "“[^”]+”", '"[^"]+"', "«"],
)
def test_writing_of_every_kind(kind: str) -> None:
    assert sum(bool(re.search(kind, d.body)) for d in documents()) >= 2


def test_harakat_in_full_and_in_part() -> None:
    shares = [len(HARAKAT.findall(d.body)) / len(d.body) for d in documents()]
    assert max(shares) > 0.2
    assert sum(0.002 < share < 0.1 for share in shares) >= 3


def test_residue_is_taken_out() -> None:
    scraped = [d for d in documents() if "scraped-" in d.file]
    assert len(scraped) >= 5
    for document in scraped:
        rules = {removal.rule for removal in document.removals}
        assert {"comment-form", "repeated-caption"} <= rules, (document.external_id, rules)
        assert PERSIAN.search(document.body), document.external_id
        lines = [line for line in document.body.splitlines() if line]
        assert len(set(lines)) == len(lines), document.external_id
        for residue in ("البريد الإلكتروني", "اترك", "أضف تعليق", "شارك هذا الموضوع", "اقرأ أيضا"):
            assert residue not in document.body, document.external_id


def test_speakers_recur_over_sources_and_years() -> None:
    for surname in ("الحمدان", "العطواني", "النعساني", "المرعشلي", "الرمادي", "المنسي"):
        told = [d for d in documents() if surname in d.body]
        assert len({d.source for d in told}) >= 3, surname
        assert len({d.published.year for d in told if d.published}) >= 3, surname
    for spelling in ("دراغونيسكو", "دراجونيسكو", "دراغونسكو"):
        assert any(spelling in d.body for d in documents()), spelling


def test_no_address_is_of_a_real_host() -> None:
    texts = [p.read_text("utf-8") for p in ARTICLES.rglob("*.*") if p.suffix != ".zip"]
    for path in ARTICLES.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert archive.namelist() == [f"{path.stem}.json"]
            assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
            texts.append(archive.read(archive.namelist()[0]).decode())
    hosts = {host for text in texts for host in ADDRESS.findall(text)}
    assert all(h.endswith(".example") for h in hosts - VOCABULARIES), hosts
