"""EMAIL_URL, EMAIL_FROM and ANYMAIL_…: which server takes the site's emails, who they are from, and
who reports bounces.
"""

import re
from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from text.email_addresses import NotAnAddress, canonical_address, canonical_host

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
# How to write in a password what would end it.
ESCAPES = {"#": "%23", "?": "%3F", "/": "%2F", " ": "%20"}

WEBHOOK_SECRET = re.compile(r"[\w.-]+:[\w.-]{16,}", re.ASCII)
SENDER = re.compile(r"(?P<name>.*?)\s*<(?P<address>[^<>]*)>", re.DOTALL)


class MailServer(NamedTuple):
    transport: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server(url: str) -> MailServer:
    """Parse EMAIL_URL. No message quotes it: it holds a password."""
    if not url:
        return MailServer("mail.backends.FileBackend")
    parts = _split(url)
    user, password = _credentials(parts)
    return MailServer(
        "django.core.mail.backends.smtp.EmailBackend",
        host=_host(parts),
        port=parts.port or SMTP_PORTS[parts.scheme],
        user=user,
        password=password,
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def _split(url: str) -> SplitResult:
    for char, escape in ESCAPES.items():
        if char in url.partition("://")[2].removesuffix("/"):
            raise ImproperlyConfigured(
                f"EMAIL_URL must end with host and port. Write {char!r} in a name or password as "
                f"{escape}."
            )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_understood() from None
    if parts.scheme not in SMTP_PORTS or port == 0:
        raise _not_understood()
    return parts


def _host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    host = name if ":" in name else canonical_host(name)
    if not host:
        raise _not_understood()
    return host


def _credentials(parts: SplitResult) -> tuple[str, str]:
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ImproperlyConfigured(
            "EMAIL_URL must have both a user name and a password, or neither."
        )
    if not (user + password).isascii() or not (user + password).isprintable():
        raise ImproperlyConfigured(
            "EMAIL_URL has a name or password that SMTP cannot send:"
            " choose one of ASCII letters, digits and signs at the mail server."
        )
    return user, password


def _not_understood() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587."
    )


def sender(value: str, site_name: str, site_host: str) -> str:
    """Return the mailbox that emails come from: EMAIL_FROM,
    or the site's name and noreply@ its host.
    """
    if not value:
        name, address = (
            site_name,
            f"noreply@{site_host if site_host and ':' not in site_host else 'localhost'}",
        )
    elif match := SENDER.fullmatch(value):
        name, address = _unquoted(match["name"]), match["address"]
    else:
        name, address = "", value
    return mailbox(name, _sender_address(address, given=bool(value)))


def _sender_address(address: str, *, given: bool) -> str:
    try:
        return canonical_address(address)
    except NotAnAddress:
        if not given:  # a host that is a number or has one label
            return address
        message = (
            f"EMAIL_FROM must look like Parley <noreply@example.org>, and {address!r} is no email "
            "address."
        )
        raise ImproperlyConfigured(message) from None


def mailbox(name: str, address: str) -> str:
    """Return name and address as one mailbox of a header, whatever the name is made of."""
    # email.utils.formataddr would encode what is not ASCII, and Django does so, too.
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if name else address


def _unquoted(name: str) -> str:
    if len(name) < 2 or not (name[0] == name[-1] == '"'):
        return name
    return re.sub(r"\\(.)", r"\1", name[1:-1])


def anymail(variables: dict[str, str], *, secret: str) -> dict[str, str]:
    """Return the settings of django-anymail, by their names without "ANYMAIL_"."""
    found = {name.removeprefix("ANYMAIL_"): value for name, value in variables.items() if value}
    if found and not WEBHOOK_SECRET.fullmatch(secret):
        raise ImproperlyConfigured(
            "ANYMAIL_WEBHOOK_SECRET must be a name, a colon and at least 16 letters and digits."
        )
    if found and not find_spec("anymail"):
        raise ImproperlyConfigured(
            "ANYMAIL_WEBHOOK_SECRET needs the package django-anymail: run uv sync --extra anymail."
        )
    return found
