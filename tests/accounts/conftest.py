import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def signed_in(client: Client, reader: User) -> Client:
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    return client
