"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Notifications")
UNTIL_DELETED = _("Until you delete your account.")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Notification",
        "owner": "person",
        "columns": (
            "person kind comment action objection flag created_at read_at is_muted is_counted "
            "email_due_at emailed_at"
        ),
        "what": _("What you were told of, when, and whether you read it"),
        "why": _("You hear of what concerns you, once."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.NotificationSettings",
        "owner": "person",
        "columns": "person replies mentions followed approvals reports summary summarized_at",
        "what": _("When you want emails"),
        "why": _("You get the emails that you chose."),
        "until": UNTIL_DELETED,
    },
    *(
        {
            "model": "forum.Subscription",
            "owner": owner,
            "columns": (
                "person email confirmed_at told_until language article passage thread topic "
                "is_mute created_at"
            ),
            "what": _("What you follow and which threads you muted"),
            "why": _("You hear of new comments there, or you do not."),
            "until": _("Until you unfollow, or delete your account."),
        }
        for owner in ("person", "email")
    ),
]

OF_NOBODY: dict[str, str] = {}
