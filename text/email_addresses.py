"""Email addresses: one spelling for each, and none that no server would take."""

import re
import unicodedata
from typing import Any

from ada_url import idna
from django.utils.translation import gettext_lazy as _

from text.invisible import SHOWS_NOTHING

MAX_LENGTH = 254  # RFC 5321
LOCAL_MAX_LENGTH = 64

# A dot-atom of RFC 5321. Quoted local parts may hold spaces
# and control characters, and no person has one.
LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# Controls, format characters (bidirectional, zero-width),
# spaces, surrogates and unassigned code points.
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


class NotAnAddress(ValueError):
    """The text is no address that can be mailed; `message` says what to do about it."""

    def __init__(self, message: Any) -> None:
        super().__init__()
        self.message = message


INCOMPLETE = _("Enter an email address, like name@example.com.")
UNSEEN_CHARACTERS = _("This address has a space or an invisible character in it. Type it again.")
UNWRITABLE = _(
    "Before the @, use the letters a to z, digits and signs only. Other letters are not possible."
)
NO_DOMAIN = _("Check the part after the @. It must be an email domain, like example.com.")


def canonical_address(text: str) -> str:
    """Return the address in lower case, its domain as DNS has it (UTS 46). Raise NotAnAddress."""
    typed = text.strip()
    if len(typed) > MAX_LENGTH:  # first: what follows looks at every character
        raise NotAnAddress(INCOMPLETE)
    if any(unicodedata.category(char) in UNSEEN for char in typed) or SHOWS_NOTHING.search(typed):
        raise NotAnAddress(UNSEEN_CHARACTERS)
    local, at, domain = typed.rpartition("@")
    if not at or not local or not domain or "@" in local:
        raise NotAnAddress(INCOMPLETE)
    address = f"{_local_part(local)}@{_domain(domain)}"
    if len(address) > MAX_LENGTH:
        raise NotAnAddress(INCOMPLETE)
    return address


def canonical_host(text: str) -> str:
    """Return a host's name in ASCII and lower case, or an empty string where it cannot be one."""
    try:
        host = idna.encode(text).decode("ascii").lower()
    except (ValueError, UnicodeError):
        return ""
    labels = host.split(".")
    return host if len(host) <= 253 and all(map(LABEL.fullmatch, labels)) else ""


def _local_part(text: str) -> str:
    # ASCII first: the lower case of the Kelvin sign is a plain k, and somebody else's address.
    if not text.isascii():
        raise NotAnAddress(UNWRITABLE)
    local = text.lower()
    # An encoded word would be decoded on its way, into another address.
    if len(local) > LOCAL_MAX_LENGTH or not LOCAL_PART.fullmatch(local) or "=?" in local:
        raise NotAnAddress(INCOMPLETE)
    return local


def _domain(text: str) -> str:
    domain = canonical_host(text)
    last = domain.rpartition(".")[2]
    is_number = last.isdigit()
    if not domain or is_number or ("." not in domain and domain != "localhost"):
        raise NotAnAddress(NO_DOMAIN)
    return domain
