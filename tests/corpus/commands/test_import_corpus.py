"""The command line: what it prints, and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from corpus.models import Article
from tests.corpus.ingest.corpora import article, write_jsonl


def run(*arguments: object) -> tuple[int, str]:
    """(exit code, standard output)."""
    out = StringIO()
    try:
        call_command("import_corpus", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.mark.django_db
def test_the_last_line_is_one_object_whose_counts_add_up(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1), article(2), article(1)])
    code, output = run(path, "--json")
    result = json.loads(output.splitlines()[-1])
    assert code == 0
    assert list(result)[:8] == [
        *("read", "imported", "updated", "unchanged", "duplicate", "rejected"),
        *("seconds", "reasons"),
    ]
    assert (result["read"], result["imported"], result["duplicate"]) == (3, 2, 1)
    assert result["reasons"] == {"same-text": 1}


@pytest.mark.django_db
def test_a_summary_for_people_names_rate_and_orthography(tmp_path: Path) -> None:
    code, output = run(write_jsonl(tmp_path / "a.jsonl", [article(1)]))
    assert code == 0
    assert "imported 1" in output
    assert "articles/s" in output
    assert "Orthography" in output


@pytest.mark.django_db
def test_a_summary_for_people_names_file_and_place_of_what_was_rejected(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1)])
    with path.open("a", encoding="utf-8") as file:
        file.write("not json\n" * 9)
    code, output = run(path)
    assert code == 1
    told = [line for line in output.splitlines() if line.startswith("Rejected:")]
    assert len(told) == 5, "of nine"
    assert "a.jsonl" in told[0]
    assert "2" in told[0].split("a.jsonl", 1)[1], "the line"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("bulk", [False, True])
def test_it_says_what_it_does_after_the_last_article(
    tmp_path: Path, bulk: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    run(write_jsonl(tmp_path / "a.jsonl", [article(1)]), *(["--bulk"] if bulk else []))
    told = capsys.readouterr().err
    assert "Looking for reprints" in told
    assert ("Building the search indexes" in told) == bulk


@pytest.mark.django_db
def test_quiet_prints_nothing_but_what_was_asked_for(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1)])
    assert run(path, "--quiet") == (0, "")
    code, output = run(path, "--quiet", "--json")
    assert (code, output.count("\n")) == (0, 1)


@pytest.mark.django_db
def test_one_bad_record_ends_with_1_and_leaves_the_others(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1), {"id": "x", "text": ""}])
    code, output = run(path)
    assert code == 1
    assert "no-text: 1" in output
    assert Article.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nowhere.jsonl"],
        ["{path}", "--format", "papyrus"],
        ["{picture}"],
    ],
)
def test_what_makes_no_sense_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [article(1)])
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    filled = [argument.format(path=path, picture=picture) for argument in arguments]
    assert run(*filled)[0] == 2
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "arguments", [["--map", "title"], ["--since", "yesterday"], ["--workers", "0"]]
)
def test_an_option_with_a_senseless_value_is_refused_by_the_parser(arguments: list[str]) -> None:
    """Which ends with 2 too, outside call_command."""
    with pytest.raises(CommandError, match=arguments[0]):
        call_command("import_corpus", "x", *arguments)


@pytest.mark.django_db
def test_a_mapping_names_the_files_own_fields(tmp_path: Path) -> None:
    record = article(1)
    mapped = {"nr": record["id"], "kopf": record["title"], "inhalt": record["text"]}
    path = write_jsonl(tmp_path / "a.jsonl", [mapped])
    maps = ["--map", "id=nr", "--map", "title=kopf", "--map", "text=inhalt"]
    assert run(path, "--source", "صحيفة", *maps)[0] == 0
    stored = Article.objects.get()
    assert (stored.external_id, stored.title) == (record["id"], record["title"])
    assert stored.source.name == "صحيفة"


def test_it_lists_its_formats() -> None:
    code, output = run("--list-formats")
    assert code == 0
    assert {"jsonl", "text", "antcorpus", "saudinewsnet"} <= {
        line.split()[0] for line in output.splitlines()
    }
