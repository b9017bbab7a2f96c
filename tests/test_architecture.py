"""Who may know whom."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"accounts", "articles", "benchmarks", "config", "database", "forum", "mail", "pagecache", "text"}

# A package or module, and those of ours that it may import.
MAY_KNOW = {
    "database": set[str](),
    "mail": set[str](),
    "pagecache": set[str](),
    "text": set[str](),
    "accounts": {"database", "mail", "pagecache", "text"},
    "articles": {"database", "pagecache", "text"},
    "forum": {"accounts", "articles", "database", "mail", "pagecache", "text"},
    "config": {"accounts", "articles", "database", "forum", "mail", "pagecache", "text"},
    "benchmarks": {"accounts", "articles", "config", "database", "forum", "mail", "pagecache", "text"},
}
# These think: text in, text out; a list in, a tree out.
WITHOUT_DJANGO = [
    "text/html_blocks.py",
    "text/markdown.py",
    "articles/passages/matching.py",
    "text/references.py",
    "forum/discussion/diff.py",
    "forum/flags/weight.py",
    "forum/cases/heat.py",
    "forum/discussion/quotation.py",
    "forum/votes/ranking.py",
    "forum/screening/checks.py",
    "forum/screening/facts.py",
    "forum/screening/links.py",
    "forum/screening/verdict.py",
    "forum/screening/phrases.py",
    "forum/screening/words.py",
    "forum/screening/spam/fingerprint.py",
    "forum/screening/spam/learning.py",
    "forum/screening/spam/tokens.py",
    "forum/screening/spam/weights.py",
    "forum/discussion/tree.py",
    "forum/votes/fraud.py",
]


def imports(file: Path) -> Iterator[str]:
    """The names that a file imports, those inside of functions and type checks included."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written with the whole name"
            yield node.module or ""


def packages(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(file)}


@pytest.mark.parametrize(("app", "known"), MAY_KNOW.items())
def test_an_app_knows_only_those_below_it(app: str, known: set[str]) -> None:
    strangers = {
        (str(file.relative_to(ROOT)), name)
        for file in (ROOT / app).rglob("*.py")
        for name in packages(file) & (OURS - known - {app})
    }
    assert strangers == set()


@pytest.mark.parametrize("file", WITHOUT_DJANGO)
def test_what_thinks_knows_neither_database_nor_request(file: str) -> None:
    assert "django" not in packages(ROOT / file)
