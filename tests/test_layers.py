"""Which part may import which. Read from the source, so that lazy imports count too.

search may import corpus; corpus may import search only at its edges, where pages and
commands are put together; the pure parts import no Django and no models.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("config", "corpus", "search")

# Parts (as module prefixes) of corpus where it meets the search.
EDGES = ("corpus.admin", "corpus.views", "corpus.management.commands")

# Parts that must work with neither Django nor a database.
PURE = (
    "config.embedded_postgres",
    "config.env",
    "config.launch",
    "config.paths",
    "corpus.citations",
    "corpus.cleaning",
    "corpus.dates",
    "corpus.documents",
    "corpus.fetching",
    "corpus.importers",
    "corpus.neardup",
    "corpus.quotes",
    "corpus.segments",
    "corpus.speakers",
    "corpus.text",
    "corpus.wordings",
    "search.syntax",
)

DJANGO = ("django", "psqlextra", "csp", "axes", "ninja")
MODELS = (
    "config.settings",
    "corpus.admin",
    "corpus.indexing",
    "corpus.ingest",
    "corpus.models",
    "corpus.resolution",
    "corpus.views",
)


# Packages whose modules import one another in one direction only, the package itself last.
ONE_WAY = ("config.embedded_postgres",)


def within(module: str, parts: tuple[str, ...]) -> bool:
    """Whether the module is one of the parts or inside one (`corpus.admin_x` is in neither)."""
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def imported(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything imported, relative imports made absolute.

    `from a import b` yields both `a` and `a.b`, since b may be a module.
    """
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield node.lineno, base
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and _is_import_call(node):
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield node.lineno, name.value


def _is_import_call(node: ast.Call) -> bool:
    """importlib.import_module("…") and __import__("…")."""
    called = node.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in {"import_module", "__import__"} and bool(node.args)


def objection(module: str, target: str) -> str | None:
    """Why this module may not import the target; None when it may."""
    if within(module, PURE):
        if within(target, DJANGO):
            return "is pure: no Django"
        if within(target, MODELS):
            return "is pure: no models and nothing that needs them"
    if module.startswith("corpus.") or module == "corpus":
        if within(target, ("search",)) and not within(module, EDGES):
            return "corpus knows of search only in its admin, views and commands"
        # URLs and checks are wired in config, from outside.
        if within(target, ("config",)):
            return "config wires the apps together; they do not import it"
    if within(module, ("search",)) and within(target, ("config",)):
        return "config wires the apps together; they do not import it"
    return None


def offences(root: Path) -> list[str]:
    """`file:line imports target: why not`, for every forbidden import below the root."""
    found = []
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            relative = path.relative_to(root)
            is_package = path.name == "__init__.py"
            module = ".".join(
                relative.parent.parts if is_package else relative.with_suffix("").parts
            )
            tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(relative))
            told = set()
            for line, target in imported(tree, module, is_package):
                why = objection(module, target)
                if why and (line, why) not in told:
                    told.add((line, why))
                    found.append(f"{relative}:{line} imports {target}: {why}")
    return found


def dependencies(root: Path, package: str) -> dict[str, set[str]]:
    """For each module of a package, by its file's name, which others of it it imports.

    What a module takes from the package itself counts as an import of `__init__`.
    """
    folder = root / Path(*package.split("."))
    modules = {path.stem for path in folder.glob("*.py")}
    found = {}
    for module in sorted(modules):
        tree = ast.parse((folder / f"{module}.py").read_text(encoding="utf-8"))
        inside = package if module == "__init__" else f"{package}.{module}"
        targets = {target for _, target in imported(tree, inside, module == "__init__")}
        names = {
            target.removeprefix(f"{package}.").split(".")[0]
            for target in targets
            if target.startswith(f"{package}.")
        }
        found[module] = {name if name in modules else "__init__" for name in names}
    return found


def test_it_finds_no_import_in_the_wrong_direction() -> None:
    assert offences(ROOT) == []


@pytest.mark.parametrize("package", ONE_WAY)
def test_it_finds_no_circle_of_imports(package: str) -> None:
    # Raises CycleError, which names the circle.
    order = list(TopologicalSorter(dependencies(ROOT, package)).static_order())
    assert "__init__" in order


@pytest.mark.parametrize(
    "source",
    [
        "from config.embedded_postgres import users",
        "def f():\n    from config.embedded_postgres.users import stop",
        "from config.embedded_postgres import stop",  # By way of the package itself.
        "from . import users",
    ],
)
def test_it_objects_to_a_planted_circle(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "config" / "embedded_postgres"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("from config.embedded_postgres.users import stop")
    (folder / "users.py").write_text("from config.embedded_postgres import place")
    (folder / "place.py").write_text(source)
    with pytest.raises(CycleError):
        TopologicalSorter(dependencies(tmp_path, "config.embedded_postgres")).prepare()


def test_every_named_part_is_spelt_like_a_real_one() -> None:
    """A rule about a part that was renamed would hold for ever, silently."""
    missing = [
        part
        for part in (*PURE, *EDGES, *ONE_WAY)
        if not (ROOT / Path(*part.split("."))).is_dir()
        and not (ROOT / Path(*part.split("."))).with_suffix(".py").is_file()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("file", "source", "reason"),
    [
        # Every rule, broken once, each in another way of importing.
        ("corpus/text/fold.py", "import django.utils.html", "no Django"),
        ("corpus/quotes/find.py", "from corpus.models import Article", "no models"),
        ("corpus/quotes/find.py", "from ..models.articles import Article", "no models"),
        ("corpus/quotes/find.py", "from corpus import models", "no models"),
        ("corpus/importers/__init__.py", "from .. import models", "no models"),
        ("corpus/dates/parse.py", "def f():\n    from corpus import ingest", "no models"),
        ("corpus/documents.py", "from psqlextra.types import X", "no Django"),
        ("config/env.py", "import importlib\nimportlib.import_module('django')", "no Django"),
        ("search/syntax.py", "from django.db import models", "no Django"),
        ("corpus/ingest.py", "from search.engine import search", "corpus knows"),
        ("corpus/models/articles.py", "import search", "corpus knows"),
        ("corpus/ingest.py", "from config.paths import DATA_DIR", "config wires"),
        ("search/engine.py", "from config import settings", "config wires"),
    ],
)
def test_it_objects_to_a_planted_import(
    tmp_path: Path, file: str, source: str, reason: str
) -> None:
    planted = tmp_path / file
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")
    found = offences(tmp_path)
    assert len(found) == 1
    assert reason in found[0]
    assert found[0].startswith(f"{file}:")


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("corpus/views.py", "from search.engine import search"),
        ("corpus/admin/articles.py", "from search.engine import search"),
        ("corpus/management/commands/reindex.py", "from search import engine"),
        ("search/engine.py", "from corpus.models import Article\nfrom django.db import models"),
        ("corpus/quotes/find.py", "from corpus.text import tokens\nfrom . import marks"),
        ("corpus/text/fold.py", "import djangology  # only begins like it"),
    ],
)
def test_it_allows_what_is_right(tmp_path: Path, file: str, source: str) -> None:
    planted = tmp_path / file
    planted.parent.mkdir(parents=True)
    planted.write_text(source, encoding="utf-8")
    assert offences(tmp_path) == []
