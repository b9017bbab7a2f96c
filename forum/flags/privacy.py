"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Your reports")
WHY_FLAG = _("Moderators check them and tell you the outcome.")
WHY_NOTICE = _("The law asks for these details (Digital Services Act, article 16).")
UNTIL_DELETED = _("Until you delete your account, or the article is deleted.")
UNTIL_ANSWERED = _("Your address until we have answered, the report as long as the article.")
FLAG = "person email comment reason note created_at outcome decided_at weight"
NOTICE = "flag url category law explanation is_about_children name created_at"

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Flag",
        "owner": "person",
        "columns": FLAG,
        "what": _("Comments that you reported, with reason and note"),
        "why": WHY_FLAG,
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.Flag",
        "owner": "email",
        "columns": FLAG,
        "what": _("Comments that you reported without an account"),
        "why": WHY_FLAG,
        "until": UNTIL_ANSWERED,
    },
    {
        "model": "forum.Notice",
        "owner": "flag__person",
        "columns": NOTICE,
        "what": _("Your reports of illegal content, with the name you gave"),
        "why": WHY_NOTICE,
        "until": UNTIL_DELETED,
    },
    {
        "model": "forum.Notice",
        "owner": "flag__email",
        "columns": NOTICE,
        "what": _("Reports of illegal content that you sent without an account"),
        "why": WHY_NOTICE,
        "until": UNTIL_ANSWERED,
    },
]

OF_NOBODY = {"forum.FlagReason": "name reason position is_offered"}
