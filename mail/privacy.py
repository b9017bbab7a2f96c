"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mail.models import KEPT

HEADING = _("Emails to you")

NOTES: list[dict[str, Any]] = [
    {
        "model": "mail.UndeliveredEmail",
        "owner": "recipient",
        "columns": (
            "recipient content message_id cause answer tries first_failed_at last_failed_at "
            "next_try_at"
        ),
        "what": _("An email to you that your mail server did not accept, and its answer"),
        "why": _("To send it again."),
        "until": KEPT,
    },
]

OF_NOBODY: dict[str, str] = {}
