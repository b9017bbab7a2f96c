"""The forgotten password helps without leaking."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from tests.accounts.meanwhile import meanwhile
from tests.accounts.reading import same_for_all
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, link_in, text_of

RESET = "/accounts/password/reset/"
CONFIRM = f"{RESET}confirm/"
COMPLETE = f"{RESET}complete/"
LINK = f"{RESET}key/"
NEW = "a lantern on the pier"


@pytest.fixture
def asked(client: Client, reader: User) -> Client:
    client.post(RESET, {"email": reader.email, "next": "/topics/tides/"})
    return client


def test_the_sign_in_page_needs_one_press(client: Client, reader: User) -> None:
    response = client.post(
        RESET, {"login": reader.email, "password": "", "next": "/topics/tides/"}, follow=True
    )
    assert response.request["PATH_INFO"] == CONFIRM
    assert f"If there is an account for <b>{reader.email}</b>" in response.content.decode()


def test_pressing_it_without_an_address_asks_for_one(client: Client) -> None:
    assert client.post(RESET, {"login": "", "password": ""}).status_code == 200


def test_an_address_in_the_link_is_filled_in(client: Client) -> None:
    assert b'value="a@example.com"' in client.get(f"{RESET}?email=a@example.com").content


def test_a_known_and_an_unknown_address_see_the_same(reader: User) -> None:
    told = [_walk(address) for address in (reader.email, "no@example.com")]
    assert told[0] == told[1]


def test_the_request_asks_the_database_the_same_for_both(reader: User) -> None:
    counted = []
    Client().post(RESET, {"email": "the-first-of-this-network@example.com"})
    for address in (reader.email, "nobody@example.com"):
        with CaptureQueriesContext(connection) as queries:
            Client().post(RESET, {"email": address})
        counted.append([query["sql"].split()[0] for query in queries])
    assert counted[0] == counted[1]


def test_the_code_leads_to_a_new_password_and_on(
    asked: Client, reader: User, outbox: Outbox
) -> None:
    response = asked.post(f"{CONFIRM}?next=/topics/tides/", {"code": code_in(outbox()[0])})
    assert response.url == f"{COMPLETE}?next=/topics/tides/".replace(
        "/topics/tides/", "%2Ftopics%2Ftides%2F"
    )
    assert b"Choose a new password" in asked.get(response.url).content
    assert (
        asked.post(COMPLETE, {"password1": NEW, "next": "/topics/tides/"}).url == "/topics/tides/"
    )
    assert get_user(asked) == reader
    assert User.objects.get(pk=reader.pk).check_password(NEW)


def test_skipping_signs_in_and_changes_nothing(asked: Client, reader: User, outbox: Outbox) -> None:
    asked.post(CONFIRM, {"code": code_in(outbox()[0])})
    assert (
        asked.post(COMPLETE, {"skip": "1", "password1": "", "next": "/topics/tides/"}).url
        == "/topics/tides/"
    )
    assert get_user(asked) == reader
    assert User.objects.get(pk=reader.pk).check_password(PASSWORD)


def test_the_mail_names_the_ways_in_this_person_has(
    asked: Client, reader: User, author: User, outbox: Outbox
) -> None:
    asked.post(RESET, {"email": author.email})
    with_password, without = map(text_of, outbox())
    assert "your password: http://localhost:8000/accounts/login/" in with_password
    assert "no password yet" in without
    assert "a code by email" in with_password
    assert "a code by email" in without


def test_opening_the_link_spends_nothing(asked: Client, outbox: Outbox) -> None:
    path = link_in(outbox()[0], LINK)
    for _ in range(3):
        response = Client().get(path)
        assert response.status_code == 302
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
    assert b"Choose a new password" in asked.get(path, follow=True).content


def test_the_link_works_on_another_device_once_and_leads_on(
    asked: Client, reader: User, outbox: Outbox
) -> None:
    path, phone, other = link_in(outbox()[0], LINK), Client(), Client()
    assert path.endswith("?next=%2Ftopics%2Ftides%2F")
    phone.get(path)
    other.get(path)
    assert phone.post(LINK, {"password1": NEW, "next": "/topics/tides/"}).url == "/topics/tides/"
    assert get_user(phone) == reader
    assert b"This link has been used" in other.post(LINK, {"skip": "1"}).content
    assert b"This link has been used" in Client().get(path).content


def test_skipping_spends_the_link_too(asked: Client, outbox: Outbox) -> None:
    path = link_in(outbox()[0], LINK)
    asked.get(path)
    asked.post(LINK, {"skip": "1"})
    assert b"This link has been used" in Client().get(path).content


def test_the_link_runs_out_after_an_hour(
    asked: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    path = link_in(outbox()[0], LINK)
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=5))
    response = Client().get(path)
    assert b"This link has expired" in response.content
    assert b"Ask for a new link" in response.content


@pytest.mark.parametrize("key", ["1-nonsense", "zzzzzzzzzzzzzzzzzzzz-abc", "0-set-password", "é-x"])
def test_a_broken_link_is_a_page_with_a_way_on(client: Client, key: str) -> None:
    response = client.get(f"{LINK}{key}/")
    assert response.status_code in (200, 404)


def test_a_new_password_ends_other_sessions_and_tells_the_person(
    asked: Client, reader: User, outbox: Outbox
) -> None:
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    asked.post(CONFIRM, {"code": code_in(outbox()[0])})
    asked.post(COMPLETE, {"password1": NEW})
    assert not get_user(elsewhere).is_authenticated
    assert get_user(asked) == reader
    told = outbox()[-1]
    assert told["To"] == reader.email
    assert "was changed" in told["Subject"]
    assert RESET in text_of(told)


def test_a_new_password_takes_back_nothing_that_was_decided_meanwhile(
    asked: Client, reader: User, outbox: Outbox
) -> None:
    asked.post(CONFIRM, {"code": code_in(outbox()[0])})
    with meanwhile(reader, is_active=False):
        asked.post(COMPLETE, {"password1": NEW})
    reader.refresh_from_db()
    assert not reader.is_active


@pytest.mark.parametrize("weak", ["short", "manchesterunited"])
def test_a_weak_password_is_refused_and_the_way_stays_open(
    asked: Client, outbox: Outbox, weak: str
) -> None:
    asked.post(CONFIRM, {"code": code_in(outbox()[0])})
    assert asked.post(COMPLETE, {"password1": weak}).status_code == 422
    assert asked.post(COMPLETE, {"password1": NEW}).status_code == 302


def test_who_is_signed_in_as_somebody_else_is_told(
    asked: Client, other_reader: User, reader: User, outbox: Outbox
) -> None:
    asked.post("/accounts/login/", {"login": other_reader.email, "password": PASSWORD})
    page = asked.get(link_in(outbox()[0], LINK), follow=True).content
    assert (
        b"You are signed in as <b>Tomas Reyle</b>. "
        b"If you continue, you are signed in as <b>Ines Okafor</b> instead." in page
    )
    asked.post(LINK, {"skip": "1"})
    assert get_user(asked) == reader


def test_another_browser_has_no_code_to_enter_and_says_why(client: Client) -> None:
    page = client.get(CONFIRM).content
    assert b"in the browser where you asked for it" in page
    assert b"Ask for a new code" in page


def test_four_mails_an_hour_are_one_too_many_whatever_the_door(
    client: Client, reader: User, outbox: Outbox
) -> None:
    client.post(RESET, {"email": reader.email})
    client.post("/accounts/login/code/", {"email": reader.email.upper()})
    client.post("/accounts/signup/", {"email": reader.email, "username": "Somebody"})
    response = client.post(RESET, {"email": reader.email, "next": "/topics/tides/"})
    assert response.status_code == 429
    assert (
        "Too many emails. Use the latest code, or try again in 60 minutes."
        in response.content.decode()
    )
    assert b'value="/topics/tides/"' in response.content
    assert len(outbox()) == 3


def test_who_was_switched_off_on_the_way_is_not_sent_in_circles(
    asked: Client, reader: User, outbox: Outbox
) -> None:
    asked.post(CONFIRM, {"code": code_in(outbox()[0])})
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert b"This code cannot be entered here" in asked.get(COMPLETE, follow=True).content


def test_the_address_is_confirmed_by_the_mail_that_was_read(
    client: Client, author: User, outbox: Outbox
) -> None:
    client.post(RESET, {"email": author.email})
    client.get(link_in(outbox()[0], LINK))
    client.post(LINK, {"skip": "1"})
    assert author.emailaddress_set.get().verified


def _walk(address: str) -> list[tuple[int, bytes, list[str]]]:
    client = Client()
    answers = [
        client.post(RESET, {"email": address}),
        client.get(CONFIRM),
        client.post(CONFIRM, {"code": "12"}),
    ]
    answers.append(client.post(CONFIRM, {"resend": "1"}))
    return [same_for_all(each, address) for each in answers]
