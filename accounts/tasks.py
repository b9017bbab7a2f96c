"""Mails of the accounts. The request only says which; everything that differs between people happens here."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django_tasks import task

from accounts.codes import SealedCode
from accounts.letters import letter
from accounts.models import User
from accounts.reset_key import make_key
from text.browsers import browser_name


@task()
def send_account_mail(template_prefix: str, email: str, context: dict[str, Any]) -> None:
    """One of allauth's mails, in our words."""
    if "user_id" in context:
        context["user"] = User.objects.filter(pk=context.pop("user_id")).first()
    if "code" in context:
        context["code"] = SealedCode(context["code"]).plain
    if "timestamp" in context:
        context["timestamp"] = parse_datetime(context["timestamp"])
    if "user_agent" in context:
        context["user_agent"] = browser_name(context["user_agent"])
    letter(template_prefix, email, context | {"reset_url": _url("account_reset_password", "")}).send()


@task()
def send_code_mail(purpose: str, email: str, code: str, next_url: str) -> None:
    """The code that was asked for, with the ways in that this person has; or what to do without an account."""
    person = User.objects.with_email(email)
    context: dict[str, Any] = {"person": person, "purpose": purpose, "code": SealedCode(code).plain}
    if person is None:
        template = "signup_code" if purpose == "signup" else "unknown_account"
        context["signup_url"] = _url("account_signup", next_url, email=email)
    elif not person.is_active:
        template = "account_inactive"
    else:
        template = "code"
        uid, key = make_key(person)
        context["link"] = _url("account_reset_password_from_key", next_url, uidb36=uid, key=key)
        context["login_url"] = _url("account_login", next_url)
    letter(f"account/email/{template}", email, context).send()


def _url(name: str, next_url: str, *, email: str = "", **kwargs: str) -> str:
    """An address in a mail: from the setting, never from what a request said its host was."""
    query = urlencode({key: value for key, value in {"email": email, "next": next_url}.items() if value})
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, kwargs=kwargs)}" + (f"?{query}" if query else "")
