"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Checks of your comments")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Case",
        "owner": "comment__author",
        "columns": (
            "comment cause rule severity spam_score spam_words flag_weight opened_at decided_at "
            "action"
        ),
        "what": _("Why a comment of yours waited for a moderator, and how it was rated"),
        "why": _("Moderators look at the most urgent comments first."),
        "until": _("Until you delete your account. What says something about the text goes too."),
    },
    {
        "model": "forum.Case",
        "owner": "claimed_by",
        "columns": "claimed_by claimed_until",
        "what": _("Which comment you look at as a moderator"),
        "why": _("Two moderators do not work on the same comment."),
        "until": _("Until the next moderator looks at it, or you delete your account."),
    },
]

OF_NOBODY = {"forum.Case": "topic"}
