import ipaddress
import secrets
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import device, limits
from accounts.after_sign_in import act
from accounts.counters import Use, give_back
from accounts.leaving import told_that_it_is_kept
from accounts.models import Proof, Recovery, User
from accounts.proofs import Purpose
from accounts.social import connect_awaited
from accounts.stages import STAGES
from accounts.tasks import send_account_mail, send_code_mail
from publication.current import current
from text.redirects import own_path

JUST_NOW = timedelta(minutes=1)


class AccountAdapter(DefaultAccountAdapter):
    _guess: Use
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Email or password is wrong."),
        "enter_current_password": _("Your current password is wrong. Try again."),
        "incorrect_code": _("That code isn’t right. Check the email and try again."),
        "incorrect_password": _("Your password is wrong. Try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
        "same_as_current": _("This is already your address. Enter a different one."),
        "duplicate_email": _("This is already your address. Enter a different one."),
        "too_many_login_attempts": _("Too many attempts. Send a new code."),
    }

    # --- mails: the request says which, the worker writes and sends --------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        data = _as_data(context) | {"language": get_language()}
        send_account_mail.enqueue(template_prefix, email, data)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        context = {"user": user} | (context or {})
        if "to_email" not in context:
            return super().send_notification_mail(template_prefix, user, context, email)
        # Both addresses are told of a change: the old one
        # may be the only one its owner still reads.
        super().send_notification_mail(template_prefix, user, context, context["to_email"])
        restore = Proof.objects.make(Purpose.RESTORE, context["from_email"], person=user)
        super().send_notification_mail(
            template_prefix, user, context | {"restore_id": str(restore.pk)}, email
        )
        return None

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        email = emailconfirmation.email_address.email
        try:
            limits.count_mail(request, email)
        except limits.Limited as limited:
            page = render(request, "account/rate_limited.html", {"limited": limited}, status=429)
            raise ImmediateHttpResponse(page) from limited
        person = emailconfirmation.user
        Proof.objects.filter(person=person, purpose=Purpose.EMAIL).void()
        proof = Proof.objects.make(
            Purpose.EMAIL, email, person=person, secret=emailconfirmation.key
        )
        send_code_mail.enqueue(str(proof.pk), language=get_language() or "")

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def generate_email_verification_code(self) -> str:
        """Return the secret of the proof; the code is derived from it (accounts.proofs)."""
        return secrets.token_urlsafe()

    # --- limits ------------------------------------------------------------------------------

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address that came in by an IPv6 socket is
        itself, not a neighbour of all others in one /64.
        """
        found = ipaddress.ip_address(super().get_client_ip(request))
        return str(getattr(found, "ipv4_mapped", None) or found)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._guess = limits.take_password(request, credentials.get("email", ""))

    def _rollback_login_failed_rl_usage(self) -> None:
        give_back(self._guess)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        limits.note_wrong("password")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        limits.forgive_passwords(credentials.get("email", ""))

    # --- signing in --------------------------------------------------------------------------

    def get_login_stages(self) -> list[str]:
        return STAGES

    def post_login(self, request: HttpRequest, user: Any, **login: Any) -> HttpResponse:
        """Do what was wanted, once every step is taken: nothing is done for a half-known person."""
        response: HttpResponse = super().post_login(request, user, **login)
        has_just_joined = timezone.now() - user.date_joined < JUST_NOW
        if device.is_new(request, user) and not has_just_joined:
            self.send_notification_mail("account/email/new_device", user)
        Recovery.objects.stop(user)
        connect_awaited(request, user)
        wanted = login["redirect_url"]
        if user.is_administrator and wanted in (None, "/") and current().is_new:
            return redirect("desk_begin")
        return act(request, wanted, login["signal_kwargs"]) or response

    def login(self, request: HttpRequest, user: Any) -> None:
        """Keep the account of somebody who had asked to delete it, whichever door they take."""
        super().login(request, user)
        told_that_it_is_kept(request, user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the one page of ours, whether the account has a password or not."""
        return [
            {"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}
        ]

    def set_password(self, user: Any, password: str) -> None:
        """Save the password alone: hashing it takes a while, in which the account may change."""
        user.set_password(password)
        user.save(update_fields=["password"])

    # --- addresses ---------------------------------------------------------------------------

    def is_safe_url(self, url: str) -> bool:
        """Places of this site only, and only by path: no
        host is ever compared with what a request claims.
        """
        return bool(url) and url.startswith("/") and own_path(url, origin=settings.SITE_URL) != ""

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return self.get_password_change_redirect_url(self.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return str(settings.LOGIN_REDIRECT_URL)


def _as_data(context: dict[str, Any]) -> dict[str, Any]:
    """Return the context of an email as JSON: the person by id, the code sealed, no request."""
    data = {key: value for key, value in context.items() if isinstance(value, str | int | None)}
    if isinstance(context.get("user"), User):
        data["user_id"] = context["user"].pk
    if "timestamp" in context:
        data["timestamp"] = context["timestamp"].isoformat()
    return data
