"""The way out to an account elsewhere, and the way back with it."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.internal.flows.signup import get_pending_signup
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from requests import RequestException

from accounts import limits
from accounts.challenges import Challenge
from accounts.forms import EmailForm
from accounts.login import join_by_provider
from accounts.models import NAME_TAKEN, User
from accounts.proofs import Purpose
from accounts.recovery import begin
from accounts.responses import page
from accounts.social import await_proof, suggested_name, vouched_address
from accounts.social_forms import NewcomerForm
from text.redirects import own_path

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def leave(view: View) -> View:
    """Lead out by a page of ours. Chromium lets no form end elsewhere, not even by a redirect, as
    long as the policy names this site alone (form-action). Limited, because each press asks the
    provider for its addresses.
    """

    @wraps(view)
    def left(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        url = response.headers.get("Location", "")
        return render(request, "socialaccount/leaving.html", {"url": url}) if url else response

    return never_cache(limits.per_network("signup")(_told_what_failed(left)))


def arrive(view: View) -> View:
    return never_cache(_told_what_failed(view))


def _told_what_failed(view: View) -> View:
    """Answer with a page where the provider is not set, does not answer, or answers nonsense."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except (RequestException, OAuth2Error, KeyError, TypeError, ValueError) as error:
            log.warning("A sign-in by an account elsewhere failed: %s.", type(error).__name__)
            return page(request, "socialaccount/authentication_error.html")

    return told


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.per_network("signup")
def finish(request: HttpRequest) -> HttpResponse:
    """Ask a newcomer for a name; ask whoever has an account here to prove that it is theirs."""
    pending = get_pending_signup(request)
    if pending is None or request.user.is_authenticated:
        return redirect("account_login")
    email = vouched_address(pending)
    if email and User.objects.with_email(email):
        return _prove(request, pending, email)
    initial = {"username": suggested_name(pending), "email": getattr(pending.user, "email", "")}
    data = request.POST if request.method == "POST" else None
    form = NewcomerForm(data, email=email, initial=initial)
    if not form.is_valid():
        return _ask(request, pending, form, email)
    name = form.cleaned_data["username"]
    if not email:
        return _send_code(request, pending, form, username=name)
    try:
        response = join_by_provider(request, pending, email, name)
    except ValidationError as refused:
        form.add_error("username", refused)
        return _ask(request, pending, form, email)
    if response is None:
        form.add_error("username", NAME_TAKEN)
        return _ask(request, pending, form, email)
    return response


def _ask(request: HttpRequest, pending: Any, form: NewcomerForm, email: str) -> HttpResponse:
    provider = pending.provider.name
    return page(request, "socialaccount/signup.html", form, provider=provider, email=email)


def _prove(request: HttpRequest, pending: Any, email: str) -> HttpResponse:
    """Offer a code and the password: whoever signs in with either has the account connected."""
    await_proof(request, email, is_proven=True)
    if request.method == "POST":
        return _send_code(request, pending, EmailForm({"email": email}))
    context = {"provider": pending.provider.name, "email": email, "next_url": _next(pending)}
    return page(request, "socialaccount/prove.html", **context)


def _send_code(request: HttpRequest, pending: Any, form: Any, username: str = "") -> HttpResponse:
    form.is_valid()
    email = form.cleaned_data["email"]
    await_proof(request, email, is_proven=not username)
    purpose = Purpose.SIGNUP if username else Purpose.LOGIN
    chosen = {"username": username, "next_url": _next(pending)}
    return begin(request, Challenge(purpose=purpose, email=email, connects=True, **chosen), form)


def _next(pending: Any) -> str:
    return own_path(pending.state.get("next") or "", origin=settings.SITE_URL)
