from collections.abc import Callable

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User
from tests.conftest import PASSWORD


@pytest.fixture
def desk(moderator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(moderator)


def test_people_are_found_by_name_and_address(
    desk: Client, reader: User, other_reader: User
) -> None:
    for words in ("okafor", "ines@example"):
        page = desk.get("/admin/accounts/user/", {"q": words}).content
        assert b"Ines Okafor" in page
        assert b"Tomas Reyle" not in page


def test_a_name_that_looks_like_anothers_is_an_error_and_not_a_fault(
    desk: Client, reader: User, other_reader: User
) -> None:
    page = desk.post(
        f"/admin/accounts/user/{other_reader.pk}/change/",
        {"username": "ines okafor", "email": "t@example.com"},
    )
    assert b"looks like it" in page.content


def test_somebody_added_there_can_sign_in(desk: Client, client: Client) -> None:
    fields = {"email": "nia@example.com", "username": "Nia", "usable_password": "true"}
    desk.post("/admin/accounts/user/add/", fields | {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/accounts/login/", {"login": "nia@example.com", "password": PASSWORD})
    assert get_user(client).username == "Nia"


def test_an_address_changed_there_lets_in_and_the_old_one_does_not(
    desk: Client, reader: User
) -> None:
    desk.post(
        f"/admin/accounts/user/{reader.pk}/change/",
        {"username": "Ines Okafor", "email": "New@example.com", "is_active": "on"},
    )
    assert reader.emailaddress_set.get().email == "new@example.com"


def test_its_door_is_the_sites_own(client: Client, db: None) -> None:
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"
