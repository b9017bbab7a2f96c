import logging
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from tests.waiting import seconds_to_wait

# What the MDN Observatory gives for each, from 100:
# https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
EXPECTED_HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    "path", ["/", "/help/", "/nothing/here/", "/robots.txt", "/accounts/login/", "/admin/login/"]
)
def test_every_answer_carries_the_headers(path: str, client: Client, db: None) -> None:
    response = client.get(path)
    for name, value in EXPECTED_HEADERS.items():
        assert value in response[name], name


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/",
        "/accounts/email/",
        "/accounts/sessions/",
        "/accounts/login/",
        "/admin/",
        "/desk/questions/",
        "/flags/",
        "/moderation/",
    ],
)
def test_a_page_about_one_person_is_stored_nowhere(
    path: str, moderator: User, client_of: Callable[[User], Client]
) -> None:
    for browser in (Client(), client_of(moderator)):
        assert "no-store" in browser.get(path)["Cache-Control"]


def test_an_article_page_of_a_signed_in_reader_may_come_back_by_the_back_button(
    article: Article, reader: User, client_of: Callable[[User], Client]
) -> None:
    assert client_of(reader).get(article.get_absolute_url())["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path", ["/articles/high-tide/comments/", "/accounts/login/", "/accounts/password/reset/"]
)
def test_a_form_shown_again_may_come_back_by_the_back_button(
    path: str, client: Client, article: Article
) -> None:
    """Also after signing in, which changes the cookies."""
    answer = client.post(path, {"email": "nobody"}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 422
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Vary" not in answer


def test_a_form_shown_again_to_somebody_signed_in_is_stored_nowhere(
    client: Client, reader: User
) -> None:
    client.force_login(reader)
    assert "no-store" in client.post("/accounts/password/change/")["Cache-Control"]


def test_signing_out_empties_the_browsers_caches(
    reader: User, client_of: Callable[[User], Client]
) -> None:
    assert client_of(reader).post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'


def test_too_many_requests_say_when_to_come_back(client: Client, db: None) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": "ines@example.com"}) for _ in range(5)
    ]
    assert answers[-1].status_code == 429
    assert (
        3540 < seconds_to_wait(answers[-1]) <= 3600
    )  # the first of three emails an hour is a moment old


def test_nothing_inline_may_run(client: Client) -> None:
    policy = client.get("/robots.txt")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_a_line_of_the_log_says_what_was_done_and_not_by_whom(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = client.post(
            "/accounts/login/?next=/secret/", {"login": "ines@example.com", "password": "harbour"}
        )
    [line] = [record.getMessage() for record in caplog.records if record.name == "parley.request"]
    assert line.startswith(f"POST account_login {response.status_code} ")
    assert not [word for word in ("ines", "harbour", "secret", "127.0.0.1") if word in caplog.text]


def test_the_answer_names_its_line_in_the_log(client: Client) -> None:
    first, second = (client.get("/robots.txt")["X-Request-ID"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "NONSENSE", "get\nlines"])
def test_unused_methods_are_refused(method: str, client: Client) -> None:
    assert client.generic(method, "/robots.txt").status_code == 405


@pytest.mark.parametrize(
    ("length", "status"),
    [("-1", 400), ("many", 400), ("1048577", 413), ("9" * 5000, 413), ("١", 400)],
)
def test_a_length_is_judged_before_anything_is_read(
    length: str, status: int, client: Client
) -> None:
    response = client.generic("POST", "/theme/", b"", CONTENT_LENGTH=length)
    assert response.status_code == status


def test_a_signed_out_page_sets_nothing_and_is_the_same_for_everybody(
    client: Client, db: None
) -> None:
    response = client.get("/help/")
    assert not response.cookies
    assert "Cache-Control" not in response
    assert response.content == Client().get("/help/").content


def test_a_signed_in_page_is_for_one_person(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert "private" in client.get("/help/")["Cache-Control"]
