"""Attacks on the way to an account elsewhere and back."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from config.sign_in_settings import providers
from tests.accounts.elsewhere import (
    FINISH,
    LOGIN,
    Provider,
    come_back,
    go_out,
    sign_in_elsewhere,
)
from tests.conftest import PASSWORD
from tests.forum.posting.drafts import write
from tests.mail import Outbox, code_in

CODE = "/accounts/signup/confirm/"
# One of each kind; tests/text/test_redirects.py and tests/accounts/test_addresses.py have more.
ELSEWHERE = ["https://evil.example/", "/\\evil.example/", "/accounts/..//evil.example/"]


@pytest.fixture
def connected(reader: User) -> SocialAccount:
    return SocialAccount.objects.create(user=reader, provider="openid", uid="ines")


def is_here(url: str) -> bool:
    """Return whether a browser stays on this site."""
    return url.startswith("/") and not url.replace("\\", "/").replace("\t", "").startswith("//")


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_led_to_another_site(
    provider: Provider, connected: SocialAccount, outbox: Outbox, place: str
) -> None:
    assert is_here(sign_in_elsewhere(Client(), provider, "ines", next=place).url)
    newcomer = Client()
    provider.knows("new", email="new@example.com", email_verified=True)
    sign_in_elsewhere(newcomer, provider, "new", next=place)
    assert is_here(newcomer.post(FINISH, {"username": "Jonas Wick"}).url)
    unknown = Client()
    provider.knows("other")
    sign_in_elsewhere(unknown, provider, "other", next=place)
    step = unknown.post(FINISH, {"username": "Second Wick", "email": "second@example.com"})
    assert is_here(step.url)
    assert is_here(unknown.post(step.url, {"code": code_in(outbox()[-1])}).url)


def test_a_session_gets_a_new_name_at_the_door(
    client: Client, provider: Provider, connected: SocialAccount
) -> None:
    back = provider.say_yes(go_out(client), "ines")
    before = client.session.session_key
    come_back(client, back)
    assert get_user(client).is_authenticated
    assert client.session.session_key != before


def test_each_way_out_has_a_state_and_a_challenge_of_its_own(
    client: Client, provider: Provider
) -> None:
    """A code that was given to one browser is of no use in another (RFC 7636)."""
    first, second = (parse_qs(urlsplit(go_out(client)).query) for _ in range(2))
    assert first["code_challenge_method"] == ["S256"]
    for name in ("state", "code_challenge"):
        assert first[name] != second[name]
        assert first[name][0] not in go_out(Client())


def test_a_state_of_one_provider_is_none_of_another(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS |= providers("me:secret", "", "", "")
    state = parse_qs(urlsplit(go_out(client)).query)["state"][0]
    query = urlencode({"code": "any", "state": state})
    assert client.get(f"/accounts/google/login/callback/?{query}").status_code == 401


@pytest.mark.parametrize("process", ["connect", "redirect", "reauthenticate", "made up"])
def test_another_purpose_signs_nobody_in_and_makes_no_account(
    client: Client, provider: Provider, process: str
) -> None:
    provider.knows("new", email="new@example.com", email_verified=True)
    response = sign_in_elsewhere(client, provider, "new", process=process)
    assert is_here(response.url)
    assert not get_user(client).is_authenticated
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_a_proof_is_asked_for_again_where_another_person_came_back(
    client: Client, provider: Provider, reader: User, other_reader: User
) -> None:
    # Who pressed "Connect" with a fresh proof left, and somebody else signed in meanwhile.
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    back = provider.say_yes(go_out(client, process="connect"), "mine")
    client.post("/accounts/logout/")
    client.force_login(other_reader)
    come_back(client, back)
    assert not SocialAccount.objects.exists()


def test_one_network_sends_no_flood_to_the_provider(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "3/m/ip"}
    answers = [client.post(LOGIN).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


# --- A browser that somebody leaves to the owner of an address ---


@pytest.fixture
def prepared(client: Client, provider: Provider, reader: User) -> Client:
    """Return a browser in which somebody signed in elsewhere, and typed the reader's address."""
    provider.knows("thief")
    sign_in_elsewhere(client, provider, "thief")
    client.post(FINISH, {"username": "Another Name", "email": reader.email})
    return client


def test_a_password_connects_nothing_for_which_nobody_vouches(
    prepared: Client, reader: User
) -> None:
    prepared.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    assert get_user(prepared) == reader
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("way", ["code", "draft"])
def test_another_code_connects_nothing_either(
    prepared: Client, reader: User, article: Article, outbox: Outbox, way: str
) -> None:
    if way == "code":
        step = prepared.post("/accounts/login/code/", {"email": reader.email}).url
    else:
        step = write(prepared, email=reader.email)
    prepared.post(step, {"code": code_in(outbox()[-1])})
    assert get_user(prepared) == reader
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("is_sent_again", [False, True])
def test_the_code_that_was_sent_for_it_connects(
    prepared: Client, reader: User, outbox: Outbox, is_sent_again: bool
) -> None:
    if is_sent_again:
        prepared.post(CODE, {"resend": "1"})
    prepared.post(CODE, {"code": code_in(outbox()[-1])})
    assert SocialAccount.objects.get().user == reader
