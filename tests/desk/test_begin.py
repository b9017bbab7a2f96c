"""The first page for the administrator of a new site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from publication.current import Current, current, remember
from publication.models import Publication
from tests.conftest import PASSWORD

PAGE = "/desk/site/start/"


def where_to(person: User) -> str:
    form = {"login": person.email, "password": PASSWORD}
    return Client().post("/accounts/login/", form)["Location"]


@pytest.fixture
def new_site() -> None:
    remember(Current(Publication()))


def test_it_follows_the_sign_in_until_the_site_has_a_name(
    new_site: None,
    moderator: User,
    reader: User,
    client_of: Callable[[User], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    assert where_to(moderator) == PAGE
    assert where_to(reader) == "/"
    desk = client_of(moderator)
    assert desk.post(PAGE, {"act": "name", "name": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(PAGE, {"act": "name", "name": "The Harbour"})
    assert current().name == "The Harbour"
    assert where_to(moderator) == "/"


def test_done_ends_it_without_a_name(
    new_site: None,
    moderator: User,
    client_of: Callable[[User], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    desk = client_of(moderator)
    assert desk.post(PAGE, {"act": "email"}).status_code == 302
    assert desk.post(PAGE, {"act": "sample"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(PAGE, {"act": "finish"})["Location"] == "/desk/"
    assert where_to(moderator) == "/"
