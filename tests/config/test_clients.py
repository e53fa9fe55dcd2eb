"""Whose address counts behind a proxy."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from config.clients import forwarded_address


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("", "10.0.0.1"),
        ("203.0.113.7", "203.0.113.7"),
        # The first was sent by the visitor himself.
        ("1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("1.1.1.1,", "10.0.0.1"),
    ],
)
def test_it_believes_only_our_own_proxy(forwarded: str, expected: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert forwarded_address(request) == expected
