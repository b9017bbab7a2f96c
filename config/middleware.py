import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from config.logs import request_id

Answer = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("parley.request")

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]

HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in "accelerometer camera geolocation gyroscope magnetometer microphone payment usb".split()
    ),
}


class RequestLog:
    """One line a request: what was done and how it went, nothing about who asked and with which words."""

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
            log.info("%s %s %d %.0f ms", _method(request), _view(request), response.status_code, milliseconds)
            return response
        finally:
            request_id.reset(token)


class SecurityHeaders:
    """What neither Django nor the content security policy says, and who may keep a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            # Not no-store: a browser that stored nothing has lost what was typed when one goes back to it.
            # Pages that show secrets (accounts, admin) say no-store themselves.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


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
        if int(length[:20]) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The request is larger than DATA_UPLOAD_MAX_MEMORY_SIZE.")
        return self.get_response(request)


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else "?"


def _view(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.view_name) or "-"
