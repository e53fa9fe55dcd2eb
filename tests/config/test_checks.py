"""The database check."""

from __future__ import annotations

import pytest

from config.checks import database_holds_arabic


@pytest.mark.django_db
def test_it_accepts_the_private_server() -> None:
    assert database_holds_arabic(databases=["default"]) == []


def test_it_looks_at_no_database_unasked() -> None:
    assert database_holds_arabic(databases=None) == []
