"""A fresh proof before what would give the account away: a new address,
a first password, its end.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Return whether the password, or a code sent to the present
    address, was typed here just now.
    """
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    typed = [record["at"] for record in records if record.get("reauthenticated")]
    return bool(typed) and time.time() - typed[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def fresh_proof_required(*methods: str) -> Callable[[View], View]:
    """Ask for a fresh proof before these methods of a view, whatever ways in the account has."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if (
                request.method not in methods
                or not request.user.is_authenticated
                or is_fresh(request)
            ):
                return view(request, *args, **kwargs)
            if (
                "GET" in methods
            ):  # the form is opened afterwards: what was typed into it is not kept
                return redirect_to_login(request.path, reverse("account_reauthenticate"))
            raise ReauthenticationRequired

        return guarded

    return guard
