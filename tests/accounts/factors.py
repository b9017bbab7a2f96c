"""Second factors in the hands of a test: an app, recovery codes, and a passkey in software."""

import json
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.models import User
from tests.conftest import PASSWORD

Answer = Callable[[Client], dict[str, str]]

LOGIN = "/accounts/login/"
ASKED = "/accounts/2fa/authenticate/"
PASSKEY_LOGIN = "/accounts/2fa/webauthn/login/"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def sign_in(client: Client, person: User, password: str = PASSWORD, **fields: str) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": password, **fields})


class App:
    """An authenticator app that somebody has set up."""

    def __init__(self, person: User) -> None:
        self.secret = generate_totp_secret()
        TOTP.activate(person, self.secret)

    def code(self, *, periods: int = 0) -> str:
        return code_of(self.secret, periods=periods)


def code_of(secret: str, *, periods: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


class Passkey:
    """A passkey, as a device keeps it."""

    def __init__(self, person: User, *, is_stored: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.person = person
        self.credential = sha256(str(person.pk).encode()).digest()
        if is_stored:
            answer = self.registration("Y2hhbGxlbmdl")
            data = {"name": "Phone", "credential": json.loads(answer)}
            Authenticator.objects.create(user=person, type="webauthn", data=data)

    def registration(self, challenge: str) -> str:
        """Return what a browser sends to add it."""
        cose: Any = ES256
        public = cose.from_cryptography_key(self.key.public_key())
        known = AttestedCredentialData.create(b"\0" * 16, self.credential, public)
        flags = PRESENT | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(_site(), flags, 0, known)
        attestation = AttestationObject.create("none", data, {})
        client = CollectedClientData.create("webauthn.create", challenge, settings.SITE_URL)
        return self._answer(client, attestationObject=attestation, rk=True)

    def assertion(self, challenge: str) -> str:
        """Return what a browser sends to sign in with it."""
        data = AuthenticatorData.create(_site(), PRESENT, 1)
        client = CollectedClientData.create("webauthn.get", challenge, settings.SITE_URL)
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        person = user_pk_to_url_str(self.person).encode()
        return self._answer(
            client, authenticatorData=data, signature=signature, userHandle=person, rk=None
        )

    def _answer(self, client: CollectedClientData, *, rk: bool | None, **parts: bytes) -> str:
        name = websafe_encode(self.credential)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {"clientDataJSON": websafe_encode(client), **response},
                "clientExtensionResults": {} if rk is None else {"credProps": {"rk": rk}},
            }
        )


def passkey_login(client: Client, passkey: Passkey, **fields: str) -> Any:
    asked = client.get(PASSKEY_LOGIN, headers={"accept": "application/json"}).json()
    challenge = asked["request_options"]["publicKey"]["challenge"]
    return client.post(PASSKEY_LOGIN, {"credential": passkey.assertion(challenge), **fields})


def recovery_code(person: User) -> str:
    code: str = RecoveryCodes.activate(person).get_unused_codes()[0]
    return code


def set_up(person: User, factor: str) -> Answer | None:
    """Give somebody a second factor, and return what they send when they are asked for it."""
    if factor == "none":
        return None
    if factor == "passkey":
        passkey = Passkey(person)
        return lambda client: {"credential": passkey.assertion(_challenge_in(client))}
    app = App(person)
    code = recovery_code(person) if factor == "recovery code" else ""
    return lambda client: {"code": code or app.code()}


def _challenge_in(client: Client) -> str:
    """Return the challenge of the page that asks, which the session keeps, too."""
    client.get("/accounts/2fa/authenticate/")
    challenge: str = client.session["mfa.webauthn.state"]["challenge"]
    return challenge


def _site() -> bytes:
    return sha256(str(urlsplit(settings.SITE_URL).hostname).encode()).digest()
