import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.factors import ASKED, App, sign_in
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    return client


@pytest.fixture
def app(reader: User) -> App:
    return App(reader)


@pytest.fixture
def asked(client: Client, reader: User, app: App) -> Client:
    """Return a browser that is asked for the second factor."""
    sign_in(client, reader)
    return client


@pytest.fixture
def fresh(client: Client, reader: User) -> Client:
    """Return a browser in which somebody has just shown that it is them."""
    sign_in(client, reader)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def with_app(asked: Client, app: App) -> Client:
    """Return a browser in which somebody has just signed in by password and app."""
    asked.post(ASKED, {"code": app.code()})
    return asked
