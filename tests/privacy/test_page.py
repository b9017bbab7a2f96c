"""The privacy page shows the notes beside the models and the cookies that pages set."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from privacy.cookies import BROWSER_STORAGE, COOKIES
from privacy.notes import notes
from privacy.remains import REMAINS
from tests.test_architecture import ROOT


@pytest.fixture
def page(client: Client, db: None) -> str:
    return unescape(client.get(reverse("privacy")).content.decode())


def test_the_page_shows_every_note(page: str) -> None:
    for note in notes():
        assert all(str(words) in page for words in (note.what, note.why, note.how_long)), note


def test_the_page_lists_cookies_and_what_remains(page: str) -> None:
    for each in [*COOKIES, *BROWSER_STORAGE]:
        assert each.name in page
        assert each.how_long in page
    for left in REMAINS:
        assert str(left.what) in page


def test_help_leads_to_the_page(client: Client, db: None) -> None:
    assert reverse("privacy") in client.get(reverse("help")).content.decode()


def test_the_page_lists_what_scripts_store() -> None:
    names = [each.name for each in BROWSER_STORAGE]
    scripts = "\n".join(file.read_text() for file in (ROOT / "static").rglob("*.js"))
    assert scripts.count("localStorage.setItem(") <= 6, "name it in BROWSER_STORAGE"
    assert scripts.count("sessionStorage.setItem(") <= 1, "name it in BROWSER_STORAGE"
    assert scripts.count("indexedDB.open(") <= 1, "name it in BROWSER_STORAGE"
    assert [name for name in names if name not in scripts] == []
