"""Links of pages and emails lead to this site, whatever a request claims."""

import re

import pytest
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from django.test import Client, RequestFactory, override_settings
from pytest_django import Settings

from accounts.models import User
from tests.accounts.reading import payloads
from tests.conftest import PASSWORD
from tests.mail import Outbox, text_of

HERE = re.compile(r"/(?![/\\])")


OTHERS = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "/accounts/..//evil.example/",
]


@pytest.mark.parametrize("url", [*OTHERS, *payloads("open_redirect")])
def test_an_address_that_is_led_to_is_on_this_site(url: str, rf: RequestFactory) -> None:
    request = rf.post("/accounts/login/", {"next": url})
    with context.request_context(request):
        led_to = get_next_redirect_url(request)
    assert led_to is None or HERE.match(led_to)


def test_signing_in_and_out_leads_nobody_off_the_site(client: Client, reader: User) -> None:
    url = "https://evil.example/"
    signed_in = client.post(
        "/accounts/login/", {"login": reader.email, "password": PASSWORD, "next": url}
    )
    assert (signed_in.status_code, signed_in.url) == (302, "/")
    assert client.post("/accounts/logout/", {"next": url}).url == "/"


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
