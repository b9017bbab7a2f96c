"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mail.models import KEPT

HEADING = _("Emails to you")

WHY = _("To send it again.")

NOTES: list[dict[str, Any]] = [
    {
        "model": "mail.UndeliveredEmail",
        "owner": "recipient",
        "columns": (
            "recipient message_id cause answer tries first_failed_at last_failed_at next_try_at"
        ),
        "what": _("That your mail server did not accept an email to you, and its answer"),
        "why": WHY,
        "until": KEPT,
    },
    {
        "model": "mail.UndeliveredEmail",
        "owner": "recipient",
        "columns": "content",
        "what": _("The text of this email"),
        "why": WHY,
        "until": KEPT,
        "is_secret": True,  # it may have a code
    },
    {
        "model": "mail.Suppression",
        "owner": "email",
        "columns": "email cause created_at",
        "what": _("That your mail server refused our emails, or that you asked for no more"),
        "why": _("We send no more notifications there."),
        "until": _("Until you confirm your address again; a refusal at most half a year."),
    },
]

OF_NOBODY: dict[str, str] = {}
