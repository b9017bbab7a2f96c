"""Choose the tests nearest to a change, for `manage.py test --quick`, and stop after 45 seconds."""

import subprocess
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, imports

SECONDS = 45
END = time.monotonic() + SECONDS
NO_TIME_LEFT = f"--quick ends after {SECONDS} seconds; without it, all tests run"
# They read the code, so every change may break them.
GUARDS = ["architecture", "docs", "routes", "sizes", "templates"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if time.monotonic() > END:
        pytest.skip(NO_TIME_LEFT)


def chosen() -> list[str]:
    """Return files and folders of tests, those nearest to the change first."""
    names = changed()
    guards = (f"tests/test_{guard}.py" for guard in GUARDS)
    wanted = chain(_themselves(names), _importing(names), _beside(names), guards)
    return [name for name in dict.fromkeys(wanted) if (ROOT / name).exists()]


def changed() -> list[str]:
    """Return the files that differ from main, or those of the last commit where none does."""
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    names = _git("diff", "--name-only", base[0])
    names += _git("ls-files", "--others", "--exclude-standard")
    return names or _git("diff", "--name-only", "HEAD~1")


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.split() if done.returncode == 0 else []


def _themselves(names: list[str]) -> Iterator[str]:
    for name in names:
        if name.startswith("tests/") and Path(name).name.startswith("test_"):
            yield name


def _importing(names: list[str]) -> Iterator[str]:
    """Yield the test files that import a changed module."""
    modules = {name.removesuffix(".py").replace("/", ".") for name in names if name.endswith(".py")}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        if any(name in modules or name.rpartition(".")[0] in modules for name in imports(file)):
            yield str(file.relative_to(ROOT))


def _beside(names: list[str]) -> Iterator[str]:
    """Yield the folders of tests that are named as the package of a changed file."""
    folders = {path.name: path for path in sorted((ROOT / "tests").rglob("*")) if path.is_dir()}
    for name in names:
        for part in reversed(Path(name).parts[:-1]):
            if part in folders and part != "browser":
                yield str(folders[part].relative_to(ROOT))
                break
