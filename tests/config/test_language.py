"""The language and the time zone of a page."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Article
from config.language_settings import languages
from tests.conftest import OUR_PAGE

PAGE = "/help/"
SIGNED_IN_PAGE = "/accounts/"


@pytest.fixture
def bilingual(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]


def language_of(response: Any) -> str:
    """Return the language that the headers name, which must be the one of the page."""
    language = response.headers["Content-Language"]
    assert f'<html lang="{language}" dir="ltr"' in response.content.decode()
    return str(language)


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "de-AT,de;q=0.9,en;q=0.8", "de"),
        ("", "fr,en;q=0.5,de;q=0.4", "en"),
        ("", "fr", "en"),
        ("", "*,de", "en"),
        ("", "de;q=0,fr", "en"),
        ("", "<nonsense>" * 1000, "en"),
        ("de", "en", "de"),
        ("fr", "de", "de"),
        ("../de", "", "en"),
    ],
)
def test_a_signed_out_reader_has_the_language_of_the_cookie_or_browser_or_site(
    bilingual: None, db: None, cookie: str, accepted: str, language: str
) -> None:
    client = Client(headers={"accept-language": accepted})
    client.cookies["language"] = cookie
    response = client.get(PAGE)
    assert language_of(response) == language
    assert {"Cookie", "Accept-Language"} <= {*response.headers["Vary"].split(", ")}


def test_a_site_with_one_language_heeds_nothing_else(db: None, client: Client) -> None:
    client.cookies["language"] = "de"
    response = client.get(PAGE, headers={"accept-language": "de"})
    assert language_of(response) == "en"
    assert "Accept-Language" not in response.headers.get("Vary", "")
    assert 'name="language"' not in response.content.decode()


def test_a_person_has_their_own_language_on_every_page(
    bilingual: None, reader: User, client_of: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=reader.pk).update(language="de")
    client = client_of(reader)
    for address in (SIGNED_IN_PAGE, PAGE, "/articles/none/", "/no/such/address/"):
        assert language_of(client.get(address, headers={"accept-language": "en"})) == "de"
    assert language_of(Client().get(PAGE)) == "en"


def test_a_language_that_is_no_longer_offered_is_not_shown(
    reader: User, client_of: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=reader.pk).update(language="de")
    assert language_of(client_of(reader).get(SIGNED_IN_PAGE)) == "en"


def test_the_language_costs_no_statement(
    bilingual: None, article: Article, reader: User, client_of: Callable[[User], Client]
) -> None:
    def statements() -> int:
        client = client_of(reader)
        client.get(article.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(article.get_absolute_url())
        return len(queries)

    before = statements()
    User.objects.filter(pk=reader.pk).update(language="de", time_zone="Asia/Tokyo")
    assert statements() == before


@pytest.mark.parametrize("address", ["/feeds/articles/", "/articles/high-tide/feed/"])
def test_a_feed_has_the_language_of_the_site(
    bilingual: None,
    article: Article,
    reader: User,
    client_of: Callable[[User], Client],
    address: str,
) -> None:
    User.objects.filter(pk=reader.pk).update(language="de")
    response = client_of(reader).get(address, headers={"accept-language": "de"})
    assert response.headers["Content-Language"] == "en"
    assert b'xml:lang="en"' in response.content
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_the_language_is_chosen_in_the_footer(bilingual: None, db: None) -> None:
    client = Client()
    assert '<button name="language" value="de"' in client.get(PAGE).content.decode()
    response = client.post("/language/", {"language": "de", "next": PAGE}, **OUR_PAGE)
    assert (response.status_code, response.url) == (303, PAGE)
    assert language_of(client.get(PAGE)) == "de"
    client.post("/language/", {"language": "tlh", "next": PAGE}, **OUR_PAGE)
    assert language_of(client.get(PAGE)) == "en"


def test_the_choice_of_somebody_signed_in_is_theirs_everywhere(
    bilingual: None, reader: User, client_of: Callable[[User], Client]
) -> None:
    client_of(reader).post("/language/", {"language": "de", "next": PAGE}, **OUR_PAGE)
    assert language_of(client_of(reader).get(PAGE)) == "de"


def test_other_sites_choose_no_language(bilingual: None, db: None, client: Client) -> None:
    response = client.post("/language/", {"language": "de"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert "language" not in client.cookies


def test_times_are_in_the_zone_of_the_person(
    article: Article, reader: User, client_of: Callable[[User], Client], say: Callable[..., Any]
) -> None:
    say("Ebb.")
    User.objects.filter(pk=reader.pk).update(time_zone="Asia/Tokyo")
    page = client_of(reader).get(article.get_absolute_url()).content.decode()
    signed_out = Client().get(article.get_absolute_url()).content.decode()
    assert ("JST</time>" in page, 'data-zone="Asia/Tokyo"' in page) == (True, True)
    assert ("UTC</time>" in signed_out, "JST" in signed_out) == (True, False)


def test_the_first_language_is_the_sites(tmp_path: Any) -> None:
    (tmp_path / "pt_BR/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "pt_BR/LC_MESSAGES/django.mo").touch()
    assert languages("", tmp_path) == [("en", "English")]
    chosen = languages("pt-BR, en", tmp_path)
    assert chosen == [("pt-br", "Português Brasileiro"), ("en", "English")]


def test_the_months_of_the_report_are_those_of_the_site(
    reader: User, client_of: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=reader.pk).update(time_zone="America/Los_Angeles")
    with time_machine.travel("2026-03-01 01:00Z", tick=False):
        page = client_of(reader).get("/moderation/report/").content.decode()
    assert '<time datetime="2026-03">March 2026</time>' in page
