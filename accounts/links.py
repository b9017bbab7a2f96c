"""Links in emails that do one thing for one person, without signing in.

A link is signed for one purpose (its salt), for the person who gets it at their present address,
and for one thing. It opens no session and allows nothing else. SECURITY.md lists them.
"""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from accounts.models import User


class Purpose(StrEnum):
    REPLY = "reply"  # fills in the address of whoever replies; the reply is confirmed as always
    MUTE = "mute"
    UNSUBSCRIBE = "unsubscribe"
    CONFIRM = "confirm"  # that emails may be sent to an address


LIFETIMES = {
    Purpose.REPLY: timedelta(days=30),
    Purpose.MUTE: timedelta(days=365),
    Purpose.UNSUBSCRIBE: timedelta(days=365),
    Purpose.CONFIRM: timedelta(days=7),
}


def sign(purpose: Purpose, *thing: Any) -> str:
    """Return the token of a link about a thing: numbers and words that JSON can hold."""
    return _signer(purpose).sign_object(thing)


def thing_of(purpose: Purpose, token: str) -> list[Any] | None:
    """Return what the token was signed for; None if it is wrong or has expired."""
    try:
        thing: list[Any] = _signer(purpose).unsign_object(token, max_age=LIFETIMES[purpose])
    except signing.BadSignature:
        return None
    return thing


def sign_for(person: "User", purpose: Purpose, *thing: Any) -> str:
    return sign(purpose, person.pk, _seal(person), *thing)


def person_and_thing(purpose: Purpose, token: str) -> "tuple[User, list[Any]] | None":
    """Return for whom and what the token was signed; None if their address has changed since."""
    key, seal, *thing = thing_of(purpose, token) or (None, "")
    people: Any = get_user_model().objects
    person = people.filter(pk=key, is_active=True).first() if key else None
    if person is None or not constant_time_compare(str(seal), _seal(person)):
        return None
    return person, thing


def _seal(person: "User") -> str:
    return salted_hmac("accounts.links.address", person.email).hexdigest()[:12]


def _signer(purpose: Purpose) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"accounts.links.{purpose}")
