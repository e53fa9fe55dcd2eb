"""Small files of every format, written here: the same two articles in each."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TITLE = "الوزير يفتتح معرض الكتاب في دورته العاشرة"
BODY = (
    "افتتح وزير الثقافة مساء أمس معرض الكتاب في العاصمة بحضور عدد من الناشرين العرب.\n\n"
    "وقال الوزير: إن المعرض يجمع مئتي دار نشر من عشرين بلدا، وسيستمر عشرة أيام.\n\n"
    "وأضاف أن الدخول مجاني للطلاب طوال أيام المعرض."
)
SECOND_TITLE = "ارتفاع أسعار القمح في الأسواق العالمية"
SECOND_BODY = (
    "ارتفعت أسعار القمح اليوم بعد موجة جفاف أصابت مناطق الزراعة الرئيسية في العالم.\n\n"
    "وتوقع خبراء أن يستمر الارتفاع حتى نهاية العام الجاري."
)
ARTICLES = ((TITLE, BODY), (SECOND_TITLE, SECOND_BODY))


def records() -> list[dict[str, object]]:
    """The two articles under our own JSON field names."""
    return [
        {
            "id": f"a{n}",
            "title": title,
            "text": body,
            "source": "النهضة",
            "published_at": "2018-02-18T10:00:00Z",
            "url": f"https://example.org/{n}",
            "author": "سلمى حداد",
            "section": "ثقافة",
            "abstract": "",
        }
        for n, (title, body) in enumerate(ARTICLES, 1)
    ]


def jsonl() -> bytes:
    """One article a line."""
    return b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in records())


def json_array() -> bytes:
    """One array, indented."""
    return json.dumps(records(), ensure_ascii=False, indent=2).encode()


def wrapped_json() -> bytes:
    """An Elasticsearch answer."""
    hits = [{"_id": r["id"], "_source": r} for r in records()]
    return json.dumps({"took": 3, "hits": {"total": 2, "hits": hits}}).encode()


def saudinewsnet() -> bytes:
    """One day of SaudiNewsNet."""
    return json.dumps(
        [
            {
                "source": "النهضة",
                "url": r["url"],
                "date_extracted": "2015-07-21 02:51:32",
                "title": r["title"],
                "author": r["author"],
                "content": r["text"],
            }
            for r in records()
        ],
        indent=4,
    ).encode()


def ant() -> bytes:
    """Two <DOC> blocks."""
    return "\n".join(
        f"<DOC>\n<DOCNO>{r['id']}</DOCNO>\n<URL>{r['url']}</URL>\n<SRC>{r['source']}</SRC>\n"
        f"<CAT>culture</CAT>\n<TITLE>{r['title']}</TITLE>\n"
        f"<TIME>Sun, 18 Feb 2018 10:00:00 GMT</TIME>\n<AUTHOR>{r['author']}</AUTHOR>\n"
        f"<ABSTRACT>\n</ABSTRACT>\n<TEXT>\n{r['text']}\n</TEXT>\n</DOC>"
        for r in records()
    ).encode()


def csv() -> bytes:
    """Comma-separated, bodies quoted with their newlines."""
    rows = ["id,title,text,source,date"]
    rows += [f'{r["id"]},{r["title"]},"{r["text"]}",{r["source"]},18/02/2018' for r in records()]
    return "\r\n".join(rows).encode()


def tsv() -> bytes:
    """Tab-separated."""
    rows = ["id\theadline\tcontent\tdate"]
    rows += [
        "\t".join((str(r["id"]), str(r["title"]), str(r["text"]).replace("\n", " "), "2018-02-18"))
        for r in records()
    ]
    return "\n".join(rows).encode()


def paragraphs(body: str) -> str:
    """The body as HTML paragraphs."""
    return "".join(f"<p>{p}</p>" for p in body.split("\n\n"))


def html(title: str = TITLE, body: str = BODY, charset: str = "utf-8") -> bytes:
    """A page with navigation, JSON-LD and a comment form around the article."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": "2018-02-18T12:00:00+02:00",
                "author": {"@type": "Person", "name": "سلمى حداد"},
                "publisher": {"@type": "Organization", "name": "النهضة"},
            },
        ],
    }
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">'
        f"<title>{title} | النهضة</title>"
        f'<link rel="canonical" href="https://example.org/1">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/s'>رياضة</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{paragraphs(body)}</article>"
        "<div id='respond'><h3>اترك رد</h3><p>لن يتم نشر عنوان بريدك الإلكتروني.</p></div>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode(charset)


def rss() -> bytes:
    """An RSS 2.0 feed with full content."""
    items = "".join(
        f"<item><title>{r['title']}</title><link>{r['url']}</link>"
        f"<guid isPermaLink='false'>{r['id']}</guid><category>ثقافة</category>"
        f"<pubDate>Sun, 18 Feb 2018 10:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{paragraphs(str(r['text']))}]]></content:encoded></item>"
        for r in records()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>النهضة</title><link>https://example.org/</link>{items}</channel></rss>"
    ).encode()


def atom() -> bytes:
    """An Atom feed."""
    entries = "".join(
        f"<entry><id>{r['id']}</id><title>{r['title']}</title><link href='{r['url']}'/>"
        f"<published>2018-02-18T10:00:00Z</published><author><name>{r['author']}</name></author>"
        f"<content type='html'>{paragraphs(str(r['text'])).replace('<', '&lt;')}</content></entry>"
        for r in records()
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>النهضة</title>{entries}</feed>"
    ).encode()


def wxr() -> bytes:
    """A WordPress export with a draft and an attachment among the posts."""

    def item(record: Mapping[str, object], kind: str, status: str) -> str:
        return (
            f"<item><title>{record['title']}</title><link>{record['url']}</link>"
            f"<guid>{record['id']}</guid><dc:creator>{record['author']}</dc:creator>"
            f"<category domain='post_tag'>معرض</category>"
            f"<category domain='category'>ثقافة</category>"
            f"<content:encoded><![CDATA[{record['text']}]]></content:encoded>"
            f"<excerpt:encoded><![CDATA[]]></excerpt:encoded>"
            f"<wp:post_date_gmt>2018-02-18 10:00:00</wp:post_date_gmt>"
            f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type></item>"
        )

    one, two = records()
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>النهضة</title>'
        + item(one, "post", "publish")
        + item(one, "attachment", "inherit")
        + item(two, "post", "draft")
        + item(two, "post", "publish")
        + "</channel></rss>"
    ).encode()


def warc(compressed: bool = False) -> bytes:
    """Two pages, a picture and a missing page."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=compressed)

    def add(url: str, status: str, kind: str, payload: bytes) -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(payload), http_headers=headers
            )
        )

    add("https://example.org/1", "200 OK", "text/html; charset=utf-8", html())
    add("https://example.org/p.png", "200 OK", "image/png", b"\x89PNG")
    add("https://example.org/no", "404 Not Found", "text/html", html())
    add(
        "https://example.org/2",
        "200 OK",
        "text/html; charset=windows-1256",
        html(SECOND_TITLE, SECOND_BODY, "windows-1256"),
    )
    return buffer.getvalue()


def text(title: str = TITLE, body: str = BODY) -> bytes:
    """Headline, blank line, article."""
    return f"{title}\n\n{body}\n".encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """A tar of the members; mode "w:gz" and so on to compress it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


# Every way to pack one file's bytes: ending → packed.
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
    ".zip": lambda data: zipped({"inner/x": data}),
    ".tar": lambda data: tarred({"inner/x": data}),
    ".tar.gz": lambda data: tarred({"inner/x": data}, "w:gz"),
    ".tar.bz2": lambda data: tarred({"inner/x": data}, "w:bz2"),
    ".tar.xz": lambda data: tarred({"inner/x": data}, "w:xz"),
    ".tar.zst": lambda data: zstandard.ZstdCompressor().compress(tarred({"inner/x": data})),
    ".tar with a zip": lambda data: tarred({"inner.zip": zipped({"x": data})}),
}
