"""SIGN_IN_GOOGLE, SIGN_IN_GITHUB, SIGN_IN_OPENID: accounts elsewhere that people sign in with."""

from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OPENID = "openid"  # in the address to which the provider sends people back
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

Providers = dict[str, Any]


def providers_named_by(read: Callable[[str], str]) -> Providers:
    google, github = read("SIGN_IN_GOOGLE"), read("SIGN_IN_GITHUB")
    return providers(google, github, read("SIGN_IN_OPENID"), read("SIGN_IN_OPENID_NAME"))


def providers(google: str, github: str, openid: str, openid_name: str) -> Providers:
    """Return allauth's setting. No message quotes a value: it holds a secret."""
    found: Providers = {}
    for name, keys in (("google", google), ("github", github)):
        if keys:
            found[name] = _provider(_app(f"SIGN_IN_{name.upper()}", keys))
    if openid:
        found["openid_connect"] = _provider(_openid_app(openid, openid_name))
    return found


def _provider(app: dict[str, Any]) -> Providers:
    return {"APPS": [app], "OAUTH_PKCE_ENABLED": True}


def _app(var: str, keys: str) -> dict[str, Any]:
    client_id, colon, secret = keys.partition(":")
    if not (client_id and colon and secret) or " " in keys:
        raise ImproperlyConfigured(f"{var} must be the client's id and secret: client-id:secret.")
    return {"client_id": client_id, "secret": secret, "key": ""}


def _openid_app(url: str, name: str) -> dict[str, Any]:
    parts = _parts(url)
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    port = f":{parts.port}" if parts.port else ""
    return {
        "provider_id": OPENID,
        "name": name or host,
        "client_id": unquote(parts.username or ""),
        "secret": unquote(parts.password or ""),
        "settings": {"server_url": f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"},
    }


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_understood() from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (is_safe and parts.hostname and parts.username and parts.password) or port == 0:
        raise _not_understood()
    if parts.query or parts.fragment:
        raise _not_understood()
    return parts


def _not_understood() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "SIGN_IN_OPENID must look like https://client-id:secret@id.example.org/path. Write '#' in "
        "a secret as %23, '?' as %3F, '/' as %2F and '@' as %40."
    )
