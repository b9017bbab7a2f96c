"""Settings and commands are documented."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUNNING = (ROOT / "docs/running.md").read_text()

VARIABLE = re.compile(r"""(?:env\.\w+|read|self\.\w+|environ\.get)\(\s*"([A-Z][A-Z_]+)\"""")
SOURCES = [
    ROOT / "config/settings.py",
    ROOT / "config/environment.py",
    ROOT / "config/sign_in_settings.py",
    ROOT / "config/serve/checks.py",
]
VARIABLES = sorted({name for file in SOURCES for name in VARIABLE.findall(file.read_text())})
COMMANDS = sorted(
    file.stem
    for file in ROOT.glob("*/management/commands/*.py")
    if file.stem != "__init__" and ".venv" not in file.parts
)


def test_there_is_something_to_be_written_down() -> None:
    assert {
        "DEBUG",
        "SECRET_KEY",
        "DATABASE_URL",
        "CACHE_URL",
        "EMAIL_URL",
        "SITE_URL",
        "COMMENT_RATE",
    } <= {*VARIABLES}
    assert {"start", "test", "db_worker"} <= {*COMMANDS}


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_is_described(name: str) -> None:
    assert f"`{name}`" in RUNNING


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_is_in_the_example(name: str) -> None:
    assert re.search(rf"^#? ?{name}=", (ROOT / ".env.example").read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described(name: str) -> None:
    assert re.search(rf"`(python3 manage\.py )?{name}\b", RUNNING)


def test_the_example_has_nothing_that_is_not_read() -> None:
    example = (ROOT / ".env.example").read_text()
    assert {*re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, re.MULTILINE)} - {*VARIABLES} == set()
