"""The step after a first proof: the second factor, or its setting up where one must be had."""

from base64 import b64encode
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.internal.flows.trust import trust_browser
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.factor_adapter import FactorAdapter
from accounts.factor_forms import FactorAtSignInForm, NewAppForm, NewPasskeyForm
from accounts.models import User
from accounts.responses import page
from accounts.second_factor import factors_of
from accounts.stages import NewFactor, SecondFactor

METHODS = ["GET", "HEAD", "POST"]


@login_stage_required(stage=SecondFactor.key, redirect_urlname="account_login")
@require_http_methods(METHODS)
def ask_factor(request: HttpRequest) -> HttpResponse:
    stage, person = _step_of(request)
    if not stage.fits:
        return stage.abort()
    code, passkey = _bound(request, FactorAtSignInForm, AuthenticateWebAuthnForm, person)
    for form in (code, passkey):
        if form.is_bound and form.is_valid():
            form.save()
            return _enter(request, stage)
    kinds = set(factors_of(person).values_list("type", flat=True))
    context = {
        "code": code,
        "help": reverse("help"),
        "passkey": passkey if Authenticator.Type.WEBAUTHN in kinds else None,
        "has_app": Authenticator.Type.TOTP in kinds,
        "login": stage.login,
    }
    if context["passkey"]:
        context["js_data"] = {"request_options": webauthn.begin_authentication(person)}
    return page(request, "mfa/authenticate.html", passkey if passkey.errors else code, **context)


def _enter(request: HttpRequest, stage: SecondFactor) -> HttpResponse:
    response: HttpResponse = stage.exit()
    if "trust" in request.POST:
        trust_browser(request, stage.login.user, response)  # type: ignore[arg-type]  # they are known
    return response


@login_stage_required(stage=NewFactor.key, redirect_urlname="account_login")
@require_http_methods(METHODS)
def require_factor(request: HttpRequest) -> HttpResponse:
    stage, person = _step_of(request)
    if not stage.fits:
        return stage.abort()
    app, passkey = _bound(request, NewAppForm, NewPasskeyForm, person)
    if app.is_bound and app.is_valid():
        return _set_up(request, stage, TOTP.activate(person, app.secret).instance, "totp_activated")
    if passkey.is_bound and passkey.is_valid():
        chosen = passkey.cleaned_data
        key = webauthn.WebAuthn.add(person, chosen["name"], chosen["credential"]).instance
        return _set_up(request, stage, key, "webauthn_added")
    context = {
        "totp_svg_data_uri": qr_code(person, app.secret),
        "secret": app.secret,
        "app": app,
        "passkey": passkey,
        "js_data": {"creation_options": webauthn.begin_registration(person, False)},
    }
    return page(request, "mfa/required.html", passkey if passkey.errors else app, **context)


def qr_code(person: User, secret: str) -> str:
    adapter = FactorAdapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _set_up(
    request: HttpRequest, stage: NewFactor, factor: Authenticator, letter: str
) -> HttpResponse:
    person = factor.user
    clear_totp_secret(request)
    RecoveryCodes.activate(person)
    post_authentication(request, factor, reauthenticated=True)
    FactorAdapter().send_notification_mail(f"mfa/email/{letter}", person)
    response: HttpResponse = stage.exit()
    messages.success(request, render_to_string("mfa/notice_codes.html", {}, request))
    return response


def _step_of(request: HttpRequest) -> tuple[Any, Any]:
    stage = request._login_stage  # type: ignore[attr-defined]  # of login_stage_required
    return stage, stage.login.user


def _bound(request: HttpRequest, code: Any, passkey: Any, person: Any) -> tuple[Any, Any]:
    """Return both forms, the one that was sent with what was sent."""
    data = request.POST if request.method == "POST" else None
    sent = passkey if data is not None and data.get("credential") else code
    return tuple(form(user=person, data=data if form is sent else None) for form in (code, passkey))  # type: ignore[return-value]
