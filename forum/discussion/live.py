"""Read what is new in a discussion for pages that are open: few rows, the same for everybody."""

from typing import Any

from database.keyset import Cursor
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.pages import discussion_page
from forum.discussion.sorting import Sorting

NEWEST = 50
# Only so many comments are read, even if most of them were taken away.
LOOKED_AT = 200


def live(discussion: Discussion, *, sorting: Sorting, after: Cursor | None) -> dict[str, Any]:
    page = discussion_page(discussion, sorting=sorting, after=after)
    comments = [row.comment for row in page.rows if row.comment.is_published]
    return {
        "count": discussion.comment_count,
        "newest": _newest(discussion),
        "votes": {str(comment.pk): comment.shown_votes for comment in comments},
    }


def _newest(discussion: Discussion) -> list[int]:
    """Return the keys of the newest published comments that were written here, the newest first."""
    if discussion.pk is None:
        return []
    latest = Comment.objects.filter(discussion=discussion).order_by("-pk")[:LOOKED_AT]
    published = Comment.Status.PUBLISHED
    rows = latest.values_list("pk", "status", "imported_at")
    keys = [pk for pk, status, imported_at in rows if status == published and not imported_at]
    return keys[:NEWEST]
