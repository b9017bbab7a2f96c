import logging
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

from config.logs import request_id
from config.serve.gateway import OVERLOADED
from config.views.errors import unavailable
from config.views.health import PROBES

Answer = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("parley.request")

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]

HEADERS = {
    "Reporting-Endpoints": 'policy="/policy-reports/"',
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer camera geolocation gyroscope magnetometer microphone payment usb".split()
        )
    ),
}


class RequestLog:
    """One line a request: what was done and how it went,
    nothing about who asked and with which words.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(8)
        token = request_id.set(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            milliseconds = (time.perf_counter() - started) * 1000
            log.info(
                "%s %s %d %.0f ms",
                _method(request),
                _view(request),
                response.status_code,
                milliseconds,
            )
            return response
        finally:
            request_id.reset(token)


# Routes of pages about one person: no browser stores them, so
# that Back shows none of them after signing out.
PRIVATE_ROUTES = (
    "accounts/",
    "admin/",
    "articles/<slug:slug>/moderate/",
    "comments/<int:pk>/moderate/",
    "comments/<int:pk>/reasons/",
    "drafts/",
    "desk/",
    "flags/",
    "moderation/",
)
RETRY_AFTER = "60"  # seconds, where a refusal does not know the time itself


class SecurityHeaders:
    """Headers that neither Django nor django-csp sets, and who may store a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if _is_shown_by_back(request, response):
            response.headers["Cache-Control"] = "private, no-cache"
            response.headers.pop("Vary", None)
        elif _is_private(request):
            add_never_cache_headers(response)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            # Without no-store, so that the browser's back/forward cache still holds what was typed.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", RETRY_AFTER)
        return response


class Probes:
    """Answers health checks before the Host is looked at:
    whoever watches a pod asks for its address.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)


class RequestSize:
    """Refuses what is never taken before anything of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            raise BadRequest("Content-Length is not a number.")
        largest = settings.LARGEST_UPLOADS.get(request.path, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        if int(length[:20]) > largest:
            raise RequestDataTooBig("The request is larger than its address allows.")
        return self.get_response(request)


def _is_private(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.route.startswith(PRIVATE_ROUTES)


def _is_shown_by_back(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the browser may store this answer to a form, so that Back shows it again.

    Without it, Back asks whether to send the form once more. The stored page is shown even where
    the cookies have changed since, for example by signing in; the form that would be sent again
    holds at least as much about the person. Pages of people who are signed in are never stored.
    """
    if request.method != "POST" or 300 <= response.status_code < 400:
        return False
    return not (_is_private(request) and hasattr(request, "user") and request.user.is_authenticated)


class Overload:
    """Answers a request for which no thread became free, without a database or a session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return unavailable(request) if OVERLOADED in request.META else self.get_response(request)


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else "?"


def _view(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.view_name) or "-"
