"""Directions of imports between packages (docs/architecture.md)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A package, and those of ours that it may import. Nothing imports config.
BELOW = {
    "pagecache": set[str](),
    "database": set[str](),
    "mail": set[str](),
    "text": set[str](),
    "images": set[str](),
    "publication": {"images", "pagecache", "text"},
    "accounts": {"database", "images", "mail", "pagecache", "publication", "text"},
    "articles": {"accounts", "database", "pagecache", "publication", "text"},
    "forum": {"accounts", "articles", "database", "mail", "pagecache", "publication", "text"},
    "search": {"accounts", "articles", "database", "forum", "text"},
    "transfer": {"accounts", "articles", "database", "forum", "mail", "pagecache", "text"},
}
BELOW["privacy"] = {*BELOW}
BELOW["desk"] = {*BELOW}
OURS = {*BELOW, "config", "benchmarks"}

# The packages of the forum, the lowest first: each may import those before it.
FORUM = [
    "people",
    "log",
    "discussion",
    "cases",
    "screening",
    "posting",
    "votes",
    "flags",
    "moderation",
    "questions",
    "notifications",
    "maintenance",
]
# Registries of the forum: a line or two for each package.
REGISTRIES = {
    "admin",
    "apps",
    "models",
    "tasks",
    "urls",
    "templatetags",
    "management",
    "migrations",
}

# The way up: work that is queued by name (forum/tasks.py).
TASKS_QUEUED_IN = {
    "forum/discussion/models/draft.py",
    "forum/flags/models/flag.py",
    "forum/log/models/action.py",
    "forum/moderation/discussion_settings.py",
    "forum/moderation/locking.py",
    "forum/moderation/models/objection.py",
    "forum/moderation/models/takedown.py",
    "forum/notifications/due.py",
    "forum/notifications/fan_out.py",
    "forum/notifications/flag_answers.py",
    "forum/notifications/followers.py",
    "forum/notifications/models/notification.py",
    "forum/notifications/periodic.py",
    "forum/posting/edit.py",
    "forum/posting/visibility.py",
    "forum/screening/models/lesson.py",
}

# These decide: text in, text out; a list in, a tree out.
WITHOUT_DJANGO = [
    "articles/passages/matching.py",
    "forum/cases/heat.py",
    "text/diff.py",
    "forum/discussion/quotation.py",
    "forum/discussion/tree.py",
    "forum/flags/weight.py",
    "forum/screening/checks.py",
    "forum/screening/facts.py",
    "forum/screening/links.py",
    "forum/screening/phrases.py",
    "forum/screening/spam/fingerprint.py",
    "forum/screening/spam/learning.py",
    "forum/screening/spam/tokens.py",
    "forum/screening/spam/weights.py",
    "forum/screening/verdict.py",
    "publication/colours.py",
    "publication/crawlers.py",
    "search/likeness.py",
    "text/folding.py",
    "text/search_marks.py",
    "text/search_words.py",
    "forum/votes/fraud.py",
    "forum/votes/ranking.py",
    "text/html_blocks.py",
    "text/markdown.py",
    "text/references.py",
]


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its name, migrations left out."""
    found = {}
    for package in {*BELOW, "config"}:
        for file in (ROOT / package).rglob("*.py"):
            if "migrations" not in file.parts:
                name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = file
    return found


@cache
def imports(file: Path, *, types: bool = True) -> frozenset[str]:
    """Return the full names that a file imports, inside
    functions too; those for type checks alone if wanted.
    """
    tree = ast.parse(file.read_text())
    left_out = set[ast.AST]() if types else set(_for_types(tree))
    return frozenset(
        name for node in ast.walk(tree) if node not in left_out for name in _names(node)
    )


def _for_types(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            yield from ast.walk(node)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are written with the whole name"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def definitions(file: Path) -> set[str]:
    """Return the names of the functions and classes of a module."""
    nodes = ast.parse(file.read_text()).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def python_files(folder: str) -> list[Path]:
    return [
        file for file in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in file.parts
    ]


@pytest.mark.parametrize("package", BELOW)
def test_a_package_imports_only_those_below_it(package: str) -> None:
    strangers = {
        (str(file.relative_to(ROOT)), name)
        for file in python_files(package)
        for name in imports(file)
        if name.split(".")[0] in OURS - BELOW[package] - {package}
    }
    assert strangers == set()


def test_the_root_of_the_forum_holds_registries_only() -> None:
    there = {
        path.stem
        for path in (ROOT / "forum").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - {"__init__"} == REGISTRIES | {*FORUM}


@pytest.mark.parametrize("package", FORUM)
def test_a_package_of_the_forum_imports_only_those_before_it(package: str) -> None:
    allowed = {*FORUM[: FORUM.index(package) + 1], "tasks"}
    strangers = {
        (str(file.relative_to(ROOT)), name)
        for file in python_files(f"forum/{package}")
        for name in imports(file)
        if name.startswith("forum.") and name.split(".")[1] not in allowed
    }
    assert strangers == set()


def test_no_package_imports_the_views_of_another() -> None:
    strangers = {
        (str(file.relative_to(ROOT)), name)
        for package in FORUM
        for file in python_files(f"forum/{package}")
        for name in imports(file)
        if name.startswith("forum.") and ".views" in name and name.split(".")[1] != package
    }
    assert strangers == set()


def test_tasks_are_queued_where_this_test_says() -> None:
    queued = {
        str(file.relative_to(ROOT))
        for package in FORUM
        for file in python_files(f"forum/{package}")
        if any(name.startswith("forum.tasks") for name in imports(file))
    }
    assert queued == TASKS_QUEUED_IN


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: _imported_by(name, file) for name, file in modules().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def _imported_by(name: str, file: Path) -> set[str]:
    known = modules()
    targets = {
        each if each in known else each.rpartition(".")[0] for each in imports(file, types=False)
    }
    return {each for each in targets if each in known and each not in {name, "forum.tasks"}}


@pytest.mark.parametrize("file", WITHOUT_DJANGO)
def test_what_decides_knows_neither_database_nor_request(file: str) -> None:
    assert not any(name.split(".")[0] == "django" for name in imports(ROOT / file))


@pytest.mark.parametrize("way", ["How a comment is posted", "How a discussion is read"])
def test_a_way_leads_through_the_functions_that_the_document_names(way: str) -> None:
    text = (ROOT / "docs/architecture.md").read_text().partition(f"## {way}\n")[2]
    text = text.partition("\n## ")[0]
    steps = re.findall(r"^\d\. `([\w/.]+)`: ((?:.+\n)+?)(?=\d\. |\n|\Z)", text, re.MULTILINE)
    assert 0 < len(steps) <= 5
    for file, words in steps:
        named = re.findall(r"`(\w+)`", words)
        assert named, file
        assert {*named} <= definitions(ROOT / file), file
