"""A web server of the tests' own that serves feeds well and badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENTRY = """<item><guid>{id}</guid><title>{title}</title><link>https://news.example/{id}</link>
<pubDate>Mon, 02 Mar 2020 10:00:00 GMT</pubDate><description>{text}</description></item>"""


def rss(*entries: tuple[str, str, str], title: str = "وكالة الفرات") -> bytes:
    """A feed of (id, title, text)."""
    items = "".join(ENTRY.format(id=i, title=t, text=x) for i, t, x in entries)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://news.example/</link>{items}</channel></rss>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers by the path; `/seen` holds what was asked, in order."""

    server: FeedServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.pages.get(self.path, missing)(self)

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


Page = Callable[[Handler], None]


class FeedServer(ThreadingHTTPServer):
    """`pages` maps paths to what answers them; `asked` lists (path, headers)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


@contextmanager
def serving() -> Iterator[FeedServer]:
    """The server for as long as the block lasts."""
    server = FeedServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def page(body: bytes, status: int = 200, **headers: str) -> Page:
    """An answer; header names with _ for -."""

    def answer(request: Handler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


missing = page(b"", 404)


def unchanged_after(body: bytes, etag: str, modified: str) -> Page:
    """200 with these the first time, 304 to who sends them back."""

    def answer(request: Handler) -> None:
        headers = request.headers
        known = headers.get("If-None-Match") == etag
        if known and headers.get("If-Modified-Since") == modified:
            page(b"", 304)(request)
        else:
            page(body, ETag=etag, Last_Modified=modified)(request)

    return answer


def silent(seconds: float) -> Page:
    """Says nothing for so long."""

    def answer(request: Handler) -> None:
        time.sleep(seconds)

    return answer


def drip(seconds: float, *, headers: bool = False) -> Page:
    """A byte of the body, or of a header, every twentieth of a second: no wait is long."""

    def answer(request: Handler) -> None:
        end = time.monotonic() + seconds
        request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: " + (b"" if headers else b"\r\n\r\n"))
        try:
            while time.monotonic() < end:
                request.wfile.write(b"a" if headers else b" ")
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return  # the reader has had enough

    return answer


def endless(request: Handler) -> None:
    """A body without a declared length and without an end."""
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"<!-- -->" * 8192)
    except OSError:
        return


def cut_off(request: Handler) -> None:
    """Half of what it promised."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"<rss>")
