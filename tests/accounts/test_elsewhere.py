"""Signing in with an account elsewhere, tried against a real OpenID Connect server."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from config.sign_in_settings import providers
from tests.accounts.elsewhere import (
    FINISH,
    LOGIN,
    Provider,
    come_back,
    go_out,
    sign_in_elsewhere,
)
from tests.accounts.factors import ASKED, App
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, text_of

NEXT = "/topics/tides/"


@pytest.fixture
def connected(reader: User) -> SocialAccount:
    return SocialAccount.objects.create(user=reader, provider="openid", uid="ines")


# --- Where it is offered ---


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_it_is_offered_only_where_it_is_set(
    client: Client, openid_server: Provider, settings: Settings, path: str
) -> None:
    assert b"Continue with" not in client.get(path).content
    settings.SOCIALACCOUNT_PROVIDERS = providers("id:x", "id:x", openid_server.setting, "My ID")
    page = client.get(path).content.decode()
    for name in ("Google", "GitHub", "My ID"):
        assert f"Continue with {name}" in page


@pytest.mark.parametrize("path", ["google", "github", "oidc/openid", "oidc/other"])
@pytest.mark.parametrize("end", ["login/", "login/callback/"])
def test_an_address_of_what_is_not_set_is_not_there(client: Client, path: str, end: str) -> None:
    assert client.post(f"/accounts/{path}/{end}").status_code == 404


@pytest.mark.parametrize(
    ("name", "place"),
    [("google", "https://accounts.google.com/"), ("github", "https://github.com/login/oauth/")],
)
def test_google_and_github_are_led_to(
    client: Client, settings: Settings, name: str, place: str
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers("me:secret", "me:secret", "", "")
    page = client.post(f"/accounts/{name}/login/").content.decode()
    assert f'content="0;url={place}' in page
    assert "code_challenge=" in page
    assert "secret" not in page


def test_opening_the_address_asks_first(client: Client, provider: Provider) -> None:
    page = client.get(LOGIN).content.decode()
    assert "Continue with Example ID" in page
    assert "refresh" not in page


# --- A newcomer ---


def test_a_newcomer_chooses_a_name_and_is_in(
    client: Client, provider: Provider, outbox: Outbox
) -> None:
    profile = {"email": "jonas@example.com", "email_verified": True, "name": "Jonas Wick"}
    provider.knows("jonas", **profile, picture="https://example.com/j.png")
    response = sign_in_elsewhere(client, provider, "jonas", next=NEXT)
    assert response.url == FINISH
    assert b'value="Jonas Wick"' in client.get(FINISH).content
    assert client.post(FINISH, {"username": "Jonas Wick"}).url == NEXT
    person = User.objects.get(email="jonas@example.com")
    assert get_user(client) == person
    assert (person.username, person.email) == ("Jonas Wick", "jonas@example.com")
    kept = SocialAccount.objects.get(user=person).extra_data
    assert kept == {"email": "jonas@example.com", "name": "Jonas Wick"}
    assert outbox() == []


def test_a_name_that_is_taken_is_neither_suggested_nor_given(
    client: Client, provider: Provider, reader: User
) -> None:
    provider.knows("i", email="i@example.com", email_verified=True, name="Ines 0kafor")
    sign_in_elsewhere(client, provider, "i")
    assert b"Ines 0kafor" not in client.get(FINISH).content
    assert client.post(FINISH, {"username": "ines okafor"}).status_code == 422


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "jonas@example.com"},
        {"email": "jonas@example.com", "email_verified": False},
        {"email": "jonas@example.com", "email_verified": "false"},
        {"email": "not an address", "email_verified": True},
    ],
)
def test_an_address_that_nobody_vouches_for_is_proven_by_a_code(
    client: Client, provider: Provider, outbox: Outbox, claims: dict[str, object]
) -> None:
    provider.knows("jonas", **claims)
    sign_in_elsewhere(client, provider, "jonas", next=NEXT)
    fields = {"username": "Jonas Wick", "email": "jonas@example.com"}
    step = client.post(FINISH, fields)
    assert not get_user(client).is_authenticated
    assert client.post(step.url, {"code": code_in(outbox()[-1])}).url == NEXT
    assert get_user(client).email == "jonas@example.com"
    assert SocialAccount.objects.get().user == get_user(client)


# --- Somebody who has an account here ---


def test_whoever_is_connected_is_in_at_once(
    client: Client, provider: Provider, connected: SocialAccount, reader: User
) -> None:
    assert sign_in_elsewhere(client, provider, "ines", next=NEXT).url == NEXT
    assert get_user(client) == reader


@pytest.mark.parametrize("is_vouched_for", [True, False])
def test_the_same_address_signs_nobody_in(
    client: Client, provider: Provider, reader: User, is_vouched_for: bool
) -> None:
    provider.knows("thief", email=reader.email, email_verified=is_vouched_for)
    sign_in_elsewhere(client, provider, "thief")
    client.get(FINISH)
    client.post(FINISH, {"username": "Another Name", "email": reader.email})
    assert not get_user(client).is_authenticated
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_it_is_connected_after_a_code(
    client: Client, provider: Provider, reader: User, outbox: Outbox
) -> None:
    provider.knows("ines", email=reader.email, email_verified=True)
    sign_in_elsewhere(client, provider, "ines", next=NEXT)
    assert b"is connected" in client.get(FINISH).content
    step = client.post(FINISH)
    assert client.post(step.url, {"code": code_in(outbox()[-1])}).url == NEXT
    assert SocialAccount.objects.get().user == reader
    assert "Example ID was connected to your account" in text_of(outbox()[-1])


def test_it_is_connected_after_password_and_second_factor_alone(
    client: Client, provider: Provider, reader: User
) -> None:
    app = App(reader)
    provider.knows("ines", email=reader.email, email_verified=True)
    sign_in_elsewhere(client, provider, "ines")
    client.get(FINISH)
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    assert not SocialAccount.objects.exists()
    client.post(ASKED, {"code": app.code()})
    assert SocialAccount.objects.get().user == reader


def test_it_is_not_connected_to_somebody_else_who_signs_in_here(
    client: Client, provider: Provider, reader: User, other_reader: User
) -> None:
    provider.knows("ines", email=reader.email, email_verified=True)
    sign_in_elsewhere(client, provider, "ines")
    client.get(FINISH)
    client.post("/accounts/login/", {"login": other_reader.email, "password": PASSWORD})
    assert get_user(client) == other_reader
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    assert not SocialAccount.objects.exists()


def test_who_is_switched_off_stays_out(
    client: Client, provider: Provider, connected: SocialAccount, reader: User
) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert sign_in_elsewhere(client, provider, "ines").url == "/accounts/inactive/"


# --- The page of one's accounts ---


@pytest.mark.parametrize("has_password", [True, False])
def test_connecting_asks_for_a_fresh_proof(
    client: Client, provider: Provider, reader: User, outbox: Outbox, has_password: bool
) -> None:
    if not has_password:
        reader.set_unusable_password()
        reader.save()
    client.force_login(reader)
    asked = sign_in_elsewhere(client, provider, "mine", process="connect")
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert not SocialAccount.objects.exists()
    if has_password:
        client.post(asked.url, {"password": PASSWORD})
    else:
        step = client.post(asked.url, {"send": "1"})
        client.post(step.url, {"code": code_in(outbox()[-1])})
    assert SocialAccount.objects.get().user == reader


def test_somebody_elses_is_not_taken_from_them(
    client: Client, provider: Provider, connected: SocialAccount, other_reader: User
) -> None:
    client.force_login(other_reader)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    sign_in_elsewhere(client, provider, "ines", process="connect")
    assert SocialAccount.objects.get().user != other_reader


def test_it_is_disconnected_also_without_a_password(
    client: Client, provider: Provider, connected: SocialAccount, reader: User, outbox: Outbox
) -> None:
    reader.set_unusable_password()
    reader.save()
    client.post("/accounts/login/code/", {"email": reader.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(outbox()[-1])})
    assert b"Example ID" in client.get("/accounts/3rdparty/").content
    client.post("/accounts/3rdparty/", {"account": connected.pk})
    assert not SocialAccount.objects.exists()
    assert "was disconnected" in outbox()[-1]["Subject"]


# --- What goes wrong ---


def test_who_says_no_is_told_that_nothing_happened(client: Client, provider: Provider) -> None:
    state = parse_qs(urlsplit(go_out(client)).query)["state"][0]
    response = come_back(client, f"{LOGIN}callback/?error=access_denied&state={state}")
    assert b"Nothing has changed." in client.get(response.url).content


@pytest.mark.parametrize("query", ["", "?code=1", "?code=1&state=forged"])
def test_a_forged_way_back_is_refused(client: Client, provider: Provider, query: str) -> None:
    response = client.get(f"{LOGIN}callback/{query}")
    assert response.status_code == 401
    assert b"That did not work" in response.content


def test_the_way_back_belongs_to_one_browser_and_works_once(
    client: Client, provider: Provider, connected: SocialAccount
) -> None:
    back = provider.say_yes(go_out(client), "ines")
    other = Client()
    assert come_back(other, back).status_code == 401
    assert come_back(client, back).status_code == 302
    client.post("/accounts/logout/")
    assert come_back(client, back).status_code == 401


def test_a_provider_that_is_away_is_a_page(client: Client, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers("", "", "http://me:secret@localhost:9", "")
    response = client.post(LOGIN)
    assert b"That did not work" in response.content


def test_a_place_elsewhere_is_not_led_to_afterwards(
    client: Client, provider: Provider, connected: SocialAccount
) -> None:
    assert sign_in_elsewhere(client, provider, "ines", next="https://evil.example/").url == "/"


@pytest.mark.parametrize(
    "url", ["id.example.org", "http://a:b@id.example.org", "https://id.example.org", "https://a:b@"]
)
def test_a_setting_without_keys_or_https_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SIGN_IN_OPENID must look like"):
        providers("", "", url, "")
