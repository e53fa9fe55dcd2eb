"""The API: what it answers, and that nothing sent to it raises."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from tests import builders


@pytest.fixture
def made(db: None) -> dict[str, Any]:
    cache.clear()
    return builders.small_corpus()


def test_it_searches_articles_and_statements(client: Client, made: dict[str, Any]) -> None:
    found = client.get("/api/v1/search/articles?q=تدمر").json()
    assert found["count"] == 2 and found["exact"] is True and found["next"] is None
    assert {hit["article"]["id"] for hit in found["results"]} == {
        made["first"].pk,
        made["second"].pk,
    }
    found = client.get(f"/api/v1/search/statements?speaker={made['kremlin'].pk}").json()
    assert [hit["statement"]["key"] for hit in found["results"]] == [made["colon"].key]


def test_cursors_lead_through_all_results(client: Client, db: None) -> None:
    cache.clear()
    builders.indexed([builders.article(body=f"خبر عن تدمر رقم {n}") for n in range(12)])
    first = client.get("/api/v1/search/articles?q=تدمر").json()
    second = client.get(f"/api/v1/search/articles?q=تدمر&cursor={first['next']}").json()
    ids = [h["article"]["id"] for h in (*first["results"], *second["results"])]
    assert len(ids) == len(set(ids)) == 12
    assert second["next"] is None


def test_it_gives_articles_statements_and_speakers(client: Client, made: dict[str, Any]) -> None:
    article = client.get(f"/api/v1/articles/{made['first'].pk}").json()
    for said in article["statements"]:
        assert article["body"][said["start"] : said["end"]] == said["text"]
    said = client.get(f"/api/v1/statements/{made['direct'].key}").json()
    assert said["speaker"]["name"] == "حسن روحاني"
    speaker = client.get(f"/api/v1/speakers/{made['rouhani'].pk}").json()
    assert speaker["statements"] == 2
    assert client.get("/api/v1/trends?q=تدمر").json() == [
        {"name": "تدمر", "years": {"2016": 1, "2018": 1}}
    ]
    assert {f["name"] for f in client.get("/api/v1/facets?q=تدمر").json()} >= {"sources", "years"}


@pytest.mark.parametrize(
    "address", ["articles/0", "articles/x", "statements/%00", "speakers/" + "9" * 40]
)
def test_it_says_what_is_missing(client: Client, made: dict[str, Any], address: str) -> None:
    assert client.get(f"/api/v1/{address}").status_code == 404


def test_it_limits_how_often_one_address_asks(client: Client, made: dict[str, Any]) -> None:
    answers = [client.get("/api/v1/articles/0").status_code for _ in range(122)]
    assert answers[0] == 404 and answers[-1] == 429
    cache.clear()


def test_nothing_sent_breaks_the_schema(transactional_db: None, live_server: Any) -> None:
    cache.clear()
    builders.small_corpus()
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @settings(
            max_examples=20,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            cache.clear()  # so that the throttle does not answer instead
            case.call_and_validate()

        check()
