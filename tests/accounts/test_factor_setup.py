"""Setting a second factor up, who must have one, and what ends with the last one."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from tests.accounts.factors import (
    ASKED,
    LOGIN,
    App,
    Passkey,
    code_of,
    recovery_code,
    set_up,
    sign_in,
)
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, text_of

FACTORS = "/accounts/2fa/"
ACTIVATE = "/accounts/2fa/totp/activate/"
SHORT = "herons1wade"


def test_an_app_is_set_up_and_the_codes_are_shown(fresh: Client, reader: User) -> None:
    assert b"Scan this" in fresh.get(ACTIVATE).content
    assert fresh.post(ACTIVATE, {"code": "000000"}).status_code == 422
    response = fresh.post(ACTIVATE, {"code": code_of(fresh.session["mfa.totp.secret"])})
    assert response.url == "/accounts/2fa/recovery-codes/"
    assert recovery_code(reader) in fresh.get(response.url).content.decode()
    assert recovery_code(reader) in fresh.get(f"{response.url}download/").content.decode()
    assert b"10 codes are left." in fresh.get(FACTORS).content


def test_the_first_factor_ends_other_sessions(fresh: Client, reader: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, reader)
    fresh.get(ACTIVATE)
    fresh.post(ACTIVATE, {"code": code_of(fresh.session["mfa.totp.secret"])})
    assert not get_user(elsewhere).is_authenticated
    assert get_user(fresh) == reader


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
@pytest.mark.parametrize("has_password", [True, False])
def test_whoever_sits_at_an_open_browser_adds_no_factor(
    name: str, has_password: bool, reader: User, client: Client
) -> None:
    if not has_password:
        reader.set_unusable_password()
        reader.save()
    client.force_login(reader)
    for method in (client.get, client.post):
        assert method(reverse(name)).url.startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("factor", ["app code", "passkey"])
def test_a_mailed_code_is_no_fresh_proof_beside_a_second_factor(
    factor: str, client: Client, reader: User, outbox: Outbox
) -> None:
    set_up(reader, factor)
    client.force_login(reader)
    before = len(outbox())
    client.post("/accounts/reauthenticate/", {"send": "1"})
    assert len(outbox()) == before
    page = client.get("/accounts/reauthenticate/").content.decode()
    assert "Email me a code" not in page
    assert "Or use your password" in page


def test_the_factor_is_a_fresh_proof(client: Client, reader: User, app: App) -> None:
    client.force_login(reader)
    codes = "/accounts/2fa/recovery-codes/"
    recovery_code(reader)
    asked = client.get(codes)
    assert asked.url.startswith("/accounts/reauthenticate/")
    assert client.post(asked.url, {"code": "000000"}).status_code == 422
    assert client.post(asked.url, {"code": app.code()}).url == codes
    assert client.get(codes).status_code == 200


def test_codes_cannot_be_read_from_the_database(reader: User) -> None:
    app = App(reader)
    recovery_code(reader)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert app.secret not in kept
    assert "seed" in kept


def test_a_new_key_of_the_site_is_said_and_breaks_nothing(
    asked: Client, reader: User, app: App, settings: Settings
) -> None:
    recovery_code(reader)
    code = app.code()
    Authenticator.objects.filter(type="totp").update(data={"secret": "unreadable"})
    response = asked.post(ASKED, {"code": code})
    assert "The key of this site has changed" in response.content.decode()


def test_an_account_is_told_of_each_change(
    fresh: Client,
    outbox: Outbox,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        fresh.get(ACTIVATE)
        fresh.post(ACTIVATE, {"code": code_of(fresh.session["mfa.totp.secret"])})
        fresh.post("/accounts/2fa/recovery-codes/generate/")
        fresh.post("/accounts/2fa/totp/deactivate/")
    subjects = [mail["Subject"] for mail in outbox()]
    for words in ("app was set up", "new recovery codes", "app was removed"):
        assert any(words in subject for subject in subjects), words


# --- Who must have it ---


@pytest.fixture
def required(settings: Settings, moderator: User) -> User:
    settings.SECOND_FACTOR_REQUIRED = True
    return moderator


def test_readers_need_none_where_staff_do(required: User, reader: User, client: Client) -> None:
    sign_in(client, reader)
    assert get_user(client) == reader


def test_a_session_from_before_the_rule_is_over(required: User, client: Client) -> None:
    client.force_login(required)
    assert client.get("/moderation/").url.startswith(LOGIN)
    assert client.get("/admin/").status_code == 302


def test_a_passkey_is_set_up_at_the_door(required: User, client: Client, outbox: Outbox) -> None:
    step = sign_in(client, required).url
    client.get(step)
    challenge = client.session["mfa.webauthn.state"]["challenge"]
    answer = Passkey(required, is_stored=False).registration(challenge)
    client.post(step, {"credential": answer, "name": "Phone", "passwordless": "on"})
    assert get_user(client) == required
    assert "passkey was added" in outbox()[-1]["Subject"]
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200


@pytest.mark.parametrize("factor", ["app code", "passkey"])
def test_a_last_factor_that_is_needed_cannot_be_removed(
    factor: str, required: User, client: Client
) -> None:
    set_up(required, factor)
    client.force_login(required)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    key = Authenticator.objects.get(user=required)
    name = "mfa_deactivate_totp" if factor == "app code" else "mfa_remove_webauthn"
    client.post(reverse(name, args=[] if factor == "app code" else [key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()


# --- A password beside it ---


@pytest.fixture
def with_short_password(with_app: Client) -> Client:
    change = {"oldpassword": PASSWORD, "password1": SHORT}
    assert with_app.post("/accounts/password/change/", change).url == "/accounts/"
    return with_app


def test_a_password_alone_has_15_characters(fresh: Client) -> None:
    change = {"oldpassword": PASSWORD, "password1": SHORT}
    response = fresh.post("/accounts/password/change/", change)
    assert b"Use at least 15 characters." in response.content


def test_beside_a_second_factor_8_are_enough_but_not_the_common_ones(
    with_short_password: Client, reader: User
) -> None:
    assert User.objects.get(pk=reader.pk).check_password(SHORT)
    for weak in ("password1", "abcdefgh", "aaaabbbb", "7 chars"):
        change = {"oldpassword": SHORT, "password1": weak}
        assert with_short_password.post("/accounts/password/change/", change).status_code == 422


def test_a_short_password_ends_with_the_last_factor_and_a_new_one_is_asked_for(
    with_short_password: Client, reader: User
) -> None:
    with_short_password.post("/accounts/reauthenticate/", {"password": SHORT})
    remove = "/accounts/2fa/totp/deactivate/"
    assert b"fewer than 15 characters" in with_short_password.get(remove).content
    response = with_short_password.post(remove)
    assert response.url == "/accounts/password/set/"
    assert get_user(with_short_password) == reader
    assert not User.objects.get(pk=reader.pk).has_usable_password()
    refused = with_short_password.post(response.url, {"password1": SHORT})
    assert refused.status_code == 422
    with_short_password.post(response.url, {"password1": "a lantern on the pier"})
    assert User.objects.get(pk=reader.pk).check_password("a lantern on the pier")


def test_a_short_password_stays_beside_another_factor(
    with_short_password: Client, reader: User
) -> None:
    Passkey(reader)
    with_short_password.post("/accounts/reauthenticate/", {"password": SHORT})
    with_short_password.post("/accounts/2fa/totp/deactivate/")
    assert User.objects.get(pk=reader.pk).check_password(SHORT)


def test_a_long_password_stays_when_the_factor_goes(with_app: Client, reader: User) -> None:
    recovery_code(reader)
    with_app.post("/accounts/2fa/totp/deactivate/")
    assert User.objects.get(pk=reader.pk).check_password(PASSWORD)
    assert not Authenticator.objects.exists(), "recovery codes go, too"
    assert get_user(with_app) == reader


def test_whoever_takes_an_account_back_finds_no_factor_of_the_thief(
    client: Client, reader: User, outbox: Outbox
) -> None:
    own = Passkey(reader)
    client.force_login(reader)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.com"})
    client.post("/accounts/confirm-email/", {"code": code_in(outbox()[-1])})
    App(User.objects.get(pk=reader.pk))
    told = next(mail for mail in reversed(outbox()) if mail["To"] == reader.email)
    link = next(word for word in text_of(told).split() if "/email/restore/" in word)
    owner = Client()
    owner.get(link.removeprefix("http://localhost:8000"))
    owner.post("/accounts/email/restore/")
    kept = Authenticator.objects.filter(user=reader)
    assert [each.type for each in kept] == ["webauthn"]
    assert own.person == reader
