"""Decisions of moderators about a comment.

Every function takes the moderator as `by` and returns the entry of the log; those that change the
status return None if somebody else decided first.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.posting.edit import reword
from forum.posting.visibility import READ_UNDER_LOCK, change_status
from forum.screening.models.lesson import learn_from_time_to_time

if TYPE_CHECKING:
    from accounts.models import User

Kind = ModerationAction.Kind
Status = Comment.Status


def approve(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    """Publish a held comment, or confirm a published one. Either closes its case."""
    before = [Status.HELD, Status.PUBLISHED]
    return _decide(comment, Kind.APPROVE, before, Status.PUBLISHED, by=by, note=note)


def remove(comment: Comment, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
    """Hide the comment and leave a notice in its place."""
    before = [Status.PUBLISHED, Status.HELD]
    return _decide(
        comment,
        Kind.REMOVE,
        before,
        Status.REMOVED,
        by=by,
        reason=reason,
        note=note,
        removal_reason=reason,
    )


def erase(comment: Comment, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
    """Hide the comment without a notice, unless it has replies. The text is kept for an undo."""
    before = [Status.PUBLISHED, Status.HELD, Status.REMOVED]
    return _decide(comment, Kind.ERASE, before, Status.ERASED, by=by, reason=reason, note=note)


def restore(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    """Publish what a moderator removed. A comment that its author deleted stays deleted."""
    return _decide(
        comment, Kind.RESTORE, [Status.REMOVED, Status.ERASED], Status.PUBLISHED, by=by, note=note
    )


@transaction.atomic
def edit_out(
    comment: Comment, *, by: "User", body: str, reason: str = "", note: str = ""
) -> ModerationAction | None:
    """Replace the comment's text by a redacted one. The former text goes to the log, where no
    reader sees it.
    """
    comment.lock()
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    now, status, words = timezone.now(), comment.status, comment.body
    if status not in (Status.PUBLISHED, Status.HELD) or body == words:
        return None
    if not reword(comment, body, is_marked=True, at=now, status=status):
        return None
    if status == Status.HELD:
        change_status(comment, status, Status.PUBLISHED)
    why = {
        "reason": reason,
        "note": note,
        "words": words,
        "status_before": status,
        "created_at": now,
    }
    action = ModerationAction.record(Kind.EDIT, by=by, comment=comment, **why)
    Case.objects.close(comment, action)
    Flag.objects.settle(comment, action)
    return action


@transaction.atomic
def warn(comment: Comment, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
    """Warn the author about a comment, once for each comment."""
    comment.lock()
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    earlier = ModerationAction.objects.filter(kind=Kind.WARN, comment=comment, undone_by=None)
    if comment.author is None or earlier.exists():
        return None
    why = {"reason": reason, "note": note, "status_before": comment.status}
    return ModerationAction.record(Kind.WARN, by=by, comment=comment, **why)


def warn_person(person: "User", *, by: "User", reason: str, note: str = "") -> ModerationAction:
    """Warn a person about their conduct as a whole."""
    return ModerationAction.record(Kind.WARN, by=by, person=person, reason=reason, note=note)


@transaction.atomic
def _decide(
    comment: Comment,
    kind: str,
    before: Sequence[str],
    after: str,
    *,
    by: "User | None",
    removal_reason: str = "",
    **why: Any,
) -> ModerationAction | None:
    comment.lock()
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    status = comment.status
    if status not in before:
        return None
    if status == after and not Case.objects.waiting().filter(comment=comment).exists():
        return None
    if status != after and not change_status(comment, status, after, removal_reason=removal_reason):
        return None
    action = ModerationAction.record(kind, by=by, comment=comment, status_before=status, **why)
    Case.objects.close(comment, action)
    Flag.objects.settle(comment, action)
    learn_from_time_to_time(action)
    return action
