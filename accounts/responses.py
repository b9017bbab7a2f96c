"""Responses of the account pages: their status, and the page that follows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date

from accounts.limits import Limited

View = Callable[..., HttpResponse]

WAYS = ("login", "signup", "reset_password", "request_login_code")


def page(
    request: HttpRequest, template: str, form: BaseForm | None = None, **context: Any
) -> HttpResponse:
    ways = {f"{name}_url": with_next(request, f"account_{name}") for name in WAYS}
    context = {"form": form, "redirect_field_value": next_of(request), **ways, **context}
    return with_retry(render(request, template, context, status=status_of(form)), form)


def next_of(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or ""


def with_next(request: HttpRequest, name: str) -> str:
    return str(passthrough_next_redirect_url(request, reverse(name), REDIRECT_FIELD_NAME))


def status_of(form: BaseForm | None) -> int:
    if form is None or not form.errors:
        return 200
    return 429 if _limited_in(form) else 422


def with_retry(response: HttpResponse, form: BaseForm | None) -> HttpResponse:
    """Say to programs, too, when what was limited can be tried again."""
    if form is not None and (limited := _limited_in(form)):
        response["Retry-After"] = http_date(limited.until.timestamp())
    return response


def _limited_in(form: BaseForm) -> Limited | None:
    errors = (error for field in form.errors.as_data().values() for error in field)
    return next((error for error in errors if isinstance(error, Limited)), None)


def with_status(view: View) -> View:
    """allauth's views answer 200 to a form that is shown again; ours say
    that it was not accepted.
    """

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and hasattr(response, "context_data"):
            form = (response.context_data or {}).get("form")
            response.status_code = status_of(form)
            with_retry(response, form)
        return response

    return told
