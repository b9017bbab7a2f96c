"""Exact, also for many at once; the same by every door; and never a locked-out owner."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client

from accounts import counters, limits
from accounts.counters import Rate
from accounts.models import User
from articles.models import Article
from forum.models import Comment
from tests import corpora
from tests.conftest import OUR_PAGE, PASSWORD
from tests.drilled import IS_DRILL
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
    told = many_at_once(
        *[(reader.email.title(), f"198.51.100.{number}") for number in range(CROWD)]
    )
    assert told == {422: 5, 429: CROWD - 5}


@pytest.mark.django_db(transaction=True)
def test_ten_guesses_a_minute_from_one_network(db: None) -> None:
    told = many_at_once(
        *[(f"p{number}@example.com", f"2001:db8:1:2::{number}") for number in range(CROWD)]
    )
    assert told == {422: 10, 429: CROWD - 10}


def test_guesses_in_a_row_are_counted_exactly(reader: User) -> None:
    assert [guess_here(reader.email) for _ in range(7)] == [422] * 5 + [429] * 2


def test_ten_a_minute_in_a_row(db: None) -> None:
    assert [guess_here(f"p{number}@example.com") for number in range(12)] == [422] * 10 + [429] * 2


def guess_here(email: str, **headers: str) -> int:
    return (
        Client(**headers)
        .post(LOGIN, {"login": email, "password": "not this one at all"})
        .status_code
    )


def test_addresses_of_ipv4_by_an_ipv6_socket_are_not_neighbours(db: None) -> None:
    for number in range(12):
        assert (
            guess_here(f"p{number}@example.com", REMOTE_ADDR=f"::ffff:198.51.100.{number}") == 422
        )


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


def test_an_owner_whose_name_is_under_attack_comes_in_by_code(
    client: Client, reader: User, outbox: Outbox
) -> None:
    for _ in range(6):
        guess_here(reader.email, REMOTE_ADDR="198.51.100.7")
    response = client.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    assert response.status_code == 429
    assert b"or sign in with a code by email" in response.content
    client.post("/accounts/login/code/", {"login": reader.email})
    assert (
        client.post("/accounts/login/code/confirm/", {"code": code_in(outbox()[0])}).status_code
        == 302
    )


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_a_code_from_one_browser_at_once_are_counted_one_by_one(
    reader: User, client: Client
) -> None:
    client.post("/accounts/login/code/", {"email": reader.email})
    cookie = client.cookies.output(header="", sep=";").split(";")[0].strip()

    def guess_code(number: int) -> bool:
        try:
            browser = Client(HTTP_COOKIE=cookie)
            return (
                b"not the code"
                in browser.post("/accounts/login/code/confirm/", {"code": f"{number:06}"}).content
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        assert sum(crowd.map(guess_code, range(CROWD))) <= 5


@pytest.mark.django_db(transaction=True)
def test_no_more_than_three_mails_for_many_requests(reader: User, outbox: Outbox) -> None:
    for number in range(30):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(
            "/accounts/password/reset/", {"email": reader.email}
        )
    assert len(outbox()) == 3


def test_limits_are_in_the_database(reader: User) -> None:
    guess_here(reader.email)
    assert counters.Counter.objects.exists()


# --- Strangers keep nobody out ---


def wrong_code(number: int, email: str, **headers: str) -> int:
    """Ask for a code and type a wrong one."""
    browser = Client(**headers)
    page = browser.post("/accounts/login/code/", {"email": email}).url
    return browser.post(page, {"code": f"{number:03}"}).status_code


def test_codes_guessed_across_addresses_are_counted_by_network(db: None, outbox: Outbox) -> None:
    answers = [wrong_code(number, f"p{number}@example.com") for number in range(12)]
    assert answers == [422] * 10 + [429] * 2
    assert wrong_code(12, "p12@example.com", REMOTE_ADDR="198.51.100.7") == 422


def test_many_wrong_codes_in_all_slow_every_network_down_and_administrators_are_told(
    moderator: User, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.IN_ALL, "code", Rate("code.all", 6, 3600))
    for number in range(7):
        wrong_code(number, f"p{number}@example.com", REMOTE_ADDR=f"198.51.100.{number}")
    answers = [wrong_code(n, f"q{n}@example.com", REMOTE_ADDR="203.0.113.5") for n in range(5)]
    assert answers == [422] * 3 + [429] * 2
    assert [mail["To"] for mail in outbox() if "under attack" in mail["Subject"]] == [
        moderator.email
    ]


STRANGERS = 1000 if IS_DRILL else 70
NETWORKS = 200


def attack(number: int, email: str, comment: int) -> None:
    """Knock at one of the doors that name the owner's address."""
    stranger = Client(
        REMOTE_ADDR=f"198.51.{100 + number % NETWORKS // 100}.{number % 100}", **OUR_PAGE
    )
    doors: list[tuple[str, dict[str, str]]] = [
        ("/accounts/login/", {"login": email, "password": "not this one at all"}),
        ("/accounts/login/code/", {"email": email}),
        ("/accounts/password/reset/", {"email": email}),
        ("/accounts/signup/", {"email": email, "username": f"Stranger {number}"}),
        ("/articles/high-tide/comments/", {"email": email, "body": f"Words {number}"}),
        (f"/comments/{comment}/flag/", {"email": email, "reason": "1"}),
        ("/articles/high-tide/comments/forgot/", {"email": email, "body": f"Words {number}"}),
    ]
    address, fields = doors[number % len(doors)]
    answer = stranger.post(address, fields)
    if "code" in address and answer.status_code == 302:
        stranger.post(answer.url, {"code": "000000"})


def test_after_many_requests_of_strangers_the_owner_gets_in_at_the_first_try(
    reader: User, say: Callable[..., Comment], outbox: Outbox
) -> None:
    comment = say("Ask me.").pk
    own = Client()
    own.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    own.post("/accounts/logout/")
    for number in range(STRANGERS):
        attack(number, reader.email, comment)
    assert [mail["To"] for mail in outbox()].count(reader.email) <= 3
    page = own.post("/accounts/login/code/", {"email": reader.email}).url
    assert own.post(page, {"code": code_in(outbox()[-1])}).status_code == 302
    assert get_user(own) == reader
    own.post("/accounts/logout/")
    assert own.post(LOGIN, {"login": reader.email, "password": PASSWORD}).status_code == 302
    assert get_user(own) == reader


def test_reports_drafts_and_sign_up_leave_an_email_for_getting_back_in(
    reader: User, article: Article, outbox: Outbox
) -> None:
    for number in range(5):
        Client().post(
            "/articles/high-tide/comments/",
            {"email": reader.email, "body": f"Words {number}"},
            **OUR_PAGE,
        )
        Client().post(
            "/accounts/signup/", {"email": reader.email, "username": f"Stranger {number}"}
        )
    assert len(outbox()) == 2
    owner = Client()
    page = owner.post("/accounts/password/reset/", {"email": reader.email}).url
    assert owner.post(page, {"code": code_in(outbox()[-1])}).status_code == 302


def test_a_browser_has_a_budget_of_its_own_for_its_own_account_alone(
    reader: User, other_reader: User
) -> None:
    own = Client()
    own.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    own.post("/accounts/logout/")
    for _ in range(6):
        guess_here(reader.email, REMOTE_ADDR="198.51.100.7")
        guess_here(other_reader.email, REMOTE_ADDR="198.51.100.8")
    told = [
        own.post(LOGIN, {"login": reader.email, "password": "wrong"}).status_code for _ in range(7)
    ]
    assert told == [422] * 5 + [429] * 2
    assert own.post(LOGIN, {"login": other_reader.email, "password": PASSWORD}).status_code == 429


def test_a_new_password_ends_the_budgets_of_the_browsers_before(reader: User) -> None:
    thief = Client()
    thief.post(LOGIN, {"login": reader.email, "password": PASSWORD})
    reader.set_password("a lantern on the pier")
    reader.save()
    for _ in range(6):
        guess_here(reader.email, REMOTE_ADDR="198.51.100.7")
    thief.post("/accounts/logout/")
    assert thief.post(LOGIN, {"login": reader.email, "password": "wrong"}).status_code == 429
