"""Every template is used: by our code, by another template, or in the place of a package's own."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.template.utils import get_app_template_dirs

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
PACKAGES = """
accounts articles config database desk forum mail pagecache privacy publication search text transfer
""".split()
# Asked for by a status, `f"{status}.html"`, by Django or by our views.
BY_STATUS = re.compile(r"[45]\d\d(_csrf)?\.html")
# Django's admin asks for one of a model before its own.
OF_A_MODEL = re.compile(r"admin/\w+/\w+/(change_form|change_list|submit_line)\.html")
# crispy-forms asks for those of the pack that settings.py names.
PACK = {"parley/field.html", "parley/whole_uni_form.html"}
# An email is named without the ends of its parts; its HTML is asked for beside its text.
PART_OF_AN_EMAIL = re.compile(
    r"(?:account|mfa|socialaccount)/email/(\w+)_(subject|message)\.(txt|html)"
)
# accounts.tasks chooses these by the state of the account, allauth the others.
EMAILS = {
    "account_inactive",
    "code",
    "reauthentication_code",
    "recovery_announced",
    "recovery_done",
    "recovery_moved",
    "recovery_stopped",
    "signup_code",
    "unknown_account",
}


def names() -> list[str]:
    found = (file for file in TEMPLATES.rglob("*") if file.is_file())
    return sorted(str(file.relative_to(TEMPLATES)).removeprefix("jinja2/") for file in found)


@cache
def sources() -> dict[str, str]:
    """Return the text of everything that may name a template."""
    python = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    files = [*python, *(file for file in TEMPLATES.rglob("*") if file.is_file())]
    return {str(file): file.read_text() for file in files}


def is_in_a_package(name: str) -> bool:
    return any((folder / name).exists() for folder in get_app_template_dirs("templates"))


def is_known_by_name(name: str) -> bool:
    by_name = BY_STATUS.fullmatch(name) or OF_A_MODEL.fullmatch(name) or name in PACK
    return bool(by_name) or is_in_a_package(name) or is_email(name)


def is_email(name: str) -> bool:
    part = PART_OF_AN_EMAIL.fullmatch(name)
    return bool(part and (part[1] in EMAILS or is_in_a_package(name.replace(".html", ".txt"))))


@pytest.mark.parametrize("name", names())
def test_every_template_is_used(name: str) -> None:
    by_others = (text for file, text in sources().items() if not file.endswith(f"/{name}"))
    words = re.sub(r"_(subject|message)[.](txt|html)$", "", name)
    asked_for = re.compile(rf"\b{re.escape(words)}")
    asking = (text for text in by_others if words in text)  # ten times as fast as the pattern
    assert is_known_by_name(name) or any(map(asked_for.search, asking))


def test_the_emails_of_accounts_are_asked_for() -> None:
    tasks = "".join(text for file, text in sources().items() if "/accounts/" in file)
    assert [
        email for email in EMAILS if f'"{email}"' not in tasks and f"/{email}" not in tasks
    ] == []


def test_a_key_stands_apart_from_the_word_before() -> None:
    """Without style sheets and in copied text "Undo" and its key "u" would be one word."""
    glued = re.compile(r"([^\s>–]|</(kbd|span)>)<kbd")
    assert [name for name, source in sources().items() if glued.search(source)] == []
