"""The sender of a form: a page of this site, another site, or nobody knows.

A signed-out reader's page is the same for everybody, so its forms cannot carry a token. They are
accepted when the browser says that they come from this site; a browser that says nothing is asked
once more, by a page that carries a token (config.views.errors.csrf_failure).
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import lru_cache, wraps
from typing import Any, cast

from ada_url import URL
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OPAQUE = "null"  # the Origin of a page whose Referrer-Policy is no-referrer, and of a sandboxed one


class Sender(Enum):
    OURS = auto()
    UNKNOWN = auto()  # text browsers send neither Origin nor Sec-Fetch-Site
    FOREIGN = auto()


def sender_of(request: HttpRequest) -> Sender:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    is_ours = origin in {f"{request.scheme}://{request.get_host()}", _origin_of(settings.SITE_URL)}
    if site in {"cross-site", "same-site"} or not (is_ours or origin in {None, OPAQUE}):
        return Sender.FOREIGN
    if site == "same-origin" or (is_ours and site is None):
        return Sender.OURS
    return Sender.UNKNOWN


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's check of the token, refusing at once only
    what the browser says comes from another site.

    A proxy may replace our Referrer-Policy by no-referrer: browsers then send `Origin: null` and no
    Referer, which proves nothing. It may also pass our host on without its port: SITE_URL has it.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        return sender_of(request) is not Sender.FOREIGN

    def _check_referer(self, request: HttpRequest) -> None:
        if "HTTP_REFERER" in request.META:
            super()._check_referer(request)  # type: ignore[misc]  # the stubs leave it out


csrf_protect = cast("Callable[[View], View]", decorator_from_middleware(CsrfMiddleware))


def from_our_page(view: View) -> View:
    """Accept a form of this site, refuse one of another, and ask
    for the token where the browser says neither.
    """
    with_token = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sender = Sender.OURS if request.method in SAFE_METHODS else sender_of(request)
        if sender is Sender.FOREIGN:
            raise PermissionDenied
        if sender is Sender.OURS:
            return view(request, *args, **kwargs)
        if "csrfmiddlewaretoken" not in request.POST:
            return _ask_again(request)
        return with_token(request, *args, **kwargs)

    return guarded


def csrf_or_same_origin(view: View) -> View:
    """Ask a signed-in person for the CSRF token, and a signed-out
    reader for a form of this site.
    """
    with_token, signed_out = csrf_protect(view), from_our_page(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        guard = with_token if request.user.is_authenticated else signed_out
        return guard(request, *args, **kwargs)

    return guarded


@lru_cache
def _origin_of(address: str) -> str:
    """Return the origin as browsers write it, in small letters and without the usual port."""
    return str(URL(address).origin)


def _ask_again(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = import_string(settings.CSRF_FAILURE_VIEW)(request)
    return response
