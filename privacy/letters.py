"""Emails about a person's own data and the deletion of their account."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from mail.letters import letter

if TYPE_CHECKING:
    from accounts.models import User
    from privacy.models import Deletion, Export


def deletion_requested(deletion: "Deletion") -> None:
    """Say when the account will be deleted, and that signing in keeps it."""
    context = {"deletion": deletion, "login_url": _url("account_login")}
    letter("privacy/email/deletion_requested", deletion.person.email, context).send()


def account_deleted(person: "User") -> None:
    letter("privacy/email/account_deleted", person.email, {}).send()


def export_ready(export: "Export") -> None:
    context = {"export": export, "link": _url("account_export")}
    letter("privacy/email/export_ready", export.person.email, context).send()


def _url(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"
