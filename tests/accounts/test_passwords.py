"""A password is the same however a keyboard composes it, at every door."""

import time
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from accounts.hashers import OpaqueArgon2PasswordHasher
from accounts.models import User
from tests.corpora import cases

COMPOSED = "Zw\u00f6lf sch\u00f6ne B\u00e4ume drau\u00dfen"
DECOMPOSED = "Zwo\u0308lf scho\u0308ne Ba\u0308ume drau\u00dfen"
SPACED = COMPOSED.replace(" ", "\u00a0")
FORMS = [COMPOSED, DECOMPOSED, SPACED]


class OldArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1


def sign_in(client: Client, person: User, password: str) -> bool:
    return (
        client.post("/accounts/login/", {"login": person.email, "password": password}).status_code
        == 302
    )


@pytest.mark.parametrize("chosen", FORMS)
@pytest.mark.parametrize("typed", FORMS)
def test_each_form_of_a_password_opens(
    chosen: str, typed: str, reader: User, client: Client
) -> None:
    reader.set_password(chosen)
    reader.save()
    assert sign_in(client, reader, typed)


@pytest.mark.parametrize("chosen", FORMS)
def test_a_hash_from_before_goes_on_working_and_is_made_anew(
    chosen: str, reader: User, client: Client, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, f"{__name__}.OldArgon2"]
    User.objects.filter(pk=reader.pk).update(password=OldArgon2().encode(chosen, "saltsaltsalt"))
    assert not sign_in(client, reader, "quiet harbour gate")
    assert sign_in(client, reader, chosen)
    reader.refresh_from_db()
    assert reader.password.startswith("argon2nfc$")
    for form in FORMS:
        assert sign_in(Client(), reader, form)


def test_a_hash_fits_its_column(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashers.OpaqueArgon2PasswordHasher"]
    assert len(make_password(COMPOSED)) <= int(User._meta.get_field("password").max_length or 0)


@pytest.mark.parametrize("password", [COMPOSED, COMPOSED * 20_000], ids=["usual", "longest"])
def test_a_hash_takes_a_part_of_what_a_request_may_take(password: str) -> None:
    started = time.process_time()
    make_password(password, hasher=OpaqueArgon2PasswordHasher())
    assert time.process_time() - started < 0.25


@pytest.mark.parametrize("password", cases("password_refuse"))
def test_every_password_of_the_corpus_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    ["aaaaaaaaaaaaaaaa", "passwordpassword", "inesokaforinesokafor", "parleyparleyparley"],
)
def test_an_easy_password_is_refused_where_it_is_chosen(
    password: str, reader: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(reader)
    client.post("/accounts/reauthenticate/", {"password": "quiet harbour wall"})
    changed = {"oldpassword": "quiet harbour wall", "password1": password}
    response = client.post("/accounts/password/change/", changed)
    assert response.status_code == 422
    assert "words" in response.text
    reader.refresh_from_db()
    assert reader.check_password("quiet harbour wall")
