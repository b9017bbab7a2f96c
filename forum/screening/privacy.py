"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Links in your comments")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Link",
        "owner": "comment__author",
        "columns": "comment domain",
        "what": _("The sites that your comments link to"),
        "why": _("Links to sites that spread advertising are found."),
        "until": _("As long as the comment."),
    },
]

OF_NOBODY = {
    "forum.Lesson": "weights comments created_at",
    "forum.Rule": (
        "name position check_kind words number and_check_kind and_words and_number verdict "
        "explanation trusts is_on"
    ),
}
