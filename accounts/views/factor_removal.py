"""Guards of the removal of a second factor: what it needs before, and what follows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.factor_adapter import FactorAdapter
from accounts.models import User

View = Callable[..., HttpResponse]


def passkey_can_go(view: View) -> View:
    """Refuse what allauth asks about an app alone: a role may need its last second factor."""

    @wraps(view)
    def asked(request: HttpRequest, pk: int) -> HttpResponse:
        key = Authenticator.objects.filter(pk=pk, user=request.user.pk).first()
        adapter = FactorAdapter()
        if key and not adapter.can_delete_authenticator(key):
            messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return view(request, pk=pk)

    return asked


def new_password_follows(view: View) -> View:
    """Lead to a new password, still signed in, where the one before ended with the factor."""

    @wraps(view)
    def followed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        before: Any = request.user
        response = view(request, **kwargs)
        if request.method != "POST" or not before.is_authenticated:
            return response
        person = User.objects.get(pk=before.pk)
        if person.password == before.password:
            return response
        update_session_auth_hash(request, person)
        words = _("Your password was too short to stand alone, so it has ended. Choose a new one.")
        messages.warning(request, words)
        return redirect("account_set_password")

    return followed
