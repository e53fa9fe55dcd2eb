"""What can be an article at all, and what a run has met before."""

from __future__ import annotations

import random

import pytest

from corpus.documents import ParsedDocument, Precision, RecordError
from corpus.ingest.decisions import Candidate
from corpus.ingest.hashing import RECIPE, content_hash, record_hash
from corpus.ingest.seen import SeenSet
from corpus.ingest.sifting import NO_SOURCE, Sifter


def document(**fields: object) -> ParsedDocument:
    given = {"external_id": "1", "title": "عنوان", "body": "نص", "source": "s", **fields}
    return ParsedDocument(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": " ", "body": "\n"}, "no-text"),
        ({"external_id": " "}, "no-id"),
        ({"external_id": "x" * 501}, "id-too-long"),
        ({"source": "x" * 201}, "source-too-long"),
        ({"body": "س" * (5 * 1024 * 1024 + 1)}, "body-too-large"),
        ({"body": "نصف \ud800"}, "not-storable"),
        ({"title": "نصف \ud800"}, "not-storable"),
    ],
)
def test_it_rejects(fields: dict[str, object], reason: str) -> None:
    found = Sifter().sift(document(**fields))
    assert isinstance(found, RecordError)
    assert found.reason == reason


@pytest.mark.parametrize("fields", [{"title": ""}, {"body": ""}])
def test_it_takes_an_article_with_only_a_title_or_only_a_body(fields: dict[str, object]) -> None:
    assert isinstance(Sifter().sift(document(**fields)), Candidate)


def test_it_names_the_source_of_those_that_name_none() -> None:
    found = Sifter().sift(document(source=" "))
    assert isinstance(found, Candidate)
    assert found.document.source == NO_SOURCE


def test_it_notices_repeats_in_the_order_of_the_input() -> None:
    sifter = Sifter()
    records = [
        document(external_id="1", body="أ"),
        document(external_id="2", body="أ"),  # the text again
        document(external_id="1", body="ب"),  # the id again
        document(external_id="3", body="ب"),  # this text was not taken: it is new
        document(external_id="3", body="ب", source="other"),  # another source, another article
    ]
    repeats = [found.repeat for r in records if isinstance(found := sifter.sift(r), Candidate)]
    assert repeats == ["", "text", "id", "", ""]


def test_a_hash_begins_with_its_recipe_and_has_32_bytes() -> None:
    assert record_hash(document())[0] == content_hash(document())[0] == RECIPE
    assert len(record_hash(document())) == len(content_hash(document())) == 32


@pytest.mark.parametrize(
    ("fields", "same_text"),
    [
        ({"url": "http://x"}, True),
        ({"author": "كاتب"}, True),
        ({"precision": Precision.DAY}, True),
        ({"raw_text": "نص خام"}, True),
        ({"body": "نص آخر"}, False),
        ({"source": "t"}, False),
    ],
)
def test_every_field_makes_another_record(fields: dict[str, object], same_text: bool) -> None:
    assert record_hash(document(**fields)) != record_hash(document())
    assert (content_hash(document(**fields)) == content_hash(document())) is same_text


def test_where_a_record_stood_does_not_make_another_one() -> None:
    assert record_hash(document(file="x", position="9")) == record_hash(document())


def test_fields_do_not_run_together() -> None:
    one, other = document(title="اب", body="ج"), document(title="ا", body="بج")
    assert content_hash(one) != content_hash(other)


def test_the_seen_set_is_a_set() -> None:
    chance, ours, theirs = random.Random(1), SeenSet(16), set()
    for _ in range(20_000):
        key = chance.randrange(15_000).to_bytes(8, "big")
        assert ours.add(key) is (key not in theirs)
        theirs.add(key)
    assert len(ours) == len(theirs)
