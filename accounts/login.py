"""Signing in from outside allauth's pages, by allauth's own
way in: its stages, its session, its records.

Each function answers with a response: the place that was wanted, or the next step, as
long as one is left (accounts.stages). Nobody is signed in before the last one.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.socialaccount.internal.flows.signup import clear_pending_signup
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.after_sign_in import Wanted
from accounts.forms import LoginForm
from accounts.joining import join
from accounts.limits import Limited
from accounts.models import NAME_TAKEN, Proof, User
from accounts.second_factor import has_factor


def sign_in_by_proof(
    request: HttpRequest,
    proof: Proof,
    wanted: Wanted,
    *,
    content: str = "",
    username: str = "",
    password_hash: str = "",
) -> HttpResponse:
    """Spend a proof whose code or link was right: sign in
    the person behind it, or make their account.

    Raise ValidationError in words for them: the proof is spent or void, a name is missing, not
    allowed or taken, or the account is switched off. The proof
    stays spent where a next step follows.
    """
    person = _spend(request, proof, content, username, password_hash)
    return log_in(request, person, wanted)


def sign_in_by_password(
    request: HttpRequest, email: str, password: str, wanted: Wanted
) -> HttpResponse | None:
    """Return None where email or password is wrong. Raise limits.Limited after too many tries."""
    form = LoginForm({"login": email, "password": password}, request=request)
    if not form.is_valid():
        limited = next(
            (error for error in form.non_field_errors().as_data() if isinstance(error, Limited)),
            None,
        )
        if limited:
            raise limited
        return None
    return form.login(request, wanted=wanted)


def log_in(request: HttpRequest, person: User, wanted: Wanted) -> HttpResponse:
    """Sign in whoever has proven their address; somebody else who was signed in here no longer is.

    A code from the present address is what accounts.fresh asks for, wherever it was typed;
    beside a second factor it is not enough.
    """
    if request.user.is_authenticated:
        logout(request)
    person.confirm_email()
    is_fresh = not has_factor(person)
    record_authentication(
        request, person, method="code", email=person.email, reauthenticated=is_fresh or None
    )
    login = Login(user=person, email=person.email, **wanted.for_login())
    response: HttpResponse = perform_login(request, login)
    return response


def join_by_provider(
    request: HttpRequest, pending: SocialLogin, email: str, username: str
) -> HttpResponse | None:
    """Make an account with the address that a provider vouches for, and sign in to it. Return None
    where the name was taken meanwhile.
    """
    try:
        with transaction.atomic():
            person = join(email=email, username=username)
            pending.user = person
            pending.save(request, connect=True)
    except IntegrityError:
        return None
    clear_pending_signup(request)
    elsewhere = {"provider": pending.account.provider, "uid": pending.account.uid}
    record_authentication(request, person, "socialaccount", **elsewhere)
    wanted = Wanted(pending.state.get("next") or "")
    response: HttpResponse = perform_login(
        request, Login(user=person, email=email, **wanted.for_login())
    )
    return response


def pending_step(request: HttpRequest, url: str) -> HttpResponse | None:
    """Lead to the step that is left for somebody who is on the way to this place."""
    stage: Any = get_pending_stage(request)
    is_on_the_way = stage and stage.urlname and stage.login.redirect_url == url
    return redirect(stage.urlname) if is_on_the_way else None


@transaction.atomic
def _spend(
    request: HttpRequest, proof: Proof, content: str, username: str, password_hash: str
) -> User:
    person = User.objects.with_email(proof.email)
    if not proof.spend(person=person, content=content):
        raise ValidationError(_("This code has been used or replaced. Send a new code."), "ended")
    if person is None:
        person = _join(proof.email, username, password_hash)
        messages.success(
            request,
            _("Your account is ready. Next time, sign in with %(email)s.")
            % {"email": person.email},
        )
    if not person.is_active:
        raise ValidationError(
            _("This account is deactivated. Contact us if you think this is a mistake."),
            "inactive",
        )
    return person


def _join(email: str, username: str, password_hash: str) -> User:
    if not username.strip():
        raise ValidationError(_("Enter a display name."), "required")
    try:
        with transaction.atomic():
            return join(email=email, username=username, password_hash=password_hash)
    except IntegrityError as error:
        person = User.objects.with_email(email)  # the same person was quicker in another window
        if person is None:
            raise ValidationError(NAME_TAKEN, "taken") from error
        return person
