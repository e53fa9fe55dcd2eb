"""Saved searches and the API's page, by a client without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from search import saved_view
from search.api import api
from search.api_docs import operations
from search.models import SavedSearch
from search.request import SearchRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("reader", password="a long secret of nine words")


@pytest.fixture
def mine(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def saved(query: str = "q=النفط") -> SavedSearch:
    return SavedSearch.objects.get(parameters=SearchRequest(query=query[2:]).query_string())


def test_a_visitor_is_asked_to_sign_in_and_comes_back(
    client: Client, owner: User, add_article: Any
) -> None:
    add_article("one", "أسعار النفط اليوم")
    page = client.get("/?q=النفط").content.decode()
    assert 'href="/account/sign-in/?next=/%3Fq%3D' in page
    answer = client.post(
        "/account/sign-in/",
        {"username": "reader", "password": "a long secret of nine words", "next": "/?q=1"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/?q=1")
    client.logout()
    for address in ("/saved/", "/saved/1/"):
        assert client.get(address)["Location"].startswith("/account/sign-in/?next=/saved/")


def test_wrong_passwords_are_told_in_the_readers_language(client: Client, owner: User) -> None:
    page = client.post("/account/sign-in/", {"username": "reader", "password": "no"})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_what_was_added_since_the_last_visit_is_new(mine: Client, add_article: Any) -> None:
    add_article("old", "أسعار النفط اليوم")
    mine.post("/saved/new/", {"search": "q=النفط"})
    mine.post("/saved/new/", {"search": "q=النفط"})  # twice is once
    assert "لا جديد" in mine.get("/saved/").content.decode()
    add_article("other", "أسعار القمح اليوم")
    new = add_article("new", "ارتفعت أسعار النفط", year=2001)  # published long ago, added now
    page = mine.get("/saved/")
    assert "نتيجة جديدة واحدة" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    to = mine.get(f"/saved/{saved().pk}/")["Location"]
    results = mine.get(to).content.decode()
    assert f"/articles/{new.pk}/" in results
    assert results.count("<article") == 1
    assert "الجديد منذ زيارتك الأخيرة" in results
    assert "لا جديد" in mine.get("/saved/").content.decode()
    assert "added-after" not in mine.get(f"/saved/{saved().pk}/")["Location"]


def test_a_saved_search_can_be_renamed_and_deleted(mine: Client) -> None:
    mine.post("/saved/new/", {"search": "q=النفط"})
    address = f"/saved/{saved().pk}/change/"
    mine.post(address, {"name": "  سوق   النفط "})
    assert saved().name == "سوق النفط"
    mine.post(address, {"name": " "})
    assert saved().name == "سوق النفط"
    mine.post(address, {"delete": "1", "name": "x"})
    assert not SavedSearch.objects.exists()


def test_nobody_reaches_anothers_searches(mine: Client) -> None:
    other = User.objects.create_user("other")
    one = SavedSearch.objects.create(owner=other, name="x", parameters="q=x")
    assert mine.get(f"/saved/{one.pk}/").status_code == 404
    assert mine.post(f"/saved/{one.pk}/change/", {"delete": "1"}).status_code == 404
    assert SavedSearch.objects.filter(pk=one.pk).exists()
    assert "لم تحفظ" in mine.get("/saved/").content.decode()


def test_there_is_a_bound_and_nothing_empty_is_kept(
    mine: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_view, "MOST", 2)
    mine.post("/saved/new/", {"search": "scope=articles"})
    assert not SavedSearch.objects.exists()
    answers = [mine.post("/saved/new/", {"search": f"q={n}"}).status_code for n in range(3)]
    assert answers == [302, 302, 403]


def test_the_apis_page_has_every_operation_and_its_examples_work(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    document = api.get_openapi_schema()
    listed = list(operations(document))
    assert len(listed) == sum(len(methods) for methods in document["paths"].values()) > 5
    for operation in listed:
        assert f'id="{operation.identifier}"' in page
        for parameter in operation.parameters:
            assert f"<code>{parameter.name}</code>" in page
        if operation.example:
            assert client.get(operation.example).status_code == 200
    for name in document["components"]["schemas"]:
        assert f'id="schema-{name}"' in page
    assert "http" not in page.replace('xmlns="http', "").split("<main")[1].split("</main")[0]
