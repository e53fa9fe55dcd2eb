"""A corpus made to break an importer: more than 200 files, all generated here.

Each Case says what must come of it. `build` writes them below a folder; an entry that
cannot exist on this machine (a device, a link without the right) is left out.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from tests.corpus.importers import samples

MB = 1 << 20
GOOD = "\n".join((samples.TITLE, "", samples.BODY)).encode()
LINE = samples.jsonl().splitlines(keepends=True)[0]


@dataclass(frozen=True)
class Case:
    """A file, and what reading it must yield.

    `content` is its bytes, or what writes it at a path. `documents` is how many must
    come, None where any number may. `reasons` are the slugs of its errors, each as often
    as it stands there; None where any errors may come, but something must.
    """

    path: str
    content: bytes | Callable[[Path], None]
    documents: int | None = None
    reasons: tuple[str, ...] | None = None


def build(folder: Path) -> list[Case]:
    """Write every case below `folder`; those written."""
    written = []
    for case in cases():
        path = folder / case.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(case.content, bytes):
            path.write_bytes(case.content)
        else:
            try:
                case.content(path)
            except PermissionError:
                continue
        written.append(case)
    return written


def cases() -> Iterator[Case]:
    """All of them, by family."""
    for family in (
        charsets, cut_files, cut_archives, flipped_archives, bombs, nothing_in_it, big_articles,
        links, escapes, entities, dates, nesting, rows, json_faults, unstorable, magic, warcs,
        duplicates,
    ):  # fmt: skip
        yield from family()


def charsets() -> Iterator[Case]:
    """Every charset under a name and a declaration that lie about it."""
    for charset in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"):
        for name, data in (
            ("text.txt", samples.text()),
            ("lines.jsonl", samples.jsonl()),
            ("array.json", samples.json_array()),
            ("table.csv", samples.csv()),
            ("docs.sgml", samples.ant()),
        ):
            encoded = data.decode().encode(charset)
            yield Case(f"charset/{charset}/{name}", encoded, 1 if name == "text.txt" else 2, ())
    lying = samples.html().replace(b'charset="utf-8"', b'charset="windows-1256"')
    yield Case("charset/lying.html", lying, 1, ())
    yield Case("charset/mixed.txt", GOOD + "خبر".encode("cp1256"), 1, ())
    yield Case("charset/halved.txt", samples.text()[:-2], 1, ())


def cut_files() -> Iterator[Case]:
    """Each format cut off at several places: what is whole comes, the rest is reported."""
    for name, data in (
        ("jsonl", samples.jsonl()), ("json", samples.json_array()), ("day", samples.saudinewsnet()),
        ("ant", samples.ant()), ("csv", samples.csv()), ("html", samples.html()),
        ("rss", samples.rss()), ("wxr", samples.wxr()), ("warc", samples.warc()),
        ("warc.gz", samples.warc(compressed=True)),
    ):  # fmt: skip
        for part in (1, 5, 7):
            yield Case(f"cut/{part}.{name}", data[: len(data) * part // 8])


def cut_archives() -> Iterator[Case]:
    """Each kind of archive cut off: never silently."""
    text = samples.text("عنوان", samples.BODY * 50)
    for ending, pack in samples.PACKERS.items():
        data = pack(text)
        for part in (2, 5, 7):
            yield Case(f"cut-archive/{part}{ending}", data[: len(data) * part // 8])


def flipped_archives() -> Iterator[Case]:
    """Each kind of archive with some bytes changed."""
    chance = random.Random(6)
    text = samples.jsonl() * 20
    for ending, pack in samples.PACKERS.items():
        for n in range(3):
            data = bytearray(pack(text))
            for _ in range(3):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            yield Case(f"flipped/{n}{ending}", bytes(data))


def bombs() -> Iterator[Case]:
    """Small files that unpack to large ones, in every way."""
    many = (GOOD + b"\n") * (16 * MB // len(GOOD))
    zst = zstandard.ZstdCompressor().compress(many)
    bomb = ("compression-bomb",)
    yield Case("bomb/a.gz", gzip.compress(many), 0, bomb)
    yield Case("bomb/a.bz2", bz2.compress(many), 0, bomb)
    yield Case("bomb/a.xz", lzma.compress(many), 0, bomb)
    yield Case("bomb/a.zst", zst, 0, bomb)
    yield Case("bomb/a.tar.gz", samples.tarred({"many.txt": many}, "w:gz"), 0, bomb * 2)
    # In a zip the bound is each member's: the good one beside it still comes.
    packed = samples.zipped({"a.txt": GOOD, "many.txt": many, "b.txt": GOOD})
    yield Case("bomb/a.zip", packed, 2, bomb)
    # Zeros are refused before they are unpacked.
    yield Case("bomb/zeros.gz", gzip.compress(bytes(16 * MB)), 0, ("unknown-format",))
    spaces = GOOD + b" " * (16 * MB)
    yield Case("bomb/spaces.txt.gz", gzip.compress(spaces), 0, bomb)
    yield Case("bomb/line.jsonl.gz", gzip.compress(b'{"text":"' + b"a" * (64 * MB)), 0, bomb)
    yield Case("bomb/twice.gz", gzip.compress(gzip.compress(GOOD)), 0, ("nested-too-deep",))
    inner = samples.zipped({"a.txt": GOOD})
    for _ in range(3):
        inner = samples.zipped({"in.zip": inner})
    yield Case("bomb/nested.zip", inner, 0, ("nested-too-deep",))
    deep = samples.tarred({"in.zip": samples.zipped({"in.tar": samples.tarred({"a": GOOD})})})
    yield Case("bomb/nested.tar", deep, 0, ("nested-too-deep",))
    yield Case("bomb/lying-size.zip", lying_size(), 0, None)
    yield Case("bomb/overlap.zip", overlapping(), None, None)
    yield Case("bomb/sparse.tar", sparse(), 0, ("compression-bomb",))
    yield Case("bomb/long-name.tar.gz", long_name(), 0, bomb)
    yield Case("bomb/window.zst", b"\x28\xb5\x2f\xfd\x00\xf8" + bytes(100), 0, ("damaged-file",))


def lying_size() -> bytes:
    """A zip whose member unpacks to more than its directory says."""
    data = bytearray(samples.zipped({"a.txt": GOOD * 100}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 200)
    return bytes(data)


def overlapping() -> bytes:
    """A zip in which a thousand entries share one member's data."""
    one = samples.zipped({"a.txt": GOOD})
    at = one.rfind(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    directory = one[at:end] * 1000
    return (
        one[:at]
        + directory
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), at, 0)
    )


def sparse() -> bytes:
    """A tar of some kilobytes whose member claims 8 GB of zeros."""
    info = tarfile.TarInfo("zeros.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[483:495] = b"77777777777\0"
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(10240)


def long_name() -> bytes:
    """A tar whose first header announces a name of 64 MB."""
    info = tarfile.TarInfo("././@LongLink")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = 64 * MB
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + b"a" * (64 * MB))


def million_empty(path: Path) -> None:
    """A zip of a million empty members, written without zipfile to be quick about it."""
    count = 1_000_000
    local = struct.Struct("<4s5H3L2H")
    central = struct.Struct("<4s6H3L5H2L")
    directory: list[bytes] = []
    at = 0
    with open(path, "wb") as out:
        for start in range(0, count, 10_000):
            members = []
            for n in range(start, start + 10_000):
                name = b"%06d" % n
                members.append(local.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 6, 0) + name)
                directory.append(
                    central.pack(b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, at)
                    + name
                )
                at += local.size + 6
            out.write(b"".join(members))
        listing = b"".join(directory)
        out.write(listing)
        end = at + len(listing)
        out.write(
            struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count,
                        len(listing), at)
        )  # fmt: skip
        out.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1))
        out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listing), at, 0))


def nothing_in_it() -> Iterator[Case]:
    """Files and archives without a word."""
    yield Case("empty/empty.txt", b"", 0, ("empty-file",))
    yield Case("empty/blank.txt", b" \n\n\t \n", 0, ("unknown-format",))
    yield Case("empty/mark.txt", b"\xef\xbb\xbf", 0, ("unknown-format",))
    yield Case("empty/zeros.bin", bytes(5000), 0, ("unknown-format",))
    yield Case("empty/blocks.tar", bytes(10240), 0, ("unknown-format",))
    yield Case("empty/empty.gz", gzip.compress(b""), 0, ("empty-file",))
    yield Case("empty/empty.zip", samples.zipped({}), 0, ("empty-archive",))
    yield Case("empty/folders.zip", samples.zipped({"a/": b"", "b/": b""}), 0, ("empty-archive",))
    yield Case("empty/one.zip", samples.zipped({"a.txt": b""}), 0, ("empty-file",))
    yield Case("empty/array.json", b"[]", 0, ("no-records",))
    yield Case("empty/object.json", b"{}", 0, ("no-text",))
    yield Case("empty/head.csv", b"id,title,text\n", 0, ("no-records",))
    yield Case("empty/feed.rss", b"<rss version='2.0'><channel/></rss>", 0, ("no-records",))
    yield Case("empty/docs.sgml", b"<DOC>\n</DOC>", 0, ("malformed-document",))
    members = {f"{n}.txt": b"" for n in range(20_000)}
    yield Case("empty/many.tar", samples.tarred(members), 0, ("empty-file",) * 101)
    yield Case("empty/million.zip", million_empty, 0, ("empty-file",) * 101)


def big_articles() -> Iterator[Case]:
    """Articles of five megabytes, and records beyond all reason."""
    body = (samples.BODY + "\n\n") * (5 * MB // len(samples.BODY.encode()))
    record = json.dumps({"id": "b", "text": body}, ensure_ascii=False).encode()
    yield Case("big/article.txt", f"عنوان\n\n{body}".encode(), 1, ())
    yield Case("big/lines.jsonl", record + b"\n" + LINE, 2, ())
    yield Case("big/array.json", b"[" + record + b"," + LINE.strip() + b"]", 2, ())
    doc = f"<DOC>\n<DOCNO>b</DOCNO><TEXT>{body}</TEXT>\n</DOC>"
    yield Case("big/docs.sgml", doc.encode() + samples.ant(), 3, ())
    row = f'id,text\nb,"{body}"\n'
    yield Case("big/table.csv", row.encode(), 1, ())
    yield Case("big/page.html", samples.html("عنوان", body), 1, ())
    yield Case("big/words.txt", ("عنوان\n\n" + "كلمة" * (2 * MB)).encode(), 1, ())
    yield Case("big/lines.txt", ("عنوان\n\n" + "سطر\n" * (MB // 4)).encode(), 1, ())
    yield Case(
        "big/record.jsonl", b'{"text":"' + b"a" * (51 * MB) + b'"}\n' + LINE, 1, ("too-large",)
    )
    yield Case("big/unclosed.sgml", b"<DOC>" + b"a " * (26 * MB), 0, ("too-large",))
    yield Case("big/file.txt", GOOD + b"\n" * (51 * MB), 0, ("too-large",))
    yield Case("big/page-beyond.html", samples.html("عنوان", body + body), 0, ("too-large",))


def links() -> Iterator[Case]:
    """Links out of the folder, in circles, to nowhere; pipes."""
    yield Case("links/passwd.txt", lambda p: p.symlink_to("/etc/passwd"), 0, ("link-escapes",))
    yield Case("links/up.txt", lambda p: p.symlink_to("../../../outside.txt"), 0, ("link-escapes",))
    yield Case("links/etc", lambda p: p.symlink_to("/etc"), 0, ("link-escapes",))
    yield Case("links/self", lambda p: p.symlink_to("self"), 0, ("unreadable",))
    yield Case("links/circle", lambda p: p.symlink_to("."), 0, ("link-to-folder",))
    yield Case("links/nowhere.txt", lambda p: p.symlink_to("nowhere"), 0, ("unreadable",))
    yield Case("links/target.txt", GOOD, 1, ())
    yield Case("links/inside.txt", lambda p: p.symlink_to("target.txt"), 1, ())
    yield Case("links/pipe", lambda p: os.mkfifo(p), 0, ("not-a-file",))
    for kind, name in (
        (tarfile.SYMTYPE, "symbolic"), (tarfile.LNKTYPE, "hard"), (tarfile.CHRTYPE, "device"),
        (tarfile.FIFOTYPE, "pipe"),
    ):  # fmt: skip
        yield Case(f"links/{name}.tar", tar_link(kind), 1, ("link-in-archive",))
    info = zipfile.ZipInfo("link.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    yield Case("links/link.zip", zip_of((info, b"/etc/passwd")), 0, ("link-in-archive",))


def tar_link(kind: bytes) -> bytes:
    """A tar of one link or device and one article."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = kind, "/etc/passwd"
        archive.addfile(link)
        good = tarfile.TarInfo("good.txt")
        good.size = len(GOOD)
        archive.addfile(good, io.BytesIO(GOOD))
    return buffer.getvalue()


def zip_of(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    """A zip of members with their own headers."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for info, data in members:
            archive.writestr(info, data)
    return buffer.getvalue()


ESCAPES = ("../up.txt", "/abs.txt", "a/../../up.txt", "..\\up.txt", "C:\\a.txt")


def escapes() -> Iterator[Case]:
    """Members that would be written elsewhere, and names that are no names."""
    escape = ("path-escape",)
    for n, name in enumerate(ESCAPES):
        yield Case(f"escape/{n}.zip", zip_of((zipfile.ZipInfo(name), GOOD)), 0, escape)
        yield Case(f"escape/{n}.tar", samples.tarred({name: GOOD}), 0, escape)
    odd = ("سطر\nآخر.txt", "\u202egpj.txt", "a" * 240 + ".txt", "x/" * 90 + "a.txt", "?*|<>.txt")
    for n, name in enumerate(odd):
        yield Case(f"odd/{n}.zip", zip_of((zipfile.ZipInfo(name), GOOD)), 1, ())
        yield Case(f"odd/{n}.tar", samples.tarred({name: GOOD}), 1, ())
    yield Case("odd/اسم عربي.txt", GOOD, 1, ())
    yield Case(os.fsdecode(b"odd/\xc7\xd3\xe3.txt"), GOOD, 1, ())
    yield Case("odd/" + "d/" * 300 + "deep.txt", GOOD, 1, ())
    yield Case("odd/encrypted.zip", encrypted(), 0, ("encrypted",))
    yield Case("odd/method.zip", unknown_method(), 0, ("damaged-member",))
    yield Case("odd/crc.zip", wrong_checksum(), 0, None)


def _patched(field: int, value: bytes) -> bytes:
    """A good zip with some bytes of both its headers changed."""
    data = bytearray(samples.zipped({"a.txt": GOOD}))
    at = data.rfind(b"PK\x01\x02")
    data[field : field + len(value)] = value
    data[at + field + 2 : at + field + 2 + len(value)] = value
    return bytes(data)


def encrypted() -> bytes:
    """A zip that says its member is encrypted."""
    return _patched(6, b"\x01\x00")


def unknown_method() -> bytes:
    """A zip packed by a method that nobody knows."""
    return _patched(8, b"\x63\x00")


def wrong_checksum() -> bytes:
    """A zip whose member is not what it says."""
    return _patched(14, struct.pack("<L", zlib.crc32(b"other")))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def entities() -> Iterator[Case]:
    """XML that would read a file, call home, or laugh a billion times."""
    doctypes = {
        "file": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "net": '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
        "parameter": '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "dtd": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">',
        "laughs": f'<!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY x "&l9;">]>',
    }
    for name, doctype in doctypes.items():
        for kind, data in (("rss", samples.rss()), ("atom", samples.atom()),
                           ("wxr", samples.wxr()), ("html", samples.html())):  # fmt: skip
            text = data.decode().replace("الوزير:", "الوزير: &x;")
            first, mark, rest = text.partition("?>")
            text = first + mark + doctype + rest if mark else doctype + text
            yield Case(f"entities/{name}.{kind}", text.encode())
    yield Case("entities/unclosed.rss", samples.rss().replace(b"</item>", b""))
    yield Case("entities/amp.rss", samples.rss().replace(b"<link>", b"<link>?a=1&b=2&c;"))
    yield Case("entities/binary.rss", samples.rss()[:300] + bytes(range(256)) + samples.rss()[300:])


def dates() -> Iterator[Case]:
    """Dates that never were: the article comes, the date stays empty."""
    for n, date in enumerate((
        "0000-00-00", "0000-01-01T00:00:00Z", "0001-01-01", "9999-12-31", "10000-01-01",
        "2015-02-30", "2015-13-01", "31/04/2015", "-1", "99999999999999999999", "32 رمضان 1436 هـ",
        "29 فبراير 2015", "24:61:61", "NaN", "Infinity", "٠٠٠٠/٠٠/٠٠",
        "Mon, 99 Foo 0000 99:99:99 GMT",
        "1e400", "18 فبراير 2018 " * 50, "\u0000", "2018-02-18T10:00:00+99:99",
    )):  # fmt: skip
        record = {"id": f"d{n}", "text": samples.BODY, "date": date}
        yield Case(f"dates/{n}.jsonl", json.dumps(record).encode(), 1, ())
    for n, date in enumerate(("-99999999999999", "1e308", "NaN", "true", "[]", '{"$date": 9e99}')):
        record_text = f'{{"id": "n{n}", "text": {json.dumps(samples.BODY)}, "date": {date}}}'
        yield Case(f"dates/number{n}.jsonl", record_text.encode(), 1, ())


def nesting() -> Iterator[Case]:
    """Structures deeper than any stack."""
    deep = 100_000
    yield Case("nesting/array.json", b"[{" + b'"a":[' * deep, 0, None)
    yield Case("nesting/object.jsonl", b'{"a":' * deep + b"\n" + LINE, 1, ("malformed-json",))
    yield Case("nesting/divs.html", b"<html><body>" + b"<div>" * deep + GOOD, 0, None)
    yield Case("nesting/feed.rss", b"<rss><channel>" + b"<item>" * (deep // 5), 0, None)
    wxr = b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>' + b"<item>" * deep
    yield Case("nesting/export.xml", wxr, 0, None)
    docs = b"<DOC>" * deep + samples.ant()
    yield Case("nesting/docs.sgml", docs, 2, ())
    text = json.dumps({"id": "m", "text": "<div>" * 5000 + samples.BODY})
    yield Case("nesting/markup.jsonl", text.encode(), 1, ())


def rows() -> Iterator[Case]:
    """Tables that are not quite tables."""
    head = b"id,title,text\n"
    good = "1,عنوان,نص الخبر هنا\n".encode()
    yield Case(
        "rows/ragged.csv", head + good + b"2,a,b,c,d\n3\n" + good, 2, ("malformed-row", "no-text")
    )
    yield Case("rows/unclosed.csv", head + good + '2,عنوان,"نص\n'.encode() + good, 2, ())
    yield Case("rows/nul.csv", head + good.replace(b" ", b"\0"), 1, ())
    yield Case("rows/names.csv", "أ,ب\n1,2\n".encode(), 0, ("no-text",))
    yield Case("rows/twice.csv", b"text,text,text\n" + "نص,نص,نص\n".encode(), 1, ())
    wide = ",".join(f"c{n}" for n in range(20_000)) + ",text\n" + "," * 20_000 + "نص الخبر\n"
    yield Case("rows/wide.csv", wide.encode(), 1, ())
    yield Case(
        "rows/endless.csv", head + b'1,a,"' + (b"x" * 199 + b"\n") * (MB // 4 + 20_000), 0, None
    )
    yield Case("rows/separators.csv", b"id;title;text\n" + "1;عنوان;نص, آخر\n".encode(), 1, ())
    yield Case("rows/returns.csv", (head + good).replace(b"\n", b"\r"), 1, ())


def json_faults() -> Iterator[Case]:
    """JSON as it is found."""
    yield Case(
        "json/nan.jsonl", '{"id": NaN, "text": "نص الخبر", "date": Infinity}\n'.encode(), 1, ()
    )
    yield Case(
        "json/types.jsonl",
        '{"id": 7, "title": ["أ"], "text": ["فقرة", "أخرى"], '
        '"author": {"name": "م"}, "date": null}\n'.encode(),
        1,
        (),
    )
    yield Case("json/not-text.jsonl", b'{"id": 1, "text": 12345}\n' * 2, 0, ("no-text",) * 2)
    yield Case("json/scalars.jsonl", LINE + b'1\n"a"\nnull\n', 1, ("not-an-object",) * 3)
    yield Case(
        "json/scalars.json", b"[" + LINE.strip() + b', 1, "a", null, []]', 1, ("not-an-object",) * 4
    )
    yield Case("json/commas.json", b"[" + LINE.strip() + b",,]", 1, ())
    yield Case("json/single-quotes.jsonl", LINE + b"{'text': 'a'}\n", 1, ("malformed-json",))
    yield Case("json/control.jsonl", '{"id":"c","text":"نص\tفيه\x01 رمز"}\n'.encode(), 1, ())
    yield Case(
        "json/big-number.jsonl",
        b'{"id": 1' + b"0" * 5000 + b', "text": "a"}\n' + LINE,
        1,
        ("malformed-json",),
    )
    yield Case("json/long-id.jsonl", json.dumps({"id": "x" * 5000, "text": "نص"}).encode(), 1, ())
    yield Case("json/blank-lines.jsonl", b"\n\n" + LINE + b"\n \n\n", 1, ())


def unstorable() -> Iterator[Case]:
    """Characters that a database, a page or a terminal cannot take."""
    yield Case("chars/nul.txt", GOOD.replace(b" ", b"\0 ", 5), 1, ())
    yield Case(
        "chars/surrogate.jsonl",
        b'{"id":"\\ud800s","title":"\\udfff","text":"'
        + samples.BODY.split("\n")[0].encode()
        + b' \\ud83d"}\n',
        1,
        (),
    )
    yield Case("chars/bidi.txt", "\u202e".encode() * 1000 + GOOD, 1, ())
    yield Case("chars/zalgo.txt", GOOD + "ا".encode() + "\u0651".encode() * 10_000, 1, ())
    yield Case(
        "chars/script.jsonl",
        '{"id":"s","title":"<script>alert(1)</script>عنوان",'
        '"text":"<p onclick=x>نص الخبر</p><script>alert(1)</script>"}'.encode(),
        1,
        (),
    )
    yield Case("chars/escapes.txt", GOOD + b"\x1b[2J\x07\x08", 1, ())
    noncharacter = "\ufffe\uffff\U0010ffff".encode()
    yield Case("chars/noncharacters.txt", GOOD + noncharacter, 1, ())


def magic() -> Iterator[Case]:
    """What is no text at all, under names that say it is."""
    chance = random.Random(7)
    unknown = ("unknown-format",)
    for n, start in enumerate((
        b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"\x7fELF\x02\x01\x01",
        b"MZ\x90\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Rar!\x1a\x07\x00",
        b"7z\xbc\xaf\x27\x1c",
        b"SQLite format 3\0", b"PAR1\x15\x04",
    )):  # fmt: skip
        yield Case(f"magic/{n}.txt", start + chance.randbytes(3000), 0, unknown)
    for n, start in enumerate((b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd",
                               b"PK\x03\x04", b"PK\x05\x06")):  # fmt: skip
        yield Case(f"magic/packed{n}.txt", start + chance.randbytes(3000), 0, ("damaged-file",))
    for start, name in ((b"WARC/1.0\r\n", "warc"), (b"<DOC>", "sgml")):
        yield Case(f"magic/noise.{name}", start + chance.randbytes(3000), 0, None)
    yield Case("magic/readme.md", b"# Only English here\n", 0, unknown)
    yield Case("magic/data.xml", b"<?xml version='1.0'?><a><b/></a>", 0, unknown)


def warcs() -> Iterator[Case]:
    """Crawls with records that lie."""
    good = samples.warc()
    yield Case("warc/length.warc", good.replace(b"Content-Length: ", b"Content-Length: 9", 1))
    yield Case("warc/status.warc", good.replace(b"HTTP/1.1 200 OK", b"ICY what", 1))
    yield Case(
        "warc/no-type.warc",
        good.replace(b"WARC-Type: response", b"WARC-Type: x"),
        0,
        ("no-records",),
    )
    yield Case("warc/garbage.warc", good + b"garbage" * 1000)


def duplicates() -> Iterator[Case]:
    """The same id with other bodies: both come, the database decides."""
    for n, body in enumerate((samples.BODY, samples.SECOND_BODY)):
        record = {"id": "same", "source": "النهضة", "text": body}
        yield Case(f"duplicate/{n}.jsonl", json.dumps(record).encode(), 1, ())
