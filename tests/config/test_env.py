"""The readers of environment variables."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config import env


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("No", False), ("", True)],
)
def test_it_reads_booleans(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("X", value)
    assert env.boolean("X", default=True) is expected


@pytest.mark.parametrize("value", ["flase", "2", "نعم", "y"])
def test_it_refuses_a_misspelt_boolean(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting, match="X must be 1 or 0"):
        env.boolean("X", default=False)


@pytest.mark.parametrize("value", ["eighty", "8.0", "8_000", "٨٠", "-1", "99999", "--5", "-"])
def test_it_refuses_what_is_no_port(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting, match="X must be"):
        env.integer("X", 8000, low=1, high=65535)


def test_it_reads_integers_and_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " 8080 ")
    assert env.integer("X", 8000, low=1, high=65535) == 8080
    assert env.integer("UNSET", 8000, low=1, high=65535) == 8000
    monkeypatch.setenv("X", "a.org, b.org,,")
    assert env.words("X") == ["a.org", "b.org"]
    assert env.words("UNSET") == []


def test_it_finds_folders_from_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    default = tmp_path / "var"
    assert env.folder("UNSET", default) == default
    monkeypatch.setenv("X", "other var")
    assert env.folder("X", default) == tmp_path / "other var"
    monkeypatch.setenv("X", "/srv/a b")
    assert env.folder("X", default) == Path("/srv/a b")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://aq:p%40ss@db.example:5433/news?sslmode=require",
            env.Connection("news", "aq", "p@ss", "db.example", "5433", {"sslmode": "require"}),
        ),
        # A socket's folder, as libpq writes it.
        (
            "postgresql://aq@/news?host=%2Frun%2Fpg+sql&port=1",
            env.Connection("news", "aq", "", "/run/pg+sql", "1", {}),
        ),
        ("postgres://%2Frun%2Fpg/news", env.Connection("news", "", "", "/run/pg", "", {})),
    ],
)
def test_it_takes_an_address_apart(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: env.Connection
) -> None:
    monkeypatch.setenv("X", url)
    assert env.database("X", "") == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a:secret@b/c",
        "postgresql://a:secret@b",
        "postgresql://a:secret@b:port:/c?no=such",
    ],
)
def test_it_refuses_a_bad_address_without_repeating_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("X", url)
    with pytest.raises(env.BadSetting, match="^X ") as caught:
        env.database("X", "")
    assert "secret" not in str(caught.value)


def test_it_keeps_a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret_key"
    made = env.secret("UNSET", keep_in=file)
    assert len(made) > 50
    assert env.secret("UNSET", keep_in=file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]
    monkeypatch.setenv("X", "given")
    assert env.secret("X", keep_in=file) == "given"
    with pytest.raises(env.BadSetting, match="UNSET must be set"):
        env.secret("UNSET", keep_in=None)


@pytest.mark.parametrize(
    ("value", "expected"), [("admin", "admin/"), ("/desk/of-1/", "desk/of-1/"), ("", "d/")]
)
def test_it_reads_a_path(monkeypatch: pytest.MonkeyPatch, value: str, expected: str) -> None:
    monkeypatch.setenv("X", value)
    assert env.url_path("X", "d/") == expected


@pytest.mark.parametrize("value", ["/", "a//b", "a b", "<a>", "http://x/"])
def test_it_refuses_a_path_no_url_has(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.BadSetting, match="X must be"):
        env.url_path("X", "d/")


def test_it_knows_the_worlds_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "Asia/Damascus")
    assert env.time_zone("X", "UTC") == "Asia/Damascus"
    for wrong in ("Damascus", "/etc/passwd", "../UTC"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(env.BadSetting, match="X must name a time zone"):
            env.time_zone("X", "UTC")
