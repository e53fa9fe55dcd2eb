"""Every format yields the same two articles, recognised by content alone."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.cleaning import apply_removals
from corpus.documents import ParsedDocument, Precision, Removal
from corpus.importers import FORMATS, ReadOptions, read, read_stream
from tests.corpus.importers import samples
from tests.corpus.importers.reading import read_all, read_bytes

NOON = datetime(2018, 2, 18, 10, tzinfo=UTC)
DAY = datetime(2018, 2, 18, tzinfo=UTC)

# name of the format, bytes, ids, published, precision
CASES = [
    ("jsonl", samples.jsonl(), ["a1", "a2"], NOON, Precision.TIME),
    ("json", samples.json_array(), ["a1", "a2"], NOON, Precision.TIME),
    ("json", samples.wrapped_json(), ["a1", "a2"], NOON, Precision.TIME),
    ("saudinewsnet", samples.saudinewsnet(), ["x-0", "x-1"], datetime(2015, 7, 21, tzinfo=UTC),
     Precision.DAY),
    ("antcorpus", samples.ant(), ["a1", "a2"], NOON, Precision.TIME),
    ("csv", samples.csv(), ["a1", "a2"], DAY, Precision.DAY),
    ("csv", samples.tsv(), ["a1", "a2"], DAY, Precision.DAY),
    ("html", samples.html(), ["x"], NOON, Precision.TIME),
    ("feed", samples.rss(), ["a1", "a2"], NOON, Precision.TIME),
    ("feed", samples.atom(), ["a1", "a2"], NOON, Precision.TIME),
    ("wxr", samples.wxr(), ["a1", "a2"], NOON, Precision.TIME),
    ("warc", samples.warc(), ["https://example.org/1", "https://example.org/2"], NOON,
     Precision.TIME),
    ("text", samples.text(), ["x"], None, Precision.UNKNOWN),
]  # fmt: skip
IDS = [f"{case[0]}{n}" for n, case in enumerate(CASES)]


@pytest.mark.parametrize(("name", "data", "ids", "published", "precision"), CASES, ids=IDS)
def test_it_reads_each_format_under_a_name_that_says_nothing(
    tmp_path: Path,
    name: str,
    data: bytes,
    ids: list[str],
    published: datetime | None,
    precision: Precision,
) -> None:
    documents, errors = read_bytes(tmp_path, "x", data)
    assert errors == []
    assert [d.external_id for d in documents] == ids
    for document, (title, body) in zip(documents, samples.ARTICLES, strict=False):
        assert document.title == title
        # Extraction from pages joins paragraphs by one newline; words stay as they were.
        assert document.body.split() == body.split()
        assert (document.published, document.precision) == (published, precision)
        assert document.date_problem == ""
        raw = document.raw_text or document.body
        assert apply_removals(raw, document.removals) == document.body


@pytest.mark.parametrize(("name", "data", "ids", "published", "precision"), CASES, ids=IDS)
def test_it_reads_the_same_when_the_format_is_named(
    tmp_path: Path,
    name: str,
    data: bytes,
    ids: list[str],
    published: datetime | None,
    precision: Precision,
) -> None:
    documents, errors = read_bytes(tmp_path, "x", data, ReadOptions(format=name))
    assert errors == []
    assert [d.external_id for d in documents] == ids


@pytest.mark.parametrize("ending", samples.PACKERS)
def test_it_finds_the_file_in_every_kind_of_archive(tmp_path: Path, ending: str) -> None:
    documents, errors = read_bytes(tmp_path, f"n{ending}", samples.PACKERS[ending](samples.jsonl()))
    assert errors == []
    assert [d.external_id for d in documents] == ["a1", "a2"]


def test_it_reads_a_compressed_warc(tmp_path: Path) -> None:
    documents, errors = read_bytes(tmp_path, "c.warc.gz", samples.warc(compressed=True))
    assert (len(documents), errors) == (2, [])


def test_it_names_everything_the_command_lists() -> None:
    for name, importer in FORMATS.items():
        assert importer.name == name
        assert importer.description


def test_it_refuses_a_format_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="docx"):
        list(read([], ReadOptions(format="docx")))


REFUSED = [
    # bytes, what the message must say
    (b"%PDF-1.7 ...", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\x7fELF\x02\x01\x01" + b"\0" * 100, "ELF"),
    (b"<?xml version='1.0'?><invoice><no>3</no></invoice>", "XML"),
    (b"Just an English readme, nothing else in it.", "without Arabic"),
    (bytes(range(256)) * 20, "binary"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_it_refuses_unknown_input_with_what_it_looked_like(
    tmp_path: Path, data: bytes, words: str
) -> None:
    documents, errors = read_bytes(tmp_path, "x", data)
    assert documents == []
    assert [e.reason for e in errors] == ["unknown-format"]
    assert words in errors[0].detail


def test_it_maps_fields_to_other_names(tmp_path: Path) -> None:
    data = '{"كاتب": "م", "meta": {"head": "عنوان ما"}, "متن": "نص الخبر هنا."}\n'.encode() * 2
    options = ReadOptions(
        format="jsonl", field_map={"title": "meta.head", "text": "متن", "author": "كاتب"}
    )
    documents, _ = read_bytes(tmp_path, "x.jsonl", data, options)
    assert [(d.title, d.body, d.author) for d in documents] == [
        ("عنوان ما", "نص الخبر هنا.", "م")
    ] * 2
    # Without an id or address: the file's name and the line.
    assert [d.external_id for d in documents] == ["x-0", "x-1"]


def test_it_names_the_fields_where_none_is_the_text(tmp_path: Path) -> None:
    _, errors = read_bytes(tmp_path, "x.jsonl", '{"متن": "نص"}\n'.encode())
    assert errors[0].reason == "no-text"
    assert "متن" in errors[0].detail


def test_it_goes_on_after_a_bad_record(tmp_path: Path) -> None:
    good = samples.jsonl().splitlines(keepends=True)
    data = good[0] + b'{"id": "b", broken\n' + b"[1]\n" + b'{"id":"c","text":""}\n' + good[1]
    documents, errors = read_bytes(tmp_path, "x.jsonl", data)
    assert [d.external_id for d in documents] == ["a1", "a2"]
    assert [(e.position, e.reason) for e in errors] == [
        ("line 2", "malformed-json"),
        ("line 3", "not-an-object"),
        ("line 4", "no-text"),
    ]


def test_it_goes_on_after_a_bad_array_element(tmp_path: Path) -> None:
    data = '[{"id":"1","text":"خبر أول"}, {"id": oops}, {"id":"3","text":"خبر ثالث"}]'.encode()
    documents, errors = read_bytes(tmp_path, "x.json", data)
    assert [d.external_id for d in documents] == ["1", "3"]
    assert [(e.position, e.reason) for e in errors] == [("element 1", "malformed-json")]


def test_it_tells_of_an_array_cut_off(tmp_path: Path) -> None:
    data = samples.json_array()
    documents, errors = read_bytes(tmp_path, "x.json", data[:-300])
    assert [d.external_id for d in documents] == ["a1"]
    assert len(errors) == 1 or errors[-1].reason == "truncated-file"


def test_it_streams_an_array_larger_than_its_window(tmp_path: Path) -> None:
    records = [{"id": str(n), "text": "كلمة " * 50_000, "title": "م"} for n in range(12)]
    documents, errors = read_bytes(
        tmp_path, "x.json", json.dumps(records, ensure_ascii=False).encode()
    )
    assert (len(documents), errors) == (12, [])


def test_it_reads_trec_blocks_with_bare_signs_and_reports_the_cut_one(tmp_path: Path) -> None:
    data = (
        "<DOC>\n<DOCNO>1</DOCNO><TEXT>شركة س & ص < ع</TEXT>\n</DOC>\n"
        "<DOC>\n<DOCNO>2</DOCNO><TEXT>نص بلا نهاية"
    ).encode()
    documents, errors = read_bytes(tmp_path, "x.sgml", data)
    assert [(d.external_id, d.body) for d in documents] == [("1", "شركة س & ص < ع")]
    assert [(e.position, e.reason) for e in errors] == [("document 2", "truncated-document")]


HEADERS = [
    # header, title, source, author, published day
    ("العنوان: خبر مهم\nالتاريخ: ١٨ شباط/فبراير ٢٠١٨\nالمصدر: النهضة\nالكاتب: سلمى\n\n",
     "خبر مهم", "النهضة", "سلمى", "2018-02-18"),
    ("Title: خبر مهم\nDate: 2018-02-18\nSource: النهضة\n", "خبر مهم", "النهضة", "", "2018-02-18"),
    # A date alone is a header too; the headline then comes first.
    ("التاريخ: 2018-02-18\n\nخبر مهم\n\n", "خبر مهم", "folder", "", "2018-02-18"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title", "source", "author", "day"), HEADERS)
def test_it_reads_a_metadata_header(
    tmp_path: Path, head: str, title: str, source: str, author: str, day: str
) -> None:
    data = (head + samples.BODY).encode()
    (document,), errors = read_bytes(tmp_path / "folder", "n1.txt", data)
    assert errors == []
    assert (document.title, document.source, document.author) == (title, source, author)
    assert document.published is not None
    assert document.published.date().isoformat() == day
    assert document.body == samples.BODY
    assert apply_removals(document.raw_text, document.removals) == document.body


def test_it_takes_no_sentence_for_a_header_or_a_headline(tmp_path: Path) -> None:
    body = "قال المصدر: إن الوزير وصل صباح اليوم إلى العاصمة في زيارة رسمية.\nثم غادر.\n"
    (document,), _ = read_bytes(tmp_path, "x.txt", body.encode())
    assert document.title == ""
    assert document.body == body.strip()


CHARSETS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_it_reads_text_in_every_charset(tmp_path: Path, charset: str) -> None:
    (document,), errors = read_bytes(tmp_path, "x.txt", samples.text().decode().encode(charset))
    assert errors == []
    assert (document.title, document.body) == (samples.TITLE, samples.BODY)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1256"])
@pytest.mark.parametrize("name", ["antcorpus", "csv", "jsonl", "json"])
def test_it_reads_records_in_every_charset(tmp_path: Path, name: str, charset: str) -> None:
    data = {
        "antcorpus": samples.ant,
        "csv": samples.csv,
        "jsonl": samples.jsonl,
        "json": samples.json_array,
    }[name]()
    documents, errors = read_bytes(tmp_path, "x", data.decode().encode(charset))
    assert errors == []
    assert [d.title for d in documents] == [samples.TITLE, samples.SECOND_TITLE]


def test_it_takes_source_and_section_from_folders(tmp_path: Path) -> None:
    for name in ("النهضة/رياضة/1.txt", "النهضة/اقتصاد/1.txt", "الأمل/1.txt", "2.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(samples.text())
    documents, errors = read_all([tmp_path / "corpus"])
    assert errors == []
    assert {(d.external_id, d.source, d.section) for d in documents} == {
        ("النهضة/رياضة/1", "النهضة", "رياضة"),
        ("النهضة/اقتصاد/1", "النهضة", "اقتصاد"),
        ("الأمل/1", "الأمل", ""),
        ("2", "corpus", ""),
    }
    documents, _ = read_all([tmp_path / "corpus"], ReadOptions(format="sanad", source="مصدر"))
    assert {d.section for d in documents} == {"رياضة", "اقتصاد", "الأمل", ""}
    assert {d.source for d in documents} == {"مصدر"}


def test_it_orders_numeric_dates_as_the_source_says(tmp_path: Path) -> None:
    data = "\n".join(f'{{"text":"خبر","source":"{source}","date":"03/04/2015"}}' for source in "أب")
    options = ReadOptions(date_orders={"ب": "mdy"})
    documents, _ = read_bytes(tmp_path, "x.jsonl", data.encode(), options)
    assert [d.published and d.published.month for d in documents] == [4, 3]


def test_it_keeps_an_uncertain_date_as_found(tmp_path: Path) -> None:
    data = '{"text":"خبر","date":"الشهر الماضي"}\n'.encode()
    (document,), _ = read_bytes(tmp_path, "x.jsonl", data)
    assert document.published is None
    assert (document.published_raw, document.date_problem) == ("الشهر الماضي", "date-unknown-form")


def test_it_stores_nothing_that_a_database_refuses(tmp_path: Path) -> None:
    data = r'{"id":"1\u0000","title":"\ud800x","text":"نص\u0000 \udfffهنا"}'
    (document,), _ = read_bytes(tmp_path, "x.jsonl", data.encode())
    assert (document.external_id, document.title, document.body) == ("1", "x", "نص هنا")


def test_it_leaves_out_wordpress_shortcodes(tmp_path: Path) -> None:
    code = (
        '[caption id="1" width="300"]<img src="a"/> الوزير في المعرض[/caption]\n[gallery ids="1"]\n'
    )
    data = samples.wxr().decode().replace("<![CDATA[افتتح", f"<![CDATA[{code}افتتح")
    documents, _ = read_bytes(tmp_path, "x.xml", data.encode())
    assert documents[0].body == samples.BODY


def test_it_reads_xml_that_declares_a_wide_charset(tmp_path: Path) -> None:
    text = samples.rss().decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    documents, errors = read_bytes(tmp_path, "x.xml", text.encode("utf-16"))
    assert ([d.external_id for d in documents], errors) == (["a1", "a2"], [])


def test_it_reads_an_opened_file_as_one_on_disk() -> None:
    for name, data in (
        ("feed.xml", samples.rss()),
        ("a.zip", samples.zipped({"b": samples.rss()})),
    ):
        records = list(read_stream(io.BytesIO(data), name, ReadOptions()))
        assert [r.external_id for r in records if isinstance(r, ParsedDocument)] == ["a1", "a2"]
        assert len(records) == 2


EXPORTED = {
    "id": "x",
    "title": "عنوان",
    "text": "نص &amp; <b>نص</b>\nاترك رد",
    "raw_text": "نص &amp; <b>نص</b>\nصورة: أ\nاترك رد",
    "removals": [["caption", 19, 27]],
    "source": "النهضة",
    "published_at": "2014-02-01T00:00:00+00:00",
    "precision": "month",
    "published_raw": "شباط 2014",
}


def test_it_takes_its_own_export_to_the_letter(tmp_path: Path) -> None:
    (document,), errors = read_bytes(tmp_path, "x.jsonl", json.dumps(EXPORTED).encode())
    assert errors == []
    assert (document.body, document.raw_text) == (EXPORTED["text"], EXPORTED["raw_text"])
    assert document.removals == (Removal("caption", 19, 27),)
    assert document.published == datetime(2014, 2, 1, tzinfo=UTC)
    assert (document.precision, document.published_raw) == (Precision.MONTH, "شباط 2014")


@pytest.mark.parametrize(
    "change",
    [
        {"removals": [["caption", 19, 28]]},  # would give another text
        {"removals": [["caption", "19", 27]]},
        {"text": 7},
        {"id": ""},
        {"published_at": "yesterday"},
        {"precision": "century"},
    ],
)
def test_it_refuses_an_export_that_was_tampered_with(
    tmp_path: Path, change: dict[str, object]
) -> None:
    data = json.dumps({**EXPORTED, **change}).encode()
    documents, errors = read_bytes(tmp_path, "x.jsonl", data)
    assert (documents, [e.reason for e in errors]) == ([], ["malformed-export"])
