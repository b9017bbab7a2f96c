"""Answers of passkeys that are none: a browser may send anything."""

import json

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User
from tests.accounts.factors import ASKED, PASSKEY_LOGIN, Passkey, passkey_login, sign_in

ADD = "/accounts/2fa/webauthn/add/"
FRESH = "/accounts/reauthenticate/"
NONSENSE = {
    "no parts": '{"id": 1}',
    "another id": '{"id": "AA", "rawId": "AQ", "type": "public-key", "response": {}}',
    "no answer": '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    "a list": "[]",
    "a word": '"word"',
    "words for parts": '{"id": "AA", "rawId": "AA", "type": "public-key", "response": "word"}',
    "no JSON": "{",
    "deep": "[" * 5000,
}


@pytest.fixture(params=list(NONSENSE.values()), ids=list(NONSENSE))
def nonsense(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def broken(answer: str, part: str) -> str:
    """Return the answer with one part cut short."""
    read = json.loads(answer)
    value = read["response"][part]
    read["response"][part] = value[: len(value) // 2]
    return json.dumps(read)


def challenge_in(client: Client) -> str:
    return str(client.session["mfa.webauthn.state"]["challenge"])


def test_nonsense_signs_nobody_in(client: Client, db: None, nonsense: str) -> None:
    assert client.post(PASSKEY_LOGIN, {"credential": nonsense}).status_code == 302
    assert not get_user(client).is_authenticated


def test_nonsense_is_no_second_factor(client: Client, reader: User, nonsense: str) -> None:
    Passkey(reader)
    sign_in(client, reader)
    assert client.post(ASKED, {"credential": nonsense}).status_code == 422


def test_nonsense_is_no_fresh_proof(client: Client, reader: User, nonsense: str) -> None:
    passkey = Passkey(reader)
    passkey_login(client, passkey)
    assert client.post(FRESH, {"credential": nonsense}).status_code == 422


def test_nonsense_is_no_new_passkey(fresh: Client, nonsense: str) -> None:
    fresh.get(ADD)
    assert fresh.post(ADD, {"credential": nonsense, "name": "Phone"}).status_code == 422


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
def test_an_answer_cut_short_signs_nobody_in(client: Client, reader: User, part: str) -> None:
    passkey = Passkey(reader)
    client.get(PASSKEY_LOGIN, headers={"accept": "application/json"})
    answer = broken(passkey.assertion(challenge_in(client)), part)
    assert client.post(PASSKEY_LOGIN, {"credential": answer}).status_code == 302
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
def test_a_registration_cut_short_adds_nothing(fresh: Client, reader: User, part: str) -> None:
    fresh.get(ADD)
    passkey = Passkey(reader, is_stored=False)
    answer = broken(passkey.registration(challenge_in(fresh)), part)
    assert fresh.post(ADD, {"credential": answer, "name": "Phone"}).status_code == 422
    assert not reader.authenticator_set.exists()


def test_the_signature_of_another_key_opens_nothing(client: Client, reader: User) -> None:
    Passkey(reader)
    stranger = Passkey(reader, is_stored=False)
    assert passkey_login(client, stranger).status_code == 302
    assert not get_user(client).is_authenticated
