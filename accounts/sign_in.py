"""Signing in from outside allauth's pages, by allauth's own way in: its stages, its session, its records."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.forms import LoginForm
from accounts.limits import Limited
from accounts.models import NAME_TAKEN, User


def sign_in_by_mail(request: HttpRequest, *, email: str, username: str = "", password_hash: str = "") -> User:
    """Signs in whoever has just proven this address, and makes their account if they have none.

    Raises ValidationError in words for them: a name is missing, not allowed or taken, or the account is switched off.
    """
    person = User.objects.with_email(email) or _join(email, username, password_hash)
    if not person.is_active:
        raise ValidationError(
            _("This account is switched off. Write to us if you think that is a mistake."), "inactive"
        )
    let_in(request, person)
    return person


def sign_in_by_password(request: HttpRequest, email: str, password: str) -> User | None:
    """None: email or password is wrong. Raises limits.Limited after too many tries."""
    form = LoginForm({"login": email, "password": password}, request=request)
    if not form.is_valid():
        limited = next((error for error in form.non_field_errors().as_data() if isinstance(error, Limited)), None)
        if limited:
            raise limited
        return None
    response = form.login(request)
    if not request.user.is_authenticated:
        raise ImmediateHttpResponse(response)  # the next step is a page of allauth's: an address to confirm first
    return request.user


def let_in(request: HttpRequest, person: User, next_url: str = "") -> HttpResponse:
    person.confirm_email()
    record_authentication(request, person, method="code", email=person.email)
    response: HttpResponse = perform_login(request, person, email=person.email, redirect_url=next_url or None)
    return response


def _join(email: str, username: str, password_hash: str) -> User:
    if not username.strip():
        raise ValidationError(_("Enter the name to show with what you write."), "required")
    try:
        with transaction.atomic():
            return User.objects.join(email=email, username=username, password_hash=password_hash)
    except IntegrityError as error:
        person = User.objects.with_email(email)  # the same person was quicker in another window
        if person is None:
            raise ValidationError(NAME_TAKEN, "taken") from error
        return person
