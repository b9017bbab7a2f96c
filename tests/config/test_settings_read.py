"""Every setting is read: by our code, by Django, or by a package that is installed."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import global_settings

from config import settings

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = "accounts articles config database forum mail pagecache text transfer".split()
THEIRS = "allauth crispy_forms csp django_tasks django_tasks_db whitenoise".split()
# A package reads its settings without the prefix.
PREFIX = re.compile(r"^(ACCOUNT|MFA|SOCIALACCOUNT|USERSESSIONS|WHITENOISE|CRISPY)_")
WRITTEN = (ROOT / "config/settings.py").read_text()
NAMES = sorted(name for name in vars(settings) if name.isupper() and f"\n{name} =" in WRITTEN)


def folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


@cache
def words() -> set[str]:
    """Return every word in capitals of the code that may read a setting."""
    files = [file for package in [*OURS, *THEIRS] for file in folder(package).rglob("*.py")]
    templates = (ROOT / "templates").rglob("*.html")
    mine = {ROOT / "config/settings.py"}
    texts = (file.read_text() for file in [*files, *templates] if file not in mine)
    return {word for text in texts for word in re.findall(r"\b[A-Z][A-Z0-9_]+\b", text)}


def test_there_are_settings() -> None:
    assert {"STATIC_ROOT", "DATABASES", "TASKS"} <= {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_read(name: str) -> None:
    in_settings = len(re.findall(rf"\b{name}\b", WRITTEN)) > 1
    by_a_package = {name, PREFIX.sub("", name)} & words()
    assert hasattr(global_settings, name) or in_settings or by_a_package
