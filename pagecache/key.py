"""The cache key of a request, and the request as the site sees it when a page is cached."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from pagecache.language import language_for, offered, offers_several

Environ = dict[str, Any]

# The site itself responds to requests with one of these cookies.
PERSONAL = {settings.SESSION_COOKIE_NAME, settings.DRAFT_COOKIE_NAME, CookieStorage.cookie_name}
# A page is rendered without anything that may be personal, except for these two headers.
DROPPED_PREFIXES = ("HTTP_", "CONTENT_", "REMOTE_")
PASSED = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
# No page has a longer address, and longer ones are not remembered.
PATH_LENGTH, QUERY_LENGTH = 400, 200
ACCEPT_LENGTH = 100

THEMES = ("light", "dark")
# Orders of comments, beside the best first, which needs no choice.
ORDERS = ("newest", "oldest")
ORDER_COOKIE = "sort"
BEST_FIRST = "sort=best"
ENCODINGS = ("br", "gzip")  # the better one first


class Key(NamedTuple):
    path: str
    query: str
    theme: str
    language: str = ""  # "" where the site has one


class Choices(NamedTuple):
    theme: str = ""
    language: str = ""
    order: str = ""


NO_CHOICES = Choices()


def key_of(path: str, query: str, environ: Environ) -> Key | None:
    """Return the key of the page for a reader; None if one of the cookies is personal."""
    asks_for_best = query == BEST_FIRST and _has_order(path)
    if asks_for_best:
        query = ""  # the same page, which may be cached already
    cookies, several = environ.get("HTTP_COOKIE"), len(offered()) > 1
    if not (cookies or several) or ignores_cookies(path):
        return Key(path, query, "", "")
    choices = choices_in(cookies) if cookies else NO_CHOICES
    if choices is None:
        return None
    accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    language = language_for(choices.language, accepted) if several else ""
    order = "" if asks_for_best else choices.order
    return Key(path, _in_order(order, path, query), choices.theme, language)


def _in_order(order: str, path: str, query: str) -> str:
    """Return the query of the page in the chosen order: the one that a link to this order has."""
    if not order or "sort=" in query or "after=" in query or not _has_order(path):
        return query
    return f"{query}&sort={order}" if query else f"sort={order}"


def choices_in(cookies: str) -> Choices | None:
    """Return what the reader chose by cookies; None if one of the cookies is personal."""
    theme = language = order = ""
    for cookie in cookies.split(";"):
        name, _, value = cookie.partition("=")
        name = name.strip()
        if name in PERSONAL:
            return None
        if name == "theme" and value.strip() in THEMES:
            theme = value.strip()
        elif name == settings.LANGUAGE_COOKIE_NAME:
            language = value.strip()
        elif name == ORDER_COOKIE and value.strip() in ORDERS:
            order = value.strip()
    return Choices(theme, language, order)


def vary_of(path: str) -> str:
    """Return the header that names what the response of this path depends on."""
    if ignores_cookies(path):
        return "Accept-Encoding"
    return "Cookie, Accept-Encoding" + (", Accept-Language" if offers_several() else "")


@lru_cache(maxsize=1024)
def is_cacheable(key: Key) -> bool:
    """Return whether the view lets its response be cached (pagecache.decorators)."""
    parameters: frozenset[str] | None = getattr(_view(key.path), "cached_parameters", None)
    return parameters is not None and parameters.issuperset(
        name for name, _ in parse_qsl(key.query, True)
    )


@lru_cache(maxsize=1024)
def ignores_cookies(path: str) -> bool:
    """Return whether the view gives everybody the same response (pagecache.decorators)."""
    return getattr(_view(path), "ignores_cookies", False)


@lru_cache(maxsize=1024)
def _has_order(path: str) -> bool:
    return "sort" in getattr(_view(path), "cached_parameters", ())


def _view(path: str) -> Callable[..., Any] | None:
    """Return the view of the path; None if the path is not canonical, such as `/comments/007/`."""
    try:
        match = resolve(path)
        is_canonical = reverse(match.view_name, args=match.args, kwargs=match.kwargs) == path
    except (Resolver404, NoReverseMatch):
        return None
    return match.func if is_canonical else None


def anonymous_environ(environ: Environ, key: Key) -> Environ:
    """Return the request without cookies, network address and personal headers.

    So a cached page cannot contain any of them.
    """
    anonymous = {
        name: value
        for name, value in environ.items()
        if name in PASSED or not name.startswith(DROPPED_PREFIXES)
    }
    anonymous["REQUEST_METHOD"] = "GET"
    anonymous["QUERY_STRING"] = key.query
    if key.theme:
        anonymous["HTTP_COOKIE"] = f"theme={key.theme}"
    if key.language:
        anonymous["HTTP_ACCEPT_LANGUAGE"] = key.language
    return anonymous


def encoding_in(accepted: str) -> str:
    """Return the best of ENCODINGS that the header Accept-Encoding allows; "" for none."""
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
