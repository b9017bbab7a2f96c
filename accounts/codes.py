"""Codes that are mailed. What is stored gives none away: the digits come out only with the server's key."""

import secrets
from typing import Self

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6


class SealedCode(str):
    """A code as it is stored. `plain` is what the mail prints."""

    __slots__ = ()

    @classmethod
    def new(cls) -> Self:
        return cls(secrets.token_urlsafe(24))

    @property
    def plain(self) -> str:
        digest = salted_hmac("accounts.codes", str(self), algorithm="sha256").digest()
        return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def matches(sealed: str, typed: str) -> bool:
    """Whether somebody typed this code, with or without spaces and dashes."""
    digits = "".join(char for char in typed if char.isdecimal())
    return bool(sealed) and constant_time_compare(SealedCode(sealed).plain, digits)
