"""One account for one address, at every door and however it is spelled."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.mail import Outbox, code_in

SPELLINGS = ["chef@müller.example", "Chef@MÜLLER.example", "chef@xn--mller-kva.example"]
UNMAILABLE = [
    "a@b.example\u202e",
    "a\u200b@b.example",
    "maıl@example.org",
    "ö@b.example",
    '"a b"@b.example',
]
CANONICAL = "chef@xn--mller-kva.example"


@pytest.fixture
def chef(db: None) -> User:
    person = User.objects.create_superuser(
        email=SPELLINGS[0], username="Chef Müller", password="quiet harbour wall"
    )
    assert person.email == CANONICAL
    return person


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_person_signs_in_by_every_spelling(typed: str, chef: User, client: Client) -> None:
    response = client.post("/accounts/login/", {"login": typed, "password": "quiet harbour wall"})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(chef.pk)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_code_comes_by_every_spelling(
    typed: str, chef: User, client: Client, outbox: Outbox
) -> None:
    client.post("/accounts/password/reset/", {"email": typed})
    [email] = outbox()
    assert email["To"] == CANONICAL
    assert code_in(email)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_an_address_has_one_account(typed: str, chef: User) -> None:
    assert User.objects.with_email(typed) == chef
    assert User.objects.get(email=typed) == chef
    with pytest.raises(ValidationError):
        User(email=typed, username="Somebody else", password="!").full_clean()


def test_the_command_for_administrators_makes_an_account_that_can_sign_in(
    db: None, client: Client
) -> None:
    call_command(
        "createsuperuser", "--noinput", email=SPELLINGS[0], username="Chef Müller", verbosity=0
    )
    assert User.objects.get().email == CANONICAL


@pytest.mark.parametrize("address", UNMAILABLE)
@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/accounts/login/", {"login": "", "password": "quiet harbour wall"}),
        ("/accounts/login/code/", {"email": ""}),
        ("/accounts/password/reset/", {"email": ""}),
        ("/accounts/signup/", {"email": "", "username": "Nia Prosser"}),
    ],
)
def test_what_cannot_be_mailed_is_refused_in_words(
    page: str, fields: dict[str, str], address: str, client: Client, outbox: Outbox
) -> None:
    response = client.post(page, {name: value or address for name, value in fields.items()})
    assert response.status_code == 422
    assert any(
        word in response.text
        for word in ("Before the @", "invisible character", "Enter an email address")
    )
    assert outbox() == []


@pytest.mark.parametrize("address", UNMAILABLE)
def test_nor_do_commands_and_the_admin_take_it(
    address: str, moderator: User, client_of: Callable[[User], Client]
) -> None:
    with pytest.raises((CommandError, ValidationError)):
        call_command(
            "createsuperuser", "--noinput", email=address, username="Nia Prosser", verbosity=0
        )
    response = client_of(moderator).post(
        "/admin/accounts/user/add/",
        {"email": address, "username": "Nia Prosser", "usable_password": "false"},
    )
    assert response.status_code == 200
    assert not User.objects.filter(username="Nia Prosser").exists()


def test_addresses_from_before_are_rewritten_where_nobody_has_the_other_spelling(
    reader: User, moderator: User
) -> None:
    _set_raw(reader, "ines@müller.example")
    _set_raw(moderator, "ö@b.example")
    reader.emailaddress_set.update(email="ines@müller.example")
    rewrite = import_module("accounts.migrations.0002_canonical_email").rewrite
    rewrite(apps, connection.schema_editor())
    reader.refresh_from_db()
    assert reader.email == reader.emailaddress_set.get().email == "ines@xn--mller-kva.example"
    moderator.refresh_from_db()
    assert moderator.email == "ö@b.example"


def _set_raw(person: User, email: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = %s WHERE id = %s", [email, person.pk])
