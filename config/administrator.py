import secrets
from typing import NamedTuple

from django.conf import settings

from accounts.models import User
from config.environment import is_loopback

# No letter or digit here can be taken for another.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class Administrator(NamedTuple):
    email: str
    password: str


def first_administrator() -> Administrator | None:
    """Makes the first administrator, who can sign in at once; None where there is one already."""
    if User.objects.filter(is_superuser=True).exists():
        return None
    host = "localhost" if is_loopback(settings.SITE_HOST) else settings.SITE_HOST
    administrator = Administrator(f"admin@{host}", _password())
    User.objects.create_superuser(email=administrator.email, username="Administrator", password=administrator.password)
    return administrator


def _password() -> str:
    """Twenty random letters (99 bits) in groups that can be read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
