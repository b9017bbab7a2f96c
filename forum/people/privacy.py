"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forum.people.models.network_trace import RETENTION

HEADING = _("Your rights here")
UNTIL_DELETED = _("Until you delete your account.")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Moderator",
        "owner": "person",
        "columns": "person topic",
        "what": _("What you moderate"),
        "why": _("Moderators can decide about comments there."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.Sanction",
        "owner": "person",
        "columns": "person kind until reason created_at lifted_at",
        "what": _("When you were blocked from commenting, and why"),
        "why": _("To enforce the rules of this site."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.NetworkTrace",
        "owner": "person",
        "columns": "person network seen_at banned_until",
        "what": _("The networks that you commented from, as digests without an address"),
        "why": _("A banned person cannot go on with a new account."),
        "until": RETENTION,
    },
    {
        "model": "forum.Mute",
        "owner": "person",
        "columns": "person muted created_at",
        "what": _("Whom you muted"),
        "why": _("You do not see or hear of their comments."),
        "until": _("Until you end it, or one of you deletes their account."),
    },
    {
        "model": "forum.Mute",
        "owner": "muted",
        "columns": "muted person",
        "what": _("Who muted you"),
        "why": _("Your comments do not bother them. Nobody is told."),
        "until": _("Until they end it, or one of you deletes their account."),
        "is_secret": True,
    },
]

OF_NOBODY: dict[str, str] = {}
