"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Desk")

NOTES: list[dict[str, Any]] = [
    {
        "model": "desk.KeptForm",
        "owner": "person",
        "columns": "person article key fields kept_at",
        "what": _("What you typed in the form of an article and have not saved"),
        "why": _("So that nothing you typed is lost. Only you see it."),
        "until": _("Until you save or discard it, or for 90 days after the last change."),
    },
    {
        "model": "desk.FormLock",
        "owner": "person",
        "columns": "person article since seen_at",
        "what": _("Which article’s form you had open last, and when"),
        "why": _("Others at the desk see who is writing."),
        "until": _("Until somebody else opens the form, or you delete your account."),
    },
]

OF_NOBODY: dict[str, str] = {}
