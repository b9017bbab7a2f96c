"""A password manager sees which account a password is for."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from accounts.models import User
from tests.mail import Outbox, code_in, link_in

VISIBLE = {"text", "email"}


class Inputs(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.found.append(dict(attrs))


def user_names(page: str) -> list[str | None]:
    return [
        field.get("value")
        for field in Inputs(page).found
        if field.get("autocomplete") == "username" and field.get("type") in VISIBLE
    ]


@pytest.mark.parametrize("page", ["/accounts/password/change/", "/accounts/reauthenticate/"])
def test_pages_of_an_account_name_it(page: str, reader: User, client: Client) -> None:
    client.post("/accounts/login/", {"login": reader.email, "password": "quiet harbour wall"})
    assert user_names(client.get(page).text) == [reader.email]


def test_the_page_for_a_first_password_names_it(
    author: User, client: Client, outbox: Outbox
) -> None:
    client.post("/accounts/login/code/", {"email": author.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(outbox()[0])})
    assert user_names(client.get("/accounts/password/set/").text) == [author.email]


def test_the_page_for_a_forgotten_password_names_it(
    reader: User, client: Client, outbox: Outbox
) -> None:
    client.post("/accounts/password/reset/", {"email": reader.email})
    [email] = outbox()
    page = client.get(link_in(email, "/accounts/password/reset/key/"), follow=True).text
    assert user_names(page) == [reader.email]
