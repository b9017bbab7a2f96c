"""The step after a first proof: the second factor, or its setting up where one must be had."""

from base64 import b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.internal.flows.trust import trust_browser
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.factor_adapter import FactorAdapter
from accounts.factor_forms import FactorAtSignInForm, NewAppForm, NewPasskeyForm, PasskeyForm
from accounts.models import User
from accounts.responses import page
from accounts.second_factor import factors_of
from accounts.stages import BoundStage, NewFactor, SecondFactor

View = Callable[[HttpRequest], HttpResponse]


def step(stage: type[BoundStage]) -> Callable[[Callable[[HttpRequest, Any], HttpResponse]], View]:
    """Open a view to who has come to this step of a sign-in, and end it
    where the account has changed meanwhile.
    """

    def guard(view: Callable[[HttpRequest, Any], HttpResponse]) -> View:
        def opened(request: HttpRequest) -> HttpResponse:
            reached: Any = request._login_stage  # type: ignore[attr-defined]
            response: HttpResponse = view(request, reached) if reached.fits else reached.abort()
            return response

        asked = login_stage_required(stage=stage.key, redirect_urlname="account_login")
        return cast(View, asked(require_http_methods(["GET", "HEAD", "POST"])(wraps(view)(opened))))

    return guard


@step(SecondFactor)
def ask_factor(request: HttpRequest, stage: Any) -> HttpResponse:
    person = stage.login.user
    code, passkey = _bound(request, FactorAtSignInForm, PasskeyForm, person)
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
    if not context["has_app"]:
        code.fields["code"].label = _("Recovery code")
    if context["passkey"]:
        context["js_data"] = {"request_options": webauthn.begin_authentication(person)}
    return page(request, "mfa/authenticate.html", passkey if passkey.errors else code, **context)


def _enter(request: HttpRequest, stage: Any) -> HttpResponse:
    response: HttpResponse = stage.exit()
    if "trust" in request.POST:
        trust_browser(request, stage.login.user, response)
    return response


@step(NewFactor)
def require_factor(request: HttpRequest, stage: Any) -> HttpResponse:
    person = stage.login.user
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
        "login": stage.login,
    }
    return page(request, "mfa/required.html", passkey if passkey.errors else app, **context)


def qr_code(person: User, secret: str) -> str:
    adapter = FactorAdapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person, secret))
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _set_up(request: HttpRequest, stage: Any, factor: Authenticator, letter: str) -> HttpResponse:
    person = factor.user
    clear_totp_secret(request)
    RecoveryCodes.activate(person)
    post_authentication(request, factor, reauthenticated=True)
    FactorAdapter().send_notification_mail(f"mfa/email/{letter}", person)
    response: HttpResponse = stage.exit()
    messages.success(request, render_to_string("mfa/notice_codes.html", {}, request))
    return response


def _bound(request: HttpRequest, code: Any, passkey: Any, person: Any) -> tuple[Any, Any]:
    """Return both forms, the one that was sent with what was sent."""
    data = request.POST if request.method == "POST" else None
    sent = passkey if data is not None and data.get("credential") else code
    first, second = (
        form(user=person, data=data if form is sent else None) for form in (code, passkey)
    )
    return first, second
