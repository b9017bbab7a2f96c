"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Objections and moderators’ work")
UNTIL_DELETED = _("Until you delete your account.")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Objection",
        "owner": "person",
        "columns": "person action words created_at outcome answer decided_at",
        "what": _("Your objections to decisions, with the answers"),
        "why": _("Another moderator checks the decision and answers you."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.Objection",
        "owner": "decided_by",
        "columns": "decided_by answer decided_at",
        "what": _("Your answers to objections, as a moderator"),
        "why": _("The person who objected can read the answer."),
        "until": _("Your name until you delete your account, the answer until they delete theirs."),
    },
    {
        "model": "forum.Takedown",
        "owner": "person",
        "columns": "person sanction reason since cursor created_at finished_at undone_at",
        "what": _("When all of your comments were removed at once, and why"),
        "why": _("One press can undo it."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.Takedown",
        "owner": "person",
        "columns": "note",
        "what": _("A note about it, for other moderators"),
        "why": _("Moderators decide alike in similar cases."),
        "until": UNTIL_DELETED,
        "is_secret": True,
    },
    *(
        {
            "model": "forum.Takedown",
            "owner": owner,
            "columns": f"{owner} reason note created_at undone_at",
            "what": _("That you, as a moderator, removed all comments of somebody, or undid it"),
            "why": _("The site answers for it."),
            "until": _(
                "Your name until you delete your account, the rest until they delete theirs."
            ),
        }
        for owner in ("by", "undone_by")
    ),
    {
        "model": "forum.TakedownRemoval",
        "owner": "takedown__person",
        "columns": "takedown action is_undone",
        "what": _("Which of your comments were removed at once"),
        "why": _("One press can undo it."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.Split",
        "owner": "comment__author",
        "columns": "comment parent root reply_numbers created_at joined_at",
        "what": _("That a comment of yours was moved to a thread of its own, and from where"),
        "why": _("It can be moved back."),
        "until": _("As long as the comment has a place in the discussion."),
    },
    {
        "model": "forum.SavedView",
        "owner": "person",
        "columns": "person name query",
        "what": _("The filters of the queue that you saved as a moderator"),
        "why": _("You find them again."),
        "until": _("Until you delete the filter or your account."),
    },
]

OF_NOBODY: dict[str, str] = {}
