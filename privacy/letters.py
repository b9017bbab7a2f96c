"""Emails about a person's own data and the deletion of their account."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from accounts.reading import reads_in
from mail.letters import letter

if TYPE_CHECKING:
    from accounts.models import User
    from privacy.models import Deletion, Export


def deletion_requested(deletion: "Deletion") -> None:
    """Say when the account will be deleted, and that signing in keeps it."""
    context = {"deletion": deletion, "login_url": _url("account_login")}
    _send("privacy/email/deletion_requested", deletion.person, context)


def account_deleted(person: "User") -> None:
    _send("privacy/email/account_deleted", person, {})


def export_ready(export: "Export") -> None:
    context = {"export": export, "link": _url("account_export")}
    _send("privacy/email/export_ready", export.person, context)


def _send(template: str, person: "User", context: dict[str, Any]) -> None:
    letter(template, person.email, context, **reads_in(person)).send()


def _url(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"
