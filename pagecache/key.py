"""What a request asks for, as far as a kept page depends on it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

Environ = dict[str, Any]

# Who sends one of these is somebody: the site answers them itself.
PERSONAL = {settings.SESSION_COOKIE_NAME, settings.DRAFT_COOKIE_NAME, CookieStorage.cookie_name}
# What the site is told and what it is not when everybody will get the answer.
TOLD = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
OF_SOMEBODY = ("HTTP_", "CONTENT_", "REMOTE_")
# Longer addresses are nobody's page, and are not remembered.
PATH_LENGTH, QUERY_LENGTH = 400, 200
ACCEPT_LENGTH = 100

THEMES = ("light", "dark")
ENCODINGS = ("br", "gzip")  # the better one first


class Key(NamedTuple):
    path: str
    query: str
    theme: str


def theme_in(cookies: str) -> str | None:
    """The theme these cookies ask for, or none of them (""); None when one of them is somebody's."""
    theme = ""
    for cookie in cookies.split(";"):
        name, _, value = cookie.partition("=")
        name = name.strip()
        if name in PERSONAL:
            return None
        if name == "theme" and value.strip() in THEMES:
            theme = value.strip()
    return theme


@lru_cache(maxsize=1024)
def may_be_kept(key: Key) -> bool:
    """Whether the view behind the address says so (pagecache.decorators)."""
    parameters: frozenset[str] | None = getattr(_view(key.path), "kept_with", None)
    return parameters is not None and parameters.issuperset(
        name for name, _ in parse_qsl(key.query, True)
    )


@lru_cache(maxsize=1024)
def ignores_cookies(path: str) -> bool:
    """Return whether the view behind the path answers everybody alike (pagecache.decorators)."""
    return getattr(_view(path), "ignores_cookies", False)


def _view(path: str) -> Callable[..., Any] | None:
    """Return the view of the path; none for another spelling
    of it, such as a number with zeros before it.
    """
    try:
        match = resolve(path)
        is_canonical = reverse(match.view_name, args=match.args, kwargs=match.kwargs) == path
    except (Resolver404, NoReverseMatch):
        return None
    return match.func if is_canonical else None


def for_nobody(environ: Environ, theme: str) -> Environ:
    """The same address, asked by nobody: what the site was not told cannot be in its answer."""
    asked = {
        name: value
        for name, value in environ.items()
        if name in TOLD or not name.startswith(OF_SOMEBODY)
    }
    asked["REQUEST_METHOD"] = "GET"
    if theme:
        asked["HTTP_COOKIE"] = f"theme={theme}"
    return asked


def encoding_in(accepted: str) -> str:
    """The best of ENCODINGS that the header Accept-Encoding allows; "" for none."""
    return _encoding_in(accepted[:ACCEPT_LENGTH])


@lru_cache(maxsize=256)
def _encoding_in(accepted: str) -> str:
    weights = dict(_weighted(entry) for entry in accepted.lower().split(","))
    best = max(ENCODINGS, key=lambda name: weights.get(name, 0.0))
    return best if weights.get(best, 0.0) > 0 else ""


def _weighted(entry: str) -> tuple[str, float]:
    name, _, parameter = entry.partition(";")
    weight = parameter.strip().removeprefix("q=")
    try:
        return name.strip(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0
