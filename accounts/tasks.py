"""Emails of the accounts. The request only says which;
everything that differs between people happens here.
"""

import logging
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django_tasks import task

from accounts.reading import reads_in
from mail.letters import letter

log = logging.getLogger(__name__)


@task()
def send_account_mail(template_prefix: str, email: str, context: dict[str, Any]) -> None:
    """Send one of allauth's emails, in our words."""
    person = None
    if "user_id" in context:
        people = apps.get_model("accounts", "User").objects
        person = context["user"] = people.filter(pk=context.pop("user_id")).first()
    if "timestamp" in context:
        context["timestamp"] = parse_datetime(context["timestamp"])
    if "restore_id" in context:
        context["restore_url"] = _restore_url(context.pop("restore_id"))
    language = context.pop("language", "")
    context |= {"reset_url": _url("account_reset_password", ""), "help_url": _url("help", "")}
    letter(template_prefix, email, context, **reads_in(person, language)).send()


@task()
def send_code_mail(proof_id: str, next_url: str = "", language: str = "") -> None:
    """Send the code and the link that were asked for; nothing where
    they were replaced meanwhile.

    `language` is that of the page on which they were asked for.
    """
    proof = (
        apps.get_model("accounts", "Proof")
        .objects.open()
        .filter(pk=proof_id)
        .select_related("person")
        .first()
    )
    if proof is None:
        return
    context = {"person": proof.person, "purpose": proof.purpose, "code": proof.code}
    template = _template(proof)
    context |= _ways_in(proof, next_url)
    reader = reads_in(proof.person, language)
    letter(f"account/email/{template}", proof.email, context, **reader).send()


@task()
def tell_administrators(kind: str) -> None:
    """Say in the log and by email that the whole site is under attack."""
    log.warning(
        "Too many attempts in one hour on the whole site: %s. Every network is slowed down.", kind
    )
    for person in apps.get_model("accounts", "User").objects.filter(
        is_superuser=True, is_active=True
    ):
        letter("account/email/attack", person.email, {"kind": kind}, **reads_in(person)).send()


def _template(proof: Any) -> str:
    if proof.purpose in {"email", "reauthenticate"}:
        return {"email": "email_confirmation", "reauthenticate": "reauthentication_code"}[
            proof.purpose
        ]
    if proof.person is None:
        return "signup_code" if proof.purpose == "signup" else "unknown_account"
    return "code" if proof.person.is_active else "account_inactive"


def _ways_in(proof: Any, next_url: str) -> dict[str, str]:
    uid, _dash, key = proof.token.partition("-")
    return {
        "link": _url("account_reset_password_from_key", next_url, uidb36=uid, key=key),
        "login_url": _url("account_login", next_url),
        "signup_url": _url("account_signup", next_url, email=proof.email),
    }


def _restore_url(proof_id: str) -> str:
    proof = apps.get_model("accounts", "Proof").objects.get(pk=proof_id)
    return _url("account_restore_email", "", token=proof.token)


def _url(name: str, next_url: str, *, email: str = "", **kwargs: str) -> str:
    """Return an address for an email: from the setting,
    never from what a request said its host was.
    """
    query = urlencode(
        {key: value for key, value in {"email": email, "next": next_url}.items() if value}
    )
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, kwargs=kwargs)}" + (
        f"?{query}" if query else ""
    )
