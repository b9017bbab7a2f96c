import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.codes import SealedCode
from accounts.models import User
from accounts.tasks import send_account_mail
from text.redirects import own_path


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Email or password is wrong."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This is not the code we sent. Look again."),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("That was asked for too often. Wait a little and try again."),
        "same_as_current": _("This is the address you have now."),
        "duplicate_email": _("This is the address you have now."),
        "too_many_login_attempts": _("There were too many tries. Ask for a new code."),
    }

    # --- mails: the request says which, the worker writes and sends --------------------------

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        send_account_mail.enqueue(template_prefix, email, _as_data(context))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, context, email)
        # Both addresses are told of a change: the old one may be the only one its owner still reads.
        if context and "to_email" in context:
            super().send_notification_mail(template_prefix, user, context, context["to_email"])

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        email = emailconfirmation.email_address.email
        if not limits.mail_allowed(request, email):
            limited = limits.mail_limited(request, email)
            raise ImmediateHttpResponse(render(request, "account/limited.html", {"limited": limited}, status=429))
        super().send_confirmation_mail(request, emailconfirmation, signup)

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def generate_email_verification_code(self) -> str:
        return SealedCode.new()

    # --- limits ------------------------------------------------------------------------------

    def get_client_ip(self, request: HttpRequest) -> str:
        """An IPv4 address that came in by an IPv6 socket is itself, not a neighbour of all others in one /64."""
        found = ipaddress.ip_address(super().get_client_ip(request))
        return str(getattr(found, "ipv4_mapped", None) or found)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own key has the request's host in it: as many budgets as the site has names.
        return str(credentials.get("email", "")).lower()

    # --- addresses ---------------------------------------------------------------------------

    def is_safe_url(self, url: str) -> bool:
        """Places of this site only, and only by path: no host is ever compared with what a request claims."""
        return bool(url) and url.startswith("/") and own_path(url, origin=settings.SITE_URL) != ""

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return self.get_password_change_redirect_url(self.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        from django.urls import reverse

        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return str(settings.LOGIN_REDIRECT_URL)


def _as_data(context: dict[str, Any]) -> dict[str, Any]:
    """What a mail's template needs, as JSON: whose mail it is by id, the code still sealed, no request."""
    data = {key: value for key, value in context.items() if isinstance(value, str | int | None)}
    if isinstance(context.get("user"), User):
        data["user_id"] = context["user"].pk
    if "timestamp" in context:
        data["timestamp"] = context["timestamp"].isoformat()
    return data
