"""The choice of colours: kept in a cookie, and never a way off the site."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("back", "lands"),
    [
        ("/?q=تدمر", "/?q=%D8%AA%D8%AF%D9%85%D8%B1"),
        ("/help/", "/help/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_goes_back_on_this_site_only(client: Client, back: str, lands: str) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, lands)


def test_only_known_themes_are_drawn(client: Client) -> None:
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/help/").content.decode()
    client.post("/theme/", {"theme": "pink"})
    assert "data-theme" not in client.get("/help/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/help/").content.decode()


def test_reading_a_page_changes_nothing(client: Client) -> None:
    assert client.get("/theme/").status_code == 405
