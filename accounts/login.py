"""Signing in from outside allauth's pages, by allauth's own
way in: its stages, its session, its records.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.forms import LoginForm
from accounts.limits import Limited
from accounts.models import NAME_TAKEN, Proof, User


@transaction.atomic
def sign_in_by_proof(
    request: HttpRequest,
    proof: Proof,
    *,
    content: str = "",
    username: str = "",
    password_hash: str = "",
) -> User:
    """Spend a proof whose code or link was right: sign in
    the person behind it, or make their account.

    Raise ValidationError in words for them: the proof is spent or void, a name is missing, not
    allowed or taken, or the account is switched off. The proof is spent only where this succeeds.
    """
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
    log_in(request, person)
    return person


def sign_in_by_password(request: HttpRequest, email: str, password: str) -> User | None:
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
    response = form.login(request)
    if not request.user.is_authenticated:
        raise ImmediateHttpResponse(
            response
        )  # the next step is a page of allauth's: an address to confirm first
    return request.user


def log_in(request: HttpRequest, person: User, next_url: str = "") -> HttpResponse:
    person.confirm_email()
    # A code from the present address is what accounts.fresh asks for, wherever it was typed.
    record_authentication(request, person, method="code", email=person.email, reauthenticated=True)
    response: HttpResponse = perform_login(
        request, person, email=person.email, redirect_url=next_url or None
    )
    return response


def _join(email: str, username: str, password_hash: str) -> User:
    if not username.strip():
        raise ValidationError(_("Enter a display name."), "required")
    try:
        with transaction.atomic():
            return User.objects.join(email=email, username=username, password_hash=password_hash)
    except IntegrityError as error:
        person = User.objects.with_email(email)  # the same person was quicker in another window
        if person is None:
            raise ValidationError(NAME_TAKEN, "taken") from error
        return person
