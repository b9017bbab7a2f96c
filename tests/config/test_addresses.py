"""The addresses that are nobody's page: for machines, and for the whole site."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.templatetags.static import static
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from config.views import health
from tests.conftest import OUR_PAGE


def test_the_process_is_up_whatever_the_database_does(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.parametrize(
    "host", ["10.1.2.3:8000", "pod-7", "", "talk.example.org, evil.example", "[::1"]
)
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_told_whatever_the_host(client: Client, db: None, path: str, host: str) -> None:
    assert client.get(path, HTTP_HOST=host).status_code == 200


def test_health_is_told_without_https(client: Client, db: None, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/readyz").content == b"ok\n"


def test_the_site_is_not_ready_while_a_migration_waits(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'config'")
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    ("name", "answer"), [("is_writable", False), ("_room", 0)], ids=["a standby", "a full disk"]
)
def test_the_site_is_not_ready_where_nothing_can_be_stored(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, name: str, answer: Any
) -> None:
    monkeypatch.setattr(health, name, lambda: answer)
    assert client.get("/readyz").status_code == 503


def test_robots_are_shown_the_way(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /accounts/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text


def test_who_finds_a_hole_finds_whom_to_tell(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(lines["Expires"])
    assert lines["Contact"].startswith("mailto:")
    assert timezone.now() < expires < timezone.now() + timedelta(days=365)


def test_a_password_manager_finds_the_password_page(client: Client) -> None:
    response = client.get("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, "/accounts/password/change/")


def test_a_chosen_theme_is_remembered(client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "/help/"}, **OUR_PAGE)
    assert (response.status_code, response["Location"]) == (303, "/help/")
    assert client.cookies["theme"].value == "dark"


@pytest.mark.parametrize("theme", ["system", "purple", ""])
def test_any_other_theme_is_that_of_the_system(theme: str, client: Client) -> None:
    client.cookies["theme"] = "dark"
    client.post("/theme/", {"theme": theme}, **OUR_PAGE)
    assert client.cookies["theme"].value == ""


@pytest.mark.parametrize(
    "path",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\t//evil.example", "help"],
)
def test_the_way_back_stays_on_the_site(path: str, client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": path}, **OUR_PAGE)
    assert response["Location"] == "/"


def test_another_site_cannot_choose_the_theme(client: Client, db: None) -> None:
    assert (
        client.post("/theme/", {"theme": "dark"}, HTTP_SEC_FETCH_SITE="cross-site").status_code
        == 403
    )


def test_the_usual_address_of_the_icon_leads_to_it(client: Client) -> None:
    assert client.get("/favicon.ico").url == static("favicon.ico")
