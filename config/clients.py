"""Who is asking, where a proxy stands between us and the visitor."""

from __future__ import annotations

from django.http import HttpRequest


def forwarded_address(request: HttpRequest) -> str:
    """The visitor's address as our own proxy saw it; only used with AQWAL_BEHIND_PROXY=1.

    The last entry of X-Forwarded-For is the one our proxy added. Those before it are the
    visitor's to invent, and would let him escape a lock-out or bring one upon somebody else.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
