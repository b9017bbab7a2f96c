import secrets
from itertools import count
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from text.email_addresses import NotAnAddress, canonical_address

# No letter or digit here can be taken for another.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class Administrator(NamedTuple):
    email: str
    password: str


def first_administrator() -> Administrator | None:
    """Make the first administrator, who can sign in at once; None where an active one exists.

    Somebody who has the name or the address keeps them, without the
    right: it was taken from them, or never theirs.
    """
    if User.objects.administrators().exists():
        return None
    host = _mail_domain()
    password = _password()
    for number in count(1):
        suffix = str(number) if number > 1 else ""
        email, name = f"admin{suffix}@{host}", f"Administrator {suffix}".strip()
        if _make(email, name, password):
            return Administrator(email, password)
    return None


def _mail_domain() -> str:
    """Return the site's host; localhost where it is no domain that an address can have."""
    try:
        canonical_address(f"admin@{settings.SITE_HOST}")
    except NotAnAddress:
        return "localhost"
    return settings.SITE_HOST


def _make(email: str, name: str, password: str) -> bool:
    """Return False where somebody has the name, one that looks like it, or the address."""
    try:
        with transaction.atomic():
            User.objects.create_superuser(email=email, username=name, password=password)
    except IntegrityError:
        return False
    return True


def _password() -> str:
    """Twenty random letters (99 bits) in groups that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
