"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Moderation decisions")
NUMBERS = _("As long as this site exists. It is a number, without your name.")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.ModerationAction",
        "owner": "person",
        "columns": (
            "person kind comment discussion reason rule_words until status_before is_automatic "
            "created_at"
        ),
        "what": _("Decisions about you and your comments, with their reasons"),
        "why": _("You can read and contest them, and everybody can see how this site decides."),
        "until": _("When you delete your account, the decision stays without your name."),
    },
    {
        "model": "forum.ModerationAction",
        "owner": "moderator",
        "columns": "moderator kind comment discussion reason created_at",
        "what": _("Decisions that you took as a moderator"),
        "why": _("The site answers for them."),
        "until": _("When you delete your account, the decision stays without your name."),
    },
    {
        "model": "forum.ModerationAction",
        "owner": "person",
        "columns": "person_key moderator_key comment_key discussion_key",
        "what": _("The numbers of your account and your comment in the moderation log"),
        "why": _("Nobody can change or remove an entry unseen, not even who runs the site."),
        "until": NUMBERS,
        "is_secret": True,
    },
    {
        "model": "forum.DecisionText",
        "owner": "action__person",
        "columns": "action words",
        "what": _("The text of your comment at the time of a decision"),
        "why": _("The decision can be explained, contested and undone."),
        "until": _("Until you delete your account."),
    },
    {
        "model": "forum.DecisionText",
        "owner": "action__person",
        "columns": "note",
        "what": _("A note about a decision, for other moderators"),
        "why": _("Moderators decide alike in similar cases."),
        "until": _("Until you delete your account."),
        "is_secret": True,
    },
    {
        "model": "forum.DecisionText",
        "owner": "action__moderator",
        "columns": "note",
        "what": _("Your notes about decisions that you took as a moderator"),
        "why": _("Moderators decide alike in similar cases."),
        "until": _("Until the person concerned deletes their account."),
    },
]

OF_NOBODY = {
    "forum.ModerationAction": "rule text_digest undoes previous seal",
    "forum.DecisionText": "salt",
}
