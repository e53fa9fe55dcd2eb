"""The administration in a real browser, under the site's own security policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

PASSWORD = "كلمة سر طويلة بما يكفي"


def test_it_serves_the_admin_under_the_content_security_policy(
    page: Page, django_user_model: Any, assert_accessible: Callable[..., None]
) -> None:
    django_user_model.objects.create_superuser("curator", "", PASSWORD)
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_accessible(page)
    page.fill("#id_username", "curator")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    expect(page).to_have_title(re.compile("إدارة أقوال"))
    # The calendar and the filter boxes of the admin are scripts of its own.
    page.goto("/admin/auth/user/")
    page.click("#result_list tbody th a")
    expect(page.locator(".datetimeshortcuts").first).to_be_visible()


@pytest.mark.django_db
def test_it_speaks_arabic_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get("/admin/login/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "ar"
    client.post("/i18n/setlang/", {"language": "en"})
    assert client.get("/admin/login/").headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_it_sends_the_security_headers(client: Client) -> None:
    headers = client.get("/admin/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_it_locks_the_door_after_five_wrong_passwords(
    client: Client, django_user_model: Any
) -> None:
    django_user_model.objects.create_superuser("curator", "", PASSWORD)
    for _ in range(5):
        client.post("/admin/login/", {"username": "curator", "password": "wrong"})
    answer = client.post("/admin/login/", {"username": "curator", "password": PASSWORD})
    assert answer.status_code == 429
    # Somebody else from the same address is not locked out with them.
    answer = client.post("/admin/login/", {"username": "other", "password": "wrong"})
    assert answer.status_code == 200
