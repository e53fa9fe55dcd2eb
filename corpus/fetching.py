"""A feed's bytes from the network, bounded in size, time, redirects and reach. Pure.

    fetch("https://news.example/rss", etag='"a1"') → Fetched

Only http and https. Addresses that are not public (this machine, the local network) are
refused where a name resolves to one, at the moment of connecting and after each redirect,
so that nobody with a feed to enter can read what stands behind the firewall.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

AGENT = "Aqwal/1 (feed reader)"
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MEBIBYTE = 1024 * 1024
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """`seconds` is for the whole of a feed with its redirects, `silence` for one wait."""

    seconds: float = 60.0
    silence: float = 20.0
    size: int = 20 * MEBIBYTE
    redirects: int = 5
    private: bool = False  # whether addresses that are not public may be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: 200 with a body, or 304 with none. `url` is where it came from at last.

    `modified` is the server's own word, else the time of the answer.
    """

    url: str
    status: int
    body: bytes = b""
    etag: str = ""
    last_modified: str = ""
    modified: datetime


class FetchError(Exception):
    """No answer that could be read; `reason` is a slug, `status` the server's if it had one."""

    def __init__(self, reason: str, detail: str, status: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.status = status


def fetch(url: str, *, etag: str = "", last_modified: str = "", bounds: Bounds) -> Fetched:
    """Ask for a feed, conditionally where `etag` or `last_modified` are given.

    FetchError for everything that can go wrong; nothing else is raised.
    """
    headers = {"User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    deadline = time.monotonic() + bounds.seconds
    for _hop in range(bounds.redirects + 1):
        answer = _ask(url, headers, bounds, deadline)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise FetchError("feed-redirects", f"more than {bounds.redirects} redirects")


def _ask(url: str, headers: dict[str, str], bounds: Bounds, deadline: float) -> Fetched | str:
    """One request: an answer, or the address it redirects to."""
    connection, target = _connection(url, bounds, deadline)
    # A server that sends a byte of its headers at a time never lets a wait time out.
    late = threading.Event()
    clock = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, (connection, late))
    clock.daemon = True
    clock.start()
    try:
        connection.request("GET", target, headers=headers)
        response = connection.getresponse()
        if response.status in REDIRECTS and (place := response.getheader("Location")):
            return urljoin(url, place.strip())
        if response.status not in (200, 304):
            raise FetchError(
                "feed-status", f"{response.status} {response.reason}"[:200], response.status
            )
        body = b"" if response.status == 304 else _body(response, bounds, deadline)
        if late.is_set():
            # Cut off among its headers, an answer looks like one that has ended.
            raise TimeoutError
        return Fetched(
            url=url,
            status=response.status,
            body=body,
            etag=(response.getheader("ETag") or "")[:1000],
            last_modified=(response.getheader("Last-Modified") or "")[:200],
            modified=_moment(response.getheader("Last-Modified")),
        )
    except TimeoutError as error:
        raise FetchError("feed-timeout", "the server took too long") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise FetchError("feed-timeout", f"not done in {bounds.seconds:g} s") from error
        raise FetchError("feed-unreachable", f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        clock.cancel()
        connection.close()


def _connection(
    url: str, bounds: Bounds, deadline: float
) -> tuple[http.client.HTTPConnection, str]:
    """A connection not opened yet, and what to ask it for."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https") or not host:
            raise FetchError("feed-address", "only http and https addresses are fetched")
        host = host.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise FetchError("feed-address", f"no address: {error}"[:200]) from error
    timeout = max(0.01, min(bounds.silence, deadline - time.monotonic()))
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, port, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
    # The standard library's own hook, by which http.client opens its socket.
    connection._create_connection = _connector(bounds)  # type: ignore[attr-defined]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return connection, urlunsplit(("", "", path, query, ""))


def _connector(bounds: Bounds) -> Callable[..., socket.socket]:
    """Opens a socket to the first address of a name that may be asked and answers."""

    def connect(
        address: tuple[str, int], timeout: float, source_address: object = None
    ) -> socket.socket:
        host, port = address
        problem: OSError | None = None
        for family, kind, protocol, _name, place in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            if not bounds.private and not _is_public(str(place[0])):
                raise FetchError("feed-private-address", f"{host} is not on the public network")
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(timeout)
                opened.connect(place)
                return opened
            except OSError as error:
                problem = error
                opened.close()
        raise problem or OSError(f"{host} has no address")

    return connect


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    # An IPv6 address that carries an IPv4 one leads where that one does.
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """End a request that is under way, from another thread."""
    late.set()
    opened = connection.sock
    if opened is not None:
        try:
            opened.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself


def _body(response: http.client.HTTPResponse, bounds: Bounds, deadline: float) -> bytes:
    declared = response.length
    if declared is not None and declared > bounds.size:
        raise FetchError("too-large", f"a feed of {declared} bytes", response.status)
    pieces, size = [], 0
    # What has come is looked at as it comes: by now the connection may have given its
    # socket away, where the clock cannot reach it.
    while piece := response.read1(PIECE):
        if time.monotonic() > deadline:
            raise TimeoutError
        size += len(piece)
        if size > bounds.size:
            raise FetchError("too-large", f"more than {bounds.size} bytes", response.status)
        pieces.append(piece)
    # Reading in pieces ends without a word where the connection does.
    if declared is not None and size < declared:
        raise FetchError("feed-cut-off", f"{size} of {declared} bytes", response.status)
    return b"".join(pieces)


def _moment(header: str | None) -> datetime:
    try:
        found = parsedate_to_datetime(header or "")
    except (ValueError, TypeError):
        return datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
