"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy.models.deletion import GRACE
from privacy.models.export import LIFETIME

HEADING = _("Your data")

NOTES: list[dict[str, Any]] = [
    {
        "model": "privacy.Export",
        "owner": "person",
        "columns": "person requested_at ready_at failed_at",
        "what": _("That you asked for your data, and the file with it"),
        "why": _("You can download it."),
        "until": LIFETIME,
    },
    {
        "model": "privacy.Deletion",
        "owner": "person",
        "columns": "person keeps_comments requested_at due_at began_at next_step_at",
        "what": _("That you asked us to delete your account"),
        "why": _("You can change your mind: signing in keeps the account."),
        "until": GRACE,
    },
]

OF_NOBODY: dict[str, str] = {}
