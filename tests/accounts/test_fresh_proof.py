"""Changes that could give an account away ask for a fresh proof, and can be undone for a week."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Proof, User
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, link_in

NEW = "a lantern on the pier"
EMAIL = ("/accounts/email/", {"action_add": "1", "email": "new@example.com"})
SET_PASSWORD = ("/accounts/password/set/", {"password1": NEW})


@pytest.fixture
def without_password(reader: User, client: Client, outbox: Outbox) -> Client:
    reader.set_unusable_password()
    reader.save()
    client.post("/accounts/login/code/", {"email": reader.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in(outbox()[-1])})
    return client


@pytest.mark.parametrize(("address", "fields"), [EMAIL, SET_PASSWORD])
def test_an_older_session_is_asked_also_without_a_password(
    without_password: Client,
    outbox: Outbox,
    address: str,
    fields: dict[str, str],
    time_machine: TimeMachineFixture,
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    response = without_password.post(address, fields)
    assert response.url.startswith("/accounts/reauthenticate/")
    assert not get_user(without_password).has_usable_password()
    page = without_password.post(response.url, {"send": "1"})
    mail = outbox()[-1]
    assert mail["To"] == "ines@example.com"
    assert without_password.post(page.url, {"code": "000"}).status_code == 422
    without_password.post(page.url, {"code": code_in(mail)})
    without_password.post(address, fields)
    assert (
        outbox()[-1]["To"] == "new@example.com" or get_user(without_password).has_usable_password()
    )


def test_a_password_that_waits_for_the_proof_is_not_kept(
    without_password: Client, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    without_password.post(*SET_PASSWORD)
    assert NEW not in str(dict(without_password.session))


@pytest.fixture
def taken(client: Client, reader: User, outbox: Outbox) -> Client:
    """Return the browser of an intruder who has changed address and password."""
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post(*EMAIL)
    client.post("/accounts/confirm-email/", {"code": code_in(outbox()[-1])})
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    return client


def restore_link(outbox: Outbox, to: str = "ines@example.com") -> str:
    mail = next(
        mail for mail in reversed(outbox()) if mail["To"] == to and "address" in mail["Subject"]
    )
    return link_in(mail, "/accounts/email/restore/")


def test_this_was_not_me_gives_the_account_back(
    taken: Client, outbox: Outbox, reader: User
) -> None:
    owner = Client()
    page = owner.get(restore_link(outbox), follow=True)
    assert b"restore my address" in page.content
    assert User.objects.get().email == "new@example.com", "opening the link does nothing"
    response = owner.post("/accounts/email/restore/", follow=True)
    assert b"Choose a new password" in response.content
    assert User.objects.get().email == reader.email
    assert not get_user(taken).is_authenticated
    assert not Client().login(login="new@example.com", password=NEW)
    owner.post("/accounts/password/reset/key/", {"password1": "another lantern entirely"})
    assert get_user(owner) == reader


def test_only_the_old_address_gets_the_way_back(taken: Client, outbox: Outbox) -> None:
    told = [mail.as_string() for mail in outbox() if mail["To"] == "new@example.com"]
    assert not any("email/restore" in text for text in told)


def test_the_way_back_works_once_and_for_a_week(
    taken: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    link = restore_link(outbox)
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    assert b"has expired or been used" in Client().get(link, follow=True).content
    time_machine.move_to(timezone.now() - timedelta(days=1))
    owner, again = Client(), Client()
    owner.get(link)
    again.get(link)
    owner.post("/accounts/email/restore/")
    assert b"has expired or been used" in again.post("/accounts/email/restore/").content


def test_a_second_change_does_not_end_the_first_way_back(
    taken: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    taken.post("/accounts/reauthenticate/", {"password": NEW})
    taken.post("/accounts/email/", {"action_add": "1", "email": "third@example.com"})
    taken.post("/accounts/confirm-email/", {"code": code_in(outbox()[-1])})
    assert User.objects.get().email == "third@example.com"
    owner, thief = Client(), Client()
    thief_link = restore_link(outbox, "new@example.com")
    owner.get(restore_link(outbox))
    owner.post("/accounts/email/restore/")
    thief.get(thief_link)
    thief.post("/accounts/email/restore/")
    assert User.objects.get().email == "ines@example.com"


def test_an_address_that_another_account_has_now_is_not_taken_from_it(
    taken: Client, outbox: Outbox
) -> None:
    User.objects.create_user(email="ines@example.com", username="Another Ines")
    owner = Client()
    owner.get(restore_link(outbox))
    owner.post("/accounts/email/restore/")
    assert User.objects.get(username="Another Ines").email == "ines@example.com"
    assert Proof.objects.filter(purpose="restore", ended_at=None).exists()
