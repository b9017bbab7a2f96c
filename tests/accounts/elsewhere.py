"""A real OpenID Connect server beside the tests, and people who have accounts there."""

from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings

from config.sign_in_settings import providers

LOGIN = "/accounts/oidc/openid/login/"
FINISH = "/accounts/3rdparty/signup/"


class Provider:
    def __init__(self, address: str) -> None:
        self.address = address

    @property
    def setting(self) -> str:
        return self.address.replace("://", "://client:secret@")

    def knows(self, subject: str, **claims: Any) -> None:
        requests.put(f"{self.address}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def say_yes(self, url: str, subject: str) -> str:
        """Return where the provider leads back to, once somebody has signed in there."""
        response = requests.post(url, data={"sub": subject}, timeout=5, allow_redirects=False)
        return response.headers["Location"]


def go_out(client: Client, **fields: str) -> str:
    """Return the address at the provider to which the button leads."""
    page = client.post(LOGIN, fields).content.decode()
    return unescape(page.partition('content="0;url=')[2].partition('"')[0])


def come_back(client: Client, url: str) -> Any:
    parts = urlsplit(url)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in_elsewhere(client: Client, provider: Provider, subject: str, **fields: str) -> Any:
    return come_back(client, provider.say_yes(go_out(client, **fields), subject))


@pytest.fixture(scope="session")
def openid_server() -> Iterator[Provider]:
    with run_server_in_thread() as server:
        yield Provider(f"http://localhost:{server.server_port}")


@pytest.fixture
def provider(openid_server: Provider, settings: Settings) -> Provider:
    settings.SOCIALACCOUNT_PROVIDERS = providers("", "", openid_server.setting, "Example ID")
    return openid_server
