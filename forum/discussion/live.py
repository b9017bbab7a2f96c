"""What is new in a discussion, for pages that are open: small, bounded,
and the same for everybody.
"""

from typing import Any

from database.keyset import Cursor
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.pages import discussion_page
from forum.discussion.sorting import Sorting

NEWEST = 50
# Behind so many comments nobody is told of older ones, even if most of these were taken away.
LOOKED_AT = 200


def live(discussion: Discussion, *, sorting: Sorting, after: Cursor | None) -> dict[str, Any]:
    page = discussion_page(discussion, sorting=sorting, after=after)
    return {
        "count": discussion.comment_count,
        "newest": _newest(discussion),
        "votes": {
            str(row.comment.pk): row.comment.shown_votes
            for row in page.rows
            if row.comment.is_published
        },
    }


def _newest(discussion: Discussion) -> list[int]:
    """Keys of the newest comments that were written here and are shown, the newest first."""
    if discussion.pk is None:
        return []
    latest = Comment.objects.filter(discussion=discussion).order_by("-pk")[:LOOKED_AT]
    rows = latest.values_list("pk", "status", "imported_at")
    return [
        pk for pk, status, imported in rows if status == Comment.Status.PUBLISHED and not imported
    ][:NEWEST]
