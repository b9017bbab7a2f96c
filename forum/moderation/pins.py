"""Pin one comment above a discussion, and mark comments as editor's picks.

Every function returns the entry of the log; None if nothing had to be changed.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.log.models.action import ModerationAction

if TYPE_CHECKING:
    from accounts.models import User

Kind = ModerationAction.Kind


@transaction.atomic
def pin(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    """Show the comment above all others, in place of the one that was pinned."""
    published = Comment.objects.filter(pk=comment.pk, status=Comment.Status.PUBLISHED)
    here = Discussion.objects.filter(pk=comment.discussion_id).exclude(pinned=comment.pk)
    if not published.exists() or not here.update(pinned=comment.pk):
        return None
    return _recorded(Kind.PIN, comment, by, note)


@transaction.atomic
def unpin(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    if not Discussion.objects.filter(pk=comment.discussion_id, pinned=comment.pk).update(
        pinned=None
    ):
        return None
    return _recorded(Kind.UNPIN, comment, by, note)


@transaction.atomic
def pick(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    """Mark the comment as worth reading."""
    unpicked = Comment.objects.filter(
        pk=comment.pk, status=Comment.Status.PUBLISHED, picked_at=None
    )
    if not unpicked.update(picked_at=timezone.now()):
        return None
    return _recorded(Kind.PICK, comment, by, note)


@transaction.atomic
def unpick(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    if not Comment.objects.filter(pk=comment.pk, picked_at__isnull=False).update(picked_at=None):
        return None
    return _recorded(Kind.UNPICK, comment, by, note)


def _recorded(kind: str, comment: Comment, by: "User", note: str) -> ModerationAction:
    comment.discussion.touch()
    return ModerationAction.record(kind, by=by, comment=comment, note=note)
