"""Where a comment appears or disappears: every change of
its status, with the counts that follow from it.
"""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from forum.discussion.models import thread
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.screening.models.lesson import learn_from_time_to_time

if TYPE_CHECKING:
    from accounts.models import User

Status = Comment.Status
# What may have changed until the lock was had, and the log tells as it was.
STANDING = ["status", "body", "edition", "edited_at"]


def change_status(comment: Comment, before: str, after: str, **changes: Any) -> bool:
    """Move the comment from one status to the other and
    keep the counts; False when somebody was first.
    """
    comment.lock()
    if not comment.update_while(
        {"status": before}, status=after, status_at=timezone.now(), **changes
    ):
        return False
    change = (after == Status.PUBLISHED) - (before == Status.PUBLISHED)
    comment.discussion.recount(change, appeared=comment.created_at if change > 0 else None)
    comment.discussion.count_about(comment, change)
    thread.recount(comment, change if comment.root_id else 0)
    thread.answer(comment)
    return True


@transaction.atomic
def hold(
    comment: Comment, *, by: "User | None", reason: str = "", **why: Any
) -> ModerationAction | None:
    """Hide a published comment until somebody has looked. Open its case with it."""
    comment.lock()
    comment.refresh_from_db(fields=STANDING)
    if not comment.is_published or not change_status(
        comment, Status.PUBLISHED, Status.HELD, removal_reason=""
    ):
        return None
    kind = ModerationAction.Kind.HOLD
    action = ModerationAction.record(
        kind, by=by, comment=comment, status_before=Status.PUBLISHED, reason=reason, **why
    )
    learn_from_time_to_time(action)
    return action
