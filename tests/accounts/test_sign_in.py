"""Signing in by password or by mailed code, and out again."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from time_machine import TimeMachineFixture

from accounts.models import User
from tests.accounts.reading import Answer, same_for_all
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, text_of
from tests.waiting import seconds_to_wait

LOGIN = "/accounts/login/"
CODE = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str) -> Answer:
    return client.post(LOGIN, {"login": email, "password": password, **fields})


def test_address_and_password_let_one_in(client: Client, reader: User) -> None:
    assert sign_in(client, reader.email.upper(), next="/topics/tides/").url == "/topics/tides/"
    assert get_user(client) == reader


def test_signing_in_changes_the_session(client: Client, reader: User) -> None:
    client.get("/admin/")
    client.post(CODE, {"email": reader.email})
    before = client.session.session_key
    sign_in(client, reader.email)
    assert client.session.session_key != before


def test_a_wrong_password_keeps_the_address_and_answers_422(client: Client, reader: User) -> None:
    response = sign_in(client, reader.email, "not this one at all")
    assert response.status_code == 422
    assert b"Email or password is wrong." in response.content
    assert f'value="{reader.email}"'.encode() in response.content
    assert b"<title>Error: Sign in" in response.content.replace(b"\n", b"")


def test_known_and_unknown_addresses_are_answered_alike(client: Client, reader: User) -> None:
    known = sign_in(client, reader.email, "not this one at all")
    unknown = sign_in(Client(), "nobody@example.com", "not this one at all")
    assert same_for_all(known, reader.email) == same_for_all(unknown, "nobody@example.com")


def test_a_code_by_mail_lets_one_in(client: Client, reader: User, outbox: Outbox) -> None:
    assert client.post(
        CODE, {"login": reader.email, "password": "", "next": "/topics/tides/"}
    ).url.startswith(CONFIRM)
    code = code_in(outbox()[0])
    response = client.post(f"{CONFIRM}?next=/topics/tides/", {"code": f" {code[:3]}-{code[3:]} "})
    assert response.url == "/topics/tides/"
    assert get_user(client) == reader


def test_a_code_is_not_kept_in_clear_anywhere(client: Client, reader: User, outbox: Outbox) -> None:
    from django_tasks_db.models import DBTaskResult

    client.post(CODE, {"email": reader.email})
    kept = str(dict(client.session)) + str(
        list(DBTaskResult.objects.values_list("args_kwargs", flat=True))
    )
    assert code_in(outbox()[0]) not in kept


def test_a_code_opens_once(client: Client, reader: User, outbox: Outbox) -> None:
    client.post(CODE, {"email": reader.email})
    code = code_in(outbox()[0])
    client.post(CONFIRM, {"code": code})
    client.post("/accounts/logout/")
    assert b"This code cannot be entered here" in client.post(CONFIRM, {"code": code}).content


def test_after_five_wrong_codes_the_right_one_is_refused_and_a_new_one_offered(
    client: Client, reader: User, outbox: Outbox
) -> None:
    client.post(CODE, {"email": reader.email})
    code = code_in(outbox()[0])
    for _ in range(5):
        assert (
            client.post(CONFIRM, {"code": "000000" if code != "000000" else "111111"}).status_code
            == 422
        )
    response = client.post(CONFIRM, {"code": code})
    assert b"Too many wrong codes" in response.content
    assert b"Send a new code" in response.content
    client.post(CONFIRM, {"resend": "1"})
    assert client.post(CONFIRM, {"code": code_in(outbox()[-1])}).status_code == 302


def test_a_code_runs_out_after_a_quarter_of_an_hour(
    client: Client, reader: User, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-11-20 12:00")
    client.post(CODE, {"email": reader.email})
    code = code_in(outbox()[0])
    time_machine.move_to("2026-11-20 12:15:01")
    assert b"This code has expired." in client.post(CONFIRM, {"code": code}).content


def test_an_unknown_address_gets_a_mail_that_says_so(client: Client, outbox: Outbox) -> None:
    client.post(CODE, {"email": "nobody@example.com"})
    assert "There is no account with this address" in text_of(outbox()[0])
    assert "http://localhost:8000/accounts/signup/?email=nobody%40example.com" in text_of(
        outbox()[0]
    )


def test_who_is_switched_off_is_told_calmly(client: Client, reader: User, outbox: Outbox) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert sign_in(client, reader.email).url == "/accounts/inactive/"
    assert b"deactivated" in client.get("/accounts/inactive/").content
    client.post(CODE, {"email": reader.email})
    assert "deactivated" in text_of(outbox()[0])


def test_signing_out_kills_the_session(signed_in: Client) -> None:
    key = signed_in.session.session_key
    assert signed_in.post("/accounts/logout/").status_code == 302
    assert not signed_in.session.exists(key)


@pytest.mark.parametrize("path", ["", "email/", "password/change/", "sessions/", "logout/"])
def test_pages_of_ones_account_open(signed_in: Client, path: str) -> None:
    assert signed_in.get(f"/accounts/{path}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "signup/",
        "login/code/",
        "login/code/confirm/",
        "signup/confirm/",
        "password/reset/",
        "password/reset/confirm/",
        "password/reset/key/",
        "inactive/",
    ],
)
def test_pages_at_the_door_open(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 200


def test_a_browser_that_was_signed_out_by_a_new_password_is_told_why(
    signed_in: Client, reader: User
) -> None:
    assert b"You were signed out because" not in Client().get(LOGIN).content
    reader.set_password("a lantern on the pier")
    reader.save()
    assert b"You were signed out because" in signed_in.get(LOGIN).content
    sign_in(signed_in, reader.email, "a lantern on the pier")
    signed_in.post("/accounts/logout/")
    assert b"You were signed out because" not in signed_in.get(LOGIN).content


def test_who_tried_too_often_is_told_when_to_come_back(client: Client, reader: User) -> None:
    answers = [sign_in(client, reader.email, "not this one at all") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert 240 < seconds_to_wait(answers[-1]) <= 300
    for _ in range(3):
        client.post("/accounts/password/reset/", {"email": reader.email})
    refused = client.post("/accounts/password/reset/", {"email": reader.email})
    assert 3540 < seconds_to_wait(refused) <= 3600


@pytest.mark.parametrize(
    ("button", "place"),
    [("forgot", "/accounts/password/reset/confirm/"), ("ask_code", CONFIRM)],
)
def test_a_browser_without_formaction_is_led_where_the_button_leads(
    client: Client, reader: User, button: str, place: str
) -> None:
    page = sign_in(client, reader.email, "", **{button: ""})
    assert page.headers["Location"].partition("?")[0] == place
