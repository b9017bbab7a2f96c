"""Undo a decision, with an entry in the log that names it.

Each decision can be undone once, and only while nothing else was decided since.
"""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.flags.models.flag import Flag
from forum.log import texts
from forum.log.models.action import ModerationAction
from forum.moderation.comment_actions import ACTIONS
from forum.moderation.sanctions import lift
from forum.people.models.sanction import Sanction
from forum.posting.edit import reword
from forum.posting.visibility import READ_UNDER_LOCK, change_status

if TYPE_CHECKING:
    from accounts.models import User

Kind = ModerationAction.Kind
Status = Comment.Status

# The status of a comment after each decision that can be undone.
STATUS_AFTER = {name: action.leads_to for name, action in ACTIONS.items() if action.leads_to}
UNDOABLE = [*STATUS_AFTER, *texts.SANCTIONS, Kind.WARN]


def can_be_undone(action: ModerationAction) -> bool:
    """Return True for kinds of decision that can be undone.

    A comment that was held before it ever showed has no status to return to: it is approved or
    removed.
    """
    return action.kind in UNDOABLE and (action.kind != Kind.HOLD or action.status_before != "")


def undo(action: ModerationAction, *, by: "User") -> ModerationAction | None:
    """Undo the decision. Return None if it was undone before, or something else was decided
    since. Raises NotAllowed.
    """
    try:
        return _undo(action, by=by)
    except IntegrityError:  # by two people in the same moment
        return None


@transaction.atomic
def _undo(action: ModerationAction, *, by: "User") -> ModerationAction | None:
    if not can_be_undone(action):
        return None
    if action.kind in texts.SANCTIONS:
        return _lift(action, by=by)
    if action.kind == Kind.WARN:
        return ModerationAction.record(
            Kind.LIFT, by=by, person=action.person, comment=action.comment, undoes=action
        )
    return _restore(action, action.comment, by=by) if action.comment else None


def _lift(action: ModerationAction, *, by: "User") -> ModerationAction | None:
    imposed = Sanction.objects.filter(
        person=action.person, kind=texts.SANCTIONS[action.kind], until=action.until
    )
    sanction = (
        imposed.filter(created_at__lte=action.created_at, lifted_at=None).order_by("-pk").first()
    )
    return lift(sanction, by=by, undoes=action) if sanction else None


def _restore(action: ModerationAction, comment: Comment, *, by: "User") -> ModerationAction | None:
    """Return the comment to its former status, and reopen the case that the decision had closed."""
    comment.lock()
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    status, words = comment.status, comment.body
    if _is_overtaken(action, comment) or not _put_back(action, comment):
        return None
    kind = Kind.HOLD if comment.status == Status.HELD != status else Kind.RESTORE
    line = ModerationAction.record(
        kind,
        by=by,
        comment=comment,
        person=action.person,
        words=words,
        status_before=status,
        undoes=action,
    )
    Flag.objects.unsettle(comment, action)
    Case.objects.reopen(action)
    return line


def _is_overtaken(action: ModerationAction, comment: Comment) -> bool:
    about_it = comment.moderation_actions.filter(
        kind__in=[*STATUS_AFTER, Kind.RESTORE], pk__gt=action.pk
    )
    return (
        comment.status != STATUS_AFTER[action.kind]
        or about_it.filter(undoes=None, undone_by=None).exists()
    )


def _put_back(action: ModerationAction, comment: Comment) -> bool:
    if action.kind == Kind.EDIT and not _put_words_back(action, comment):
        return False
    if comment.status == action.status_before:
        return True
    removed = comment.moderation_actions.filter(kind=Kind.REMOVE, pk__lt=action.pk).order_by("-pk")
    reason = (
        removed.values_list("reason", flat=True).first()
        if action.status_before == Status.REMOVED
        else ""
    )
    return change_status(comment, comment.status, action.status_before, removal_reason=reason or "")


def _put_words_back(action: ModerationAction, comment: Comment) -> bool:
    """Restore the text from before a redaction, unless the author has edited since."""
    edited = comment.revisions.filter(version=comment.version - 1, body=action.words)
    return edited.exists() and reword(comment, action.words, is_told=True, at=timezone.now())
