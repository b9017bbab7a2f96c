"""Browsers in which somebody was signed in before: strangers cannot use up what these may do.

A signed cookie names the account and the state it was in, so that a new password or address ends
it. It opens nothing; it has budgets of its own (OWASP calls it a device cookie).
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.proofs import state_of

View = Callable[..., HttpResponse]

LIFETIME = timedelta(days=365)


class Device(NamedTuple):
    """The content of the device cookie; its budgets are counted by `subject`."""

    person: int
    subject: str
    state: str

    def fits(self, person: User) -> bool:
        return self.person == person.pk and constant_time_compare(self.state, state_of(person))


def known(request: HttpRequest, email: str) -> str:
    """Return the subject of this browser's own budgets for an address, "" where it has none."""
    device = _device_of(request)
    person = User.objects.filter(pk=device.person, email=email).first() if device else None
    return device.subject if device and person and device.fits(person) else ""


def is_new(request: HttpRequest, person: User) -> bool:
    """Return whether this person was never signed in in this browser."""
    device = _device_of(request)
    return device is None or device.person != person.pk


def was_ended(request: HttpRequest) -> bool:
    """Return whether the account that was used here has had a new password or address since."""
    device = _device_of(request)
    person = User.objects.filter(pk=device.person).first() if device else None
    return bool(device and person and not device.fits(person))


def person_of(request: HttpRequest) -> User | None:
    """Return the person whose account was used in this browser, as it still is."""
    device = _device_of(request)
    person = User.objects.filter(pk=device.person).first() if device else None
    return person if device and person and device.fits(person) else None


def told_why_signed_out(view: View) -> View:
    """Tell the reader, on the sign-in page, that a new password or address ended this session."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and not request.user.is_authenticated and was_ended(request):
            why = _(
                "You were signed out because your password or email was changed. Sign in again."
            )
            messages.info(request, why)
        return view(request, *args, **kwargs)

    return told


class DeviceMiddleware:
    """Remembers the browser of whoever is signed in."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person = _signed_in(request)
        device = _device_of(request) if person else None
        if person and not (device and device.fits(person)):
            _remember(response, person)
        return response


def _signed_in(request: HttpRequest) -> User | None:
    """Return who is signed in, as far as this request has
    asked: nobody is looked up for the cookie alone.
    """
    user = getattr(request, "user", None)
    if user is None or (
        isinstance(user, SimpleLazyObject) and not hasattr(request, "_cached_user")
    ):
        return None
    return user if user.is_authenticated else None


def _remember(response: HttpResponse, person: User) -> None:
    value = f"{person.pk}:{secrets.token_urlsafe(12)}:{state_of(person)}"
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        value,
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device_of(request: HttpRequest) -> Device | None:
    value = (
        request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, default="", max_age=LIFETIME) or ""
    )
    if not value:
        return None
    person, subject, state = value.split(":")
    return Device(int(person), f"{person}:{subject}", state)
