"""A person's language and time zone, on pages and in emails."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.reading import reads_in
from tests.accounts.meanwhile import meanwhile
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, text_of

PAGE = "/accounts/preferences/"
GERMAN = {"accept-language": "de"}


@pytest.fixture
def bilingual(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]


def html_of(email: Any) -> str:
    return str(email.get_body(("html",)).get_content())


def test_language_and_time_zone_are_chosen(
    bilingual: None, signed_in: Client, reader: User
) -> None:
    response = signed_in.post(PAGE, {"language": "de", "time_zone": "Europe/Berlin"})
    assert response.url == "/accounts/"
    reader.refresh_from_db()
    assert (reader.language, reader.time_zone) == ("de", "Europe/Berlin")
    page = signed_in.get(PAGE).content.decode()
    assert '<option value="de" selected>Deutsch</option>' in page
    assert '<option value="Europe/Berlin" selected>Europe/Berlin</option>' in page


@pytest.mark.parametrize(
    "choice", [{"language": "fr"}, {"time_zone": "Europe/Atlantis"}, {"time_zone": "../etc/passwd"}]
)
def test_what_is_not_offered_is_refused(
    bilingual: None, signed_in: Client, reader: User, choice: dict[str, str]
) -> None:
    assert signed_in.post(PAGE, choice).status_code == 422
    reader.refresh_from_db()
    assert (reader.language, reader.time_zone) == ("", "")


def test_a_site_with_one_language_asks_for_the_time_zone_alone(
    signed_in: Client, reader: User
) -> None:
    assert 'name="language"' not in signed_in.get(PAGE).content.decode()
    signed_in.post(PAGE, {"time_zone": "Asia/Tokyo"})
    reader.refresh_from_db()
    assert (reader.language, reader.time_zone) == ("", "Asia/Tokyo")


def test_the_page_is_for_people_who_are_signed_in(client: Client, db: None) -> None:
    assert client.get(PAGE).url.startswith("/accounts/login/")


def test_an_email_is_in_the_language_and_zone_of_its_reader(
    bilingual: None, signed_in: Client, reader: User, outbox: Outbox
) -> None:
    User.objects.filter(pk=reader.pk).update(language="de", time_zone="Asia/Tokyo")
    signed_in.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "a lantern on the pier"},
        headers={"accept-language": "en"},
    )
    [email] = outbox()
    assert '<html lang="de" dir="ltr">' in html_of(email)
    assert email["Subject"] == "Ihr Passwort bei Parley wurde geändert"
    assert "JST" in text_of(email)


def test_an_email_to_a_stranger_is_in_the_language_of_the_page(
    bilingual: None, client: Client, outbox: Outbox
) -> None:
    client.post("/accounts/login/code/", {"email": "new@example.com"}, headers=GERMAN)
    [email] = outbox()
    assert '<html lang="de" dir="ltr">' in html_of(email)


def test_whoever_signs_up_keeps_the_language_of_the_page(
    bilingual: None, client: Client, outbox: Outbox
) -> None:
    new = {"email": "new@example.com", "username": "Nele Brandt"}
    client.post("/accounts/signup/", new, headers=GERMAN)
    client.post("/accounts/signup/confirm/", {"code": code_in(outbox()[0])}, headers=GERMAN)
    assert User.objects.get(email="new@example.com").language == "de"


def test_a_site_with_one_language_stores_none(client: Client, outbox: Outbox) -> None:
    client.post("/accounts/signup/", {"email": "new@example.com", "username": "Nele Brandt"})
    client.post("/accounts/signup/confirm/", {"code": code_in(outbox()[0])})
    assert User.objects.get(email="new@example.com").language == ""


def test_an_email_is_in_a_language_that_is_offered(reader: User) -> None:
    reader.language, reader.time_zone = "de", "Asia/Tokyo"
    assert reads_in(reader) == {"language": "", "time_zone": "Asia/Tokyo"}
    assert reads_in(None) == {"language": "", "time_zone": ""}


def test_saving_them_takes_back_nothing_that_was_decided_meanwhile(
    signed_in: Client, reader: User
) -> None:
    with meanwhile(reader, is_active=False, email="other@example.org"):
        signed_in.post(PAGE, {"time_zone": "Asia/Tokyo"})
    reader.refresh_from_db()
    assert not reader.is_active
    assert (reader.email, reader.time_zone) == ("other@example.org", "Asia/Tokyo")
