"""Links of pages and emails lead to this site, whatever a request claims."""

import re

import pytest
from django.test import Client, override_settings
from pytest_django import Settings

from accounts.models import User
from tests.accounts.reading import payloads
from tests.conftest import PASSWORD
from tests.mail import Outbox, text_of

HERE = re.compile(r"/(?![/\\])")


@pytest.mark.parametrize("url", payloads("open_redirect"))
def test_nobody_is_led_off_the_site(client: Client, reader: User, url: str) -> None:
    response = client.post(
        "/accounts/login/", {"login": reader.email, "password": PASSWORD, "next": url}
    )
    assert response.status_code == 302
    assert HERE.match(response.url)
    assert HERE.match(client.post("/accounts/logout/", {"next": url}).url)


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize("headers", [*payloads("host_poison"), {"Host": "evil.example"}])
def test_links_in_mails_come_from_the_setting(
    reader: User, outbox: Outbox, settings: Settings, headers: dict[str, str]
) -> None:
    sent = {
        f"HTTP_{name.upper().replace('-', '_')}": str(value)
        for name, value in (headers or {}).items()
    }
    client = Client(raise_request_exception=False)
    for address in (reader.email, "nobody@example.com"):
        client.post(
            "/accounts/password/reset/", {"email": address, "next": "https://evil.example/"}, **sent
        )
        client.post("/accounts/signup/", {"email": address, "username": "Nia Prosser"}, **sent)
    for message in outbox():
        assert "evil" not in message.as_string()
        assert all(
            link.startswith(settings.SITE_URL)
            for link in re.findall(r"https?://\S+", text_of(message))
        )
