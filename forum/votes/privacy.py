"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Your votes")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Vote",
        "owner": "voter",
        "columns": "voter comment value created_at excluded_because",
        "what": _("Which comments you found helpful, and when you voted"),
        "why": _("Each person has one vote for each comment. Nobody sees who voted."),
        "until": _("Until you withdraw the vote or delete your account."),
    },
    {
        "model": "forum.Vote",
        "owner": "author",
        "columns": "author",
        "what": _("That a vote was for a comment of yours"),
        "why": _("People who vote for each other are found."),
        "until": _("Until you delete your account."),
        "is_secret": True,
    },
]

OF_NOBODY: dict[str, str] = {}
