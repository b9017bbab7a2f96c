"""The page that asks who sits there: by the password, or by a code sent to the present address."""

from typing import Any

from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.challenges import Challenge, check_code, drop
from accounts.forms import CodeForm, ReauthenticateForm
from accounts.letter_status import status_of
from accounts.limits import Limited
from accounts.models import Recovery, User
from accounts.proofs import Purpose
from accounts.responses import next_of, page, with_next
from accounts.second_factor import has_factor
from accounts.views.fresh_factors import FreshFactors


@never_cache
@login_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Ask for the password, where there is one, and offer a code; whoever has a second factor is
    asked for it instead of a code by email: the mailbox may be open in this browser.
    """
    person: Any = request.user
    factors = FreshFactors(request, person)
    if "send" in request.POST and not factors:
        return _send_code(request)
    data = request.POST if "password" in request.POST else None
    form = ReauthenticateForm(data, user=person) if person.has_usable_password() else None
    if form and form.is_valid():
        return _go_on(request, method="password")
    if factors.are_proven():
        return _resume(request)
    sent = form if form and form.is_bound else factors.sent
    return page(
        request, "account/reauthenticate.html", sent, password=form, **factors.for_template()
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter_reauthentication_code(request: HttpRequest) -> HttpResponse:
    asked = Challenge.of(request, Purpose.REAUTHENTICATE)
    if asked is None or has_factor(request.user):
        return redirect(with_next(request, "account_reauthenticate"))
    if "resend" in request.POST:
        return _send_code(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            check_code(request, asked[1], form.cleaned_data["code"])
            if asked[1].spend(person=User.objects.with_email(asked[1].email)):
                drop(request)
                return _go_on(request, method="code")
            form.add_error("code", _("This code has been used or replaced. Send a new code."))
    except ValidationError as error:
        form.add_error("code", error)
    return page(request, "account/reauthenticate_code.html", form, letter=status_of(asked[1]))


def _send_code(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    challenge = Challenge(
        purpose=Purpose.REAUTHENTICATE, email=person.email, next_url=next_of(request)
    )
    try:
        challenge.begin(request)
    except Limited as limited:
        messages.warning(request, limited.message)
        return redirect(with_next(request, "account_reauthenticate"))
    messages.success(request, _("We sent a code to %(email)s.") % {"email": challenge.email})
    return redirect(with_next(request, "account_confirm_reauthentication"))


def _go_on(request: HttpRequest, *, method: str) -> HttpResponse:
    person: Any = request.user
    record_authentication(request, person, method=method, reauthenticated=True)
    return _resume(request)


def _resume(request: HttpRequest) -> HttpResponse:
    Recovery.objects.stop(request.user)
    return reauthentication.resume_request(request) or redirect(next_of(request) or "account")
