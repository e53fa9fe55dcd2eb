"""The benchmark on a corpus small enough for a test: what it measures, and that it cleans up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from search.benchmark import database, drawing
from search.management.commands import benchmark_search
from tests import builders

BODY = (
    "أعلنت الوزارة خطة جديدة لتطوير الموانئ في المدن الساحلية.\n"
    "وقال الوزير إن المشروع يبدأ في مطلع العام المقبل ويستمر ثلاث سنوات.\n"
    "ورحب الصيادون بالخطة لكنهم طالبوا بتعويضات عن مواسم الصيد الضائعة.\n"
    "وأوضح خبير اقتصادي أن كلفة المشروع تفوق التقديرات الأولى بكثير.\n"
    "وتقول البلدية إن الميناء القديم سيتحول إلى حديقة عامة ومتحف بحري."
)

pytestmark = pytest.mark.django_db(transaction=True)


def databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{database.PREFIX}%"]
        )
        return [row[0] for row in cursor.fetchall()]


def run(capsys: pytest.CaptureFixture[str], **options: Any) -> dict[str, Any]:
    call_command("benchmark_search", json=True, articles=300, live=100, queries=18, **options)
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_everything_is_measured_and_nothing_left_behind(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    builders.article(body=BODY, source="المرفأ")
    builders.article(body=BODY.replace("الموانئ", "المطارات"), source="الساحل")
    corpus = connection.settings_dict["NAME"]
    found = run(capsys, clients=2, keep=True)
    assert databases() == ["aqwal_benchmark_300_1"]
    assert connection.settings_dict["NAME"] == corpus

    assert found["loading"]["articles"] == 300
    assert found["loading"]["live_articles"] == 100
    assert found["loading"]["bulk_rate"] > 0
    assert set(found["times"]) == {
        *(benchmark_search.AQWAL, benchmark_search.STOCK_ALL, benchmark_search.STOCK_ANY),
        *(benchmark_search.FTS5_ALL, benchmark_search.FTS5_ANY),
    }
    ours = found["times"][benchmark_search.AQWAL]
    assert set(ours) == {*drawing.CLASSES, "all"}
    assert ours["all"]["n"] == 18
    assert 0 < ours["all"]["p50"] <= ours["all"]["p95"] <= ours["all"]["max"]
    assert found["clients"]["n"] == 36
    # So few articles are all candidates: nothing can be missed.
    assert found["overlap"]["all"] == 1.0

    again = run(capsys, clients=1, keep=True)
    assert "loading" not in again  # what was kept was used
    run(capsys, clients=1, only_aqwal=True)
    assert databases() == []


def test_without_articles_there_is_nothing_to_recombine() -> None:
    with pytest.raises(CommandError, match="import articles first") as caught:
        call_command("benchmark_search", articles=300)
    assert caught.value.returncode == 2
    assert databases() == []


def test_only_databases_of_the_benchmark_are_dropped() -> None:
    with pytest.raises(ValueError, match="no database of the benchmark"):
        database.drop("aqwal")
