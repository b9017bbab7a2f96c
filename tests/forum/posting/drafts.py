"""Helpers for tests of drafts."""

from urllib.parse import urlsplit

from django.test import Client

from tests.conftest import OUR_PAGE

ADDRESS = "/articles/high-tide/comments/"


def write(
    browser: Client,
    body: str = "My harbour is up a river.",
    email: str = "new@example.com",
    **fields: str,
) -> str:
    response = browser.post(ADDRESS, {"body": body, "email": email, **fields}, **OUR_PAGE)
    assert response.status_code == 302, response.content.decode()
    return urlsplit(response.url).path
