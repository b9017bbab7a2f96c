"""An account is made when its address is proven, and not before."""

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.accounts.reading import payloads, same_for_all
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, text_of

SIGNUP = "/accounts/signup/"
CONFIRM = "/accounts/signup/confirm/"
NEW = {"email": "nia@example.com", "username": "Nia Prosser", "password1": "a lantern on the pier"}


def test_name_and_address_are_enough(client: Client, outbox: Outbox) -> None:
    client.post(SIGNUP, {"email": "Nia@Example.com", "username": " Nia  Prosser ", "password1": ""})
    assert client.post(CONFIRM, {"code": code_in(outbox()[0])}).status_code == 302
    person = get_user(client)
    assert (person.username, person.email) == ("Nia Prosser", "nia@example.com")
    assert not person.has_usable_password()
    assert person.emailaddress_set.get().verified


def test_a_password_can_be_chosen_at_once(client: Client, outbox: Outbox) -> None:
    client.post(SIGNUP, NEW)
    client.post(CONFIRM, {"code": code_in(outbox()[0])})
    assert get_user(client).check_password(NEW["password1"])


def test_nothing_is_made_before_the_code_is_typed(client: Client, outbox: Outbox) -> None:
    client.post(SIGNUP, NEW)
    assert not User.objects.exists()
    assert NEW["password1"] not in str(dict(client.session))


def test_it_leads_where_one_wanted_to_go(client: Client, outbox: Outbox) -> None:
    response = client.post(SIGNUP, NEW | {"next": "/topics/tides/"})
    assert client.post(response.url, {"code": code_in(outbox()[0])}).url == "/topics/tides/"


def test_an_address_that_has_an_account_is_answered_alike_and_its_code_signs_in(
    client: Client, reader: User, outbox: Outbox
) -> None:
    known = client.post(SIGNUP, NEW | {"email": reader.email}, follow=True)
    unknown = Client().post(SIGNUP, NEW, follow=True)
    assert same_for_all(known, reader.email) == same_for_all(unknown, NEW["email"])
    assert "You have an account here already." in text_of(outbox()[0])
    client.post(CONFIRM, {"code": code_in(outbox()[0])})
    assert get_user(client) == reader
    assert get_user(client).check_password(PASSWORD)


def test_the_request_does_the_same_work_for_both(reader: User) -> None:
    counted = []
    Client().post(SIGNUP, NEW | {"email": "the-first-of-this-network@example.com"})
    for address in (reader.email, NEW["email"]):
        with CaptureQueriesContext(connection) as queries:
            Client().post(SIGNUP, NEW | {"email": address})
        counted.append([query["sql"].split()[0] for query in queries])
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "name", ["Ines Okafor", "ines_okafor", "INES OKAFOR", "lnes 0kafor", "Inés Okafor"]
)
def test_a_name_that_looks_like_anothers_is_refused_and_the_address_kept(
    client: Client, reader: User, name: str
) -> None:
    response = client.post(SIGNUP, NEW | {"username": name})
    assert response.status_code == 422
    assert b"looks like it" in response.content
    assert NEW["email"].encode() in response.content


def test_a_name_taken_in_the_meantime_is_said_and_not_a_fault(
    client: Client, outbox: Outbox
) -> None:
    client.post(SIGNUP, NEW)
    User.objects.create_user(email="other@example.com", username="Nia_Prosser")
    response = client.post(CONFIRM, {"code": code_in(outbox()[0])})
    assert response.status_code == 422
    assert b"Choose another one." in response.content


def test_a_reserved_name_is_kept_for_those_who_run_the_site(client: Client) -> None:
    assert (
        b"reserved for the people who run this site"
        in client.post(SIGNUP, NEW | {"username": "Adm1n"}).content
    )


@pytest.mark.parametrize("password", payloads("password_refuse"))
def test_weak_passwords_are_refused(client: Client, db: None, password: str) -> None:
    assert client.post(SIGNUP, NEW | {"password1": password}).status_code == 422


@pytest.mark.parametrize("password", payloads("password_accept"))
def test_long_ones_of_any_kind_are_accepted(client: Client, db: None, password: str) -> None:
    assert client.post(SIGNUP, NEW | {"password1": password}).status_code == 302


@pytest.mark.parametrize("address", payloads("email_address"))
def test_no_address_is_a_fault(client: Client, db: None, outbox: Outbox, address: str) -> None:
    assert client.post(SIGNUP, NEW | {"email": address}).status_code in {302, 422}
    outbox()


@pytest.mark.parametrize("text", payloads("email_header"))
def test_nothing_typed_becomes_a_header_of_a_mail(
    client: Client, outbox: Outbox, text: str
) -> None:
    client.post(SIGNUP, NEW | {"email": text})
    client.post(SIGNUP, NEW | {"username": text, "next": text})
    for message in outbox():
        assert message.get_all("To") == [NEW["email"]]
        assert message["Bcc"] is None
        assert not message.defects


def test_the_first_administrator_can_sign_in_at_once(client: Client, db: None) -> None:
    User.objects.create_superuser(
        email="boss@example.com", username="Administrator", password=PASSWORD
    )
    client.post("/accounts/login/", {"login": "boss@example.com", "password": PASSWORD})
    assert get_user(client).is_superuser


def test_everybody_else_needs_another_name(db: None) -> None:
    with pytest.raises(ValidationError):
        User.objects.create_user(email="boss@example.com", username="Administrator")
