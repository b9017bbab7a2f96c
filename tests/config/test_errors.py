import errno
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client, RequestFactory
from psycopg.errors import ReadOnlySqlTransaction
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from config.serve.gateway import OVERLOADED
from config.views.errors import server_error
from tests.conftest import OUR_PAGE

FORM = {
    "body": "Words about the <tide>.",
    "parent": "",
    "key": "k1",
    "password": "quiet harbour wall",
}


@pytest.fixture
def strict(db: None) -> Client:
    """A browser whose tokens are checked; errors are pages and not exceptions."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def test_a_form_that_was_open_too_long_can_be_sent_again(strict: Client) -> None:
    response = strict.post("/accounts/signup/?next=/", FORM, **OUR_PAGE)
    page = response.content.decode()
    assert response.status_code == 403
    assert 'action="/accounts/signup/?next=/"' in page
    assert "Words about the &lt;tide&gt;.</textarea>" in page
    assert 'name="key" value="k1"' in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_a_password_is_asked_for_once_more_and_never_shown(strict: Client) -> None:
    page = strict.post("/accounts/signup/", FORM, **OUR_PAGE).content.decode()
    assert 'type="password" id="id_password" name="password"' in page
    assert FORM["password"] not in page


@pytest.mark.parametrize(
    "headers", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://example.net"}]
)
def test_a_form_from_elsewhere_is_refused_without_a_way_to_send_it(
    strict: Client, headers: dict[str, Any]
) -> None:
    response = strict.post("/accounts/signup/", FORM, **headers)
    assert response.status_code == 403
    assert FORM["body"].split()[0] not in response.content.decode()


@pytest.mark.parametrize("path", ["/nothing/here/", "/articles/../x/", "/%00/"])
def test_an_address_without_a_page_has_a_way_on(strict: Client, path: str) -> None:
    response = strict.get(path)
    assert response.status_code == 404
    assert 'href="/help/"' in response.content.decode()


def answer_to(error: Exception) -> tuple[int, str, str]:
    try:
        raise error
    except type(error):
        response = server_error(RequestFactory().get("/"))
    return response.status_code, response.get("Retry-After", ""), response.content.decode()


def test_a_fault_of_ours_says_so_without_asking_the_database() -> None:
    status, _, page = answer_to(ValueError("ines@example.com"))
    assert status == 500
    assert "Something went wrong" in page


def test_a_database_that_is_away_is_a_matter_of_waiting() -> None:
    status, retry_after, page = answer_to(OperationalError("could not connect"))
    assert (status, retry_after) == (503, "10")
    assert "temporarily unavailable" in page


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database or disk is full"), 503),
        (OperationalError("attempt to write a readonly database"), 503),
        (InterfaceError("connection already closed"), 503),
        (InternalError("current transaction is aborted"), 500),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (OSError(errno.ENOENT, "No such file"), 500),
        (IntegrityError("UNIQUE constraint failed"), 500),
    ],
)
def test_an_outage_is_told_from_a_fault(error: Exception, status: int) -> None:
    assert answer_to(error)[0] == status


def test_a_server_that_takes_no_writes_is_an_outage() -> None:
    error = InternalError("cannot execute INSERT in a read-only transaction")
    error.__cause__ = ReadOnlySqlTransaction()
    assert answer_to(error)[0] == 503


@pytest.fixture
def read_only(db: None) -> Iterator[None]:
    """A database that can be read and not written to, as a standby is after a failover."""

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def test_words_that_could_not_be_stored_are_ready_to_be_sent_again(
    client_of: Callable[[User], Client],
    reader: User,
    article: Article,
    request: pytest.FixtureRequest,
) -> None:
    client = client_of(reader)
    request.getfixturevalue("read_only")
    client.raise_request_exception = False
    response = client.post(f"{article.get_absolute_url()}comments/", FORM, **OUR_PAGE)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Words about the &lt;tide&gt;.</textarea>" in page
    assert 'name="key" value="k1"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert FORM["password"] not in page


def test_words_from_elsewhere_are_not_given_back(strict: Client, read_only: None) -> None:
    response = strict.post("/accounts/signup/", FORM, HTTP_SEC_FETCH_SITE="cross-site")
    assert FORM["body"].split()[0] not in response.content.decode()


def test_a_session_that_cannot_be_saved_is_an_outage(
    client_of: Callable[[User], Client], reader: User, request: pytest.FixtureRequest
) -> None:
    session = client_of(reader).session
    request.getfixturevalue("read_only")
    session["theme"] = "dark"
    with pytest.raises(OperationalError):
        session.save()


def test_a_site_without_a_free_thread_keeps_the_words_and_needs_no_database(client: Client) -> None:
    response = client.post("/accounts/signup/", FORM, **OUR_PAGE, **{OVERLOADED: True})
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Words about the &lt;tide&gt;.</textarea>" in response.content.decode()


def test_the_log_has_the_place_of_a_fault_and_not_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer_to(ValueError("ines@example.com"))
    assert "ValueError" in caplog.text
    assert "test_errors.py" in caplog.text
    assert "ines@example.com" not in caplog.text


def test_error_pages_do_without_collected_files(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    settings.STATIC_ROOT = "/nowhere"
    status, _, _ = answer_to(ValueError())
    assert status == 500
