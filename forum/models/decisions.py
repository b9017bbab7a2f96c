"""What moderators, and the rules of the site, decide about a comment. Each decision is a line of the log.

Every function takes the person as `by`, nobody meaning a rule, and answers with the line; None where the decision
no longer applies, because somebody was first.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forum import tasks
from forum.models.case import Case
from forum.models.comment import Comment
from forum.models.moderation import ModerationAction

if TYPE_CHECKING:
    from accounts.models import User

Kind = ModerationAction.Kind
Status = Comment.Status
# One line of the log in so many has the site learn anew what spam looks like: no query asks whether it is time.
TEACHES = 50

REMOVE = ("remove", _("Remove, and say so in its place"))
ERASE = ("erase", _("Delete without a trace (spam)"))
RESTORE = ("restore", _("Restore"))
APPROVE = ("approve", _("Approve"))
CHOICES: dict[str, list[tuple[str, Any]]] = {
    Status.PUBLISHED: [REMOVE, ERASE],
    Status.HELD: [APPROVE, REMOVE, ERASE],
    Status.REMOVED: [RESTORE, ERASE],
    Status.ERASED: [RESTORE],
}


def choices(comment: Comment) -> list[tuple[str, Any]]:
    """What a moderator can decide about the comment as it stands: pairs of a name and how it is said."""
    return CHOICES.get(comment.status, [])


def decide(comment: Comment, decision: str, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
    """One of choices()."""
    if decision not in dict(choices(comment)):
        return None
    if decision == "restore":
        return restore(comment, by=by, note=note)
    if decision == "approve":
        return approve(comment, by=by, note=note)
    return (remove if decision == "remove" else erase)(comment, by=by, reason=reason, note=note)


def hold(comment: Comment, *, by: "User | None", reason: str = "", **why: Any) -> ModerationAction | None:
    """Hides a published comment until somebody has looked. Open its case with it."""
    return _decide(comment, Kind.HOLD, [Status.PUBLISHED], Status.HELD, by=by, reason=reason, **why)


def approve(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    """A held comment shows; one that shows stays, and waits no more."""
    before = [Status.HELD, Status.PUBLISHED]
    return _decide(comment, Kind.APPROVE, before, Status.PUBLISHED, by=by, note=note)


def remove(comment: Comment, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
    """Takes the comment away and says so in its place."""
    before = [Status.PUBLISHED, Status.HELD]
    return _decide(comment, Kind.REMOVE, before, Status.REMOVED, by=by, reason=reason, note=note, removal_reason=reason)


def erase(comment: Comment, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
    """Takes the comment away without a trace, unless replies hang on it. The words are kept for an undo."""
    before = [Status.PUBLISHED, Status.HELD, Status.REMOVED]
    return _decide(comment, Kind.ERASE, before, Status.ERASED, by=by, reason=reason, note=note)


def restore(comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
    """Gives back what a moderator took; what its author deleted stays the author's to give back."""
    return _decide(comment, Kind.RESTORE, [Status.REMOVED, Status.ERASED], Status.PUBLISHED, by=by, note=note)


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
    status = comment.status
    if status not in before:
        return None
    if status == after and not Case.objects.waiting().filter(comment=comment).exists():
        return None
    if status != after and not comment.change_status(status, after, removal_reason=removal_reason):
        return None
    action = ModerationAction.record(
        kind, by=by, comment=comment, person=comment.author, words=comment.body, status_before=status, **why
    )
    if kind != Kind.HOLD:
        Case.objects.close(comment, action)
    if action.pk % TEACHES == 0:
        tasks.learn_from_decisions.enqueue()
    return action
