"""Changes that people make to their account, and the emails about them."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, text_of

NEW = "a lantern on the pier"


def elsewhere(reader: User) -> Client:
    client = Client(
        HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    return client


def test_a_changed_password_ends_other_sessions_keeps_this_one_and_is_told(
    signed_in: Client, reader: User, outbox: Outbox
) -> None:
    other = elsewhere(reader)
    response = signed_in.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW}
    )
    assert response.url == "/accounts/"
    assert get_user(signed_in) == reader
    assert not get_user(other).is_authenticated
    assert "If this was not you" in text_of(outbox()[0])


def test_the_old_password_is_asked_for(signed_in: Client) -> None:
    response = signed_in.post(
        "/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW}
    )
    assert response.status_code == 422
    assert b"Your current password is wrong. Try again." in response.content


def test_without_a_password_one_can_be_chosen(client: Client, author: User, outbox: Outbox) -> None:
    client.post("/accounts/login/code/", {"email": author.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(outbox()[0])})
    assert client.post("/accounts/password/set/", {"password1": NEW}).url == "/accounts/"
    assert get_user(client).check_password(NEW)
    assert "has a password now" in outbox()[-1]["Subject"]


def test_a_new_address_holds_once_its_code_is_typed_and_both_are_told(
    signed_in: Client, reader: User, outbox: Outbox
) -> None:
    proved_just_now(signed_in)
    signed_in.post("/accounts/email/", {"action_add": "1", "email": "new@example.com"})
    assert get_user(signed_in).email == reader.email
    sent = outbox()[-1]
    assert sent["To"] == "new@example.com"
    signed_in.post("/accounts/confirm-email/", {"code": code_in(sent)})
    assert get_user(signed_in).email == "new@example.com"
    assert {message["To"] for message in outbox()[1:]} == {reader.email, "new@example.com"}
    assert reader.emailaddress_set.get().verified


def test_changing_the_address_asks_for_the_password_first(signed_in: Client) -> None:
    response = signed_in.post("/accounts/email/", {"action_add": "1", "email": "new@example.com"})
    assert response.url.startswith("/accounts/reauthenticate/")
    response = signed_in.post(response.url, {"password": PASSWORD})
    assert response.url == "/accounts/confirm-email/"


def test_an_address_of_somebody_else_is_told_to_its_reader_only(
    signed_in: Client, other_reader: User, outbox: Outbox
) -> None:
    proved_just_now(signed_in)
    response = signed_in.post("/accounts/email/", {"action_add": "1", "email": other_reader.email})
    assert response.url == "/accounts/confirm-email/"
    response = signed_in.post("/accounts/confirm-email/", {"code": code_in(outbox()[-1])})
    assert b"Another account uses this address. Enter a different one." in response.content


def test_a_wrong_code_is_told_and_does_not_change_the_address(
    signed_in: Client, reader: User, outbox: Outbox
) -> None:
    proved_just_now(signed_in)
    signed_in.post("/accounts/email/", {"action_add": "1", "email": "new@example.com"})
    assert signed_in.post("/accounts/confirm-email/", {"code": "12"}).status_code == 422
    assert get_user(signed_in).email == reader.email


def test_the_list_of_sessions_ends_the_others(signed_in: Client, reader: User) -> None:
    other = elsewhere(reader)
    other.get("/accounts/")
    assert b"Firefox on Linux" in signed_in.get("/accounts/sessions/").content
    signed_in.post("/accounts/sessions/")
    assert not get_user(other).is_authenticated
    assert get_user(signed_in) == reader


def test_who_is_not_signed_in_is_led_to_the_door_and_back(client: Client, db: None) -> None:
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"


def proved_just_now(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    records = client.session[AUTHENTICATION_METHODS_SESSION_KEY]
    assert records[-1]["at"] > time.time() - 60
