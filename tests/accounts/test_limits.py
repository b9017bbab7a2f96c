"""Exact, also for many at once; the same by every door; and never a locked-out owner."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from tests import corpora
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in

LOGIN = "/accounts/login/"
CROWD = 16


def guess(email: str, address: str, **headers: str) -> int:
    try:
        client = Client(REMOTE_ADDR=address, **headers)
        return client.post(LOGIN, {"login": email, "password": "not this one at all"}).status_code
    finally:
        connection.close()


def many_at_once(*guesses: tuple[str, str]) -> Counter[int]:
    with ThreadPoolExecutor(CROWD) as crowd:
        return Counter(crowd.map(lambda each: guess(*each), guesses))


@pytest.mark.django_db(transaction=True)
def test_five_guesses_at_one_name_however_many_come_at_once_and_from_where(reader: User) -> None:
    told = many_at_once(*[(reader.email.title(), f"198.51.100.{number}") for number in range(CROWD)])
    assert told[422] <= 5
    assert told == {422: told[422], 429: CROWD - told[422]}


@pytest.mark.django_db(transaction=True)
def test_ten_guesses_a_minute_from_one_network(db: None) -> None:
    told = many_at_once(*[(f"p{number}@example.com", f"2001:db8:1:2::{number}") for number in range(CROWD)])
    assert told[422] <= 10


def test_guesses_in_a_row_are_counted_exactly(reader: User) -> None:
    assert [guess_here(reader.email) for _ in range(7)] == [422] * 5 + [429] * 2


def test_ten_a_minute_in_a_row(db: None) -> None:
    assert [guess_here(f"p{number}@example.com") for number in range(12)] == [422] * 10 + [429] * 2


def guess_here(email: str, **headers: str) -> int:
    return Client(**headers).post(LOGIN, {"login": email, "password": "not this one at all"}).status_code


def test_addresses_of_ipv4_by_an_ipv6_socket_are_not_neighbours(db: None) -> None:
    for number in range(12):
        assert guess_here(f"p{number}@example.com", REMOTE_ADDR=f"::ffff:198.51.100.{number}") == 422


def test_a_header_does_not_make_another_visitor(db: None) -> None:
    spoofed = [
        {f"HTTP_{name.upper().replace('-', '_')}": str(value) for name, value in headers.items()}
        for headers in corpora.payloads("ip_spoof")
    ]
    for number in range(10):
        guess_here(f"p{number}@example.com")
    assert {guess_here("p11@example.com", **headers) for headers in spoofed} == {429}


def test_another_host_does_not_make_another_name(reader: User) -> None:
    for _ in range(5):
        guess_here(reader.email)
    assert guess_here(reader.email, SERVER_NAME="localhost") == 429


def test_an_owner_whose_name_is_under_attack_comes_in_by_code(client: Client, reader: User, outbox: Outbox) -> None:
    for _ in range(6):
        guess_here(reader.email, REMOTE_ADDR="198.51.100.7")
    response = client.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    assert response.status_code == 429
    assert b"have a code mailed to you now" in response.content
    client.post("/accounts/login/code/", {"login": reader.email})
    assert client.post("/accounts/login/code/confirm/", {"code": code_in(outbox()[0])}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_a_code_from_one_browser_at_once_are_counted_one_by_one(reader: User, client: Client) -> None:
    client.post("/accounts/login/code/", {"email": reader.email})
    cookie = client.cookies.output(header="", sep=";").split(";")[0].strip()

    def guess_code(number: int) -> bool:
        try:
            browser = Client(HTTP_COOKIE=cookie)
            return b"not the code" in browser.post("/accounts/login/code/confirm/", {"code": f"{number:06}"}).content
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        assert sum(crowd.map(guess_code, range(CROWD))) <= 5


@pytest.mark.django_db(transaction=True)
def test_no_more_than_three_mails_for_a_hundred_requests(reader: User, outbox: Outbox) -> None:
    for number in range(100):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post("/accounts/password/reset/", {"email": reader.email})
    assert len(outbox()) == 3


def test_limits_are_in_the_database(reader: User) -> None:
    guess_here(reader.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM limits")
        assert cursor.fetchone()[0] > 0
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"
