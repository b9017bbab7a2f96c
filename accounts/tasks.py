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
    context |= _links(proof, next_url) | ways_in(proof.person)
    reader = reads_in(proof.person, language)
    message = letter(f"account/email/{template}", proof.email, context, **reader)
    message.extra_headers["Message-ID"] = proof.message_id
    message.send()


@task()
def send_invitation(proof_id: str, language: str = "") -> None:
    """Send the link of an invitation; nothing where it was replaced or withdrawn meanwhile.

    `language` is that of the page on which it was made.
    """
    proof = apps.get_model("accounts", "Proof").objects.open().filter(pk=proof_id).first()
    if proof is None:
        return
    person = apps.get_model("accounts", "User").objects.with_email(proof.email)
    context = {"link": _url("invitation", "", token=proof.token)}
    letter("account/email/invitation", proof.email, context, **reads_in(person, language)).send()


@task()
def recover_account(pk: int) -> None:
    """Do what was announced two days ago, unless it was ended meanwhile."""
    recovery = apps.get_model("accounts", "Recovery").objects.waiting().filter(pk=pk).first()
    if recovery:
        recovery.complete()


@task()
def send_recovery_letter(kind: str, pk: int, email: str, restore_id: str = "") -> None:
    """Tell the owner of an account that its recovery was announced, stopped or done."""
    recovery = apps.get_model("accounts", "Recovery").objects.filter(pk=pk).first()
    if recovery is None:
        return
    context = {
        "recovery": recovery,
        "reset_url": _url("account_reset_password", ""),
        "login_url": _url("account_login", reverse("account")),
        "help_url": _url("help", ""),
        "restore_url": _restore_url(restore_id) if restore_id else "",
    }
    reader = reads_in(recovery.person)
    letter(f"account/email/{kind}", email, context, **reader).send()


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


def ways_in(person: Any) -> dict[str, Any]:
    """Return the ways in that somebody has: for the email alone, never for a page."""
    if person is None:
        return {}
    from allauth.mfa.models import Authenticator

    kinds = {each.type for each in person.authenticator_set.all()}
    accounts = person.socialaccount_set.order_by("pk")
    return {
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "has_second_step": bool(kinds & {Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP}),
        "providers": [provider_name(account.provider) for account in accounts],
    }


def provider_name(provider: str) -> str:
    """Return the name on the button of a provider, also of one that is no longer set."""
    apps_of = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    names = {app["provider_id"]: app["name"] for app in apps_of}
    return str({"google": "Google", "github": "GitHub", **names}.get(provider, provider))


def _links(proof: Any, next_url: str) -> dict[str, str]:
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
