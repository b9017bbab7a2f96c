"""What a moderator may do with a comment that readers see, beside deciding about it."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.moderation import decisions, pins
from forum.moderation.models.split import Split

if TYPE_CHECKING:
    from accounts.models import User


def choices(comment: Comment) -> list[tuple[str, Any]]:
    """Pairs of a name and how it is said: decisions first."""
    return [*decisions.choices(comment), *(_of_published(comment) if comment.is_published else [])]


def _of_published(comment: Comment) -> list[tuple[str, Any]]:
    is_pinned = comment.discussion.pinned_id == comment.pk
    found = [
        ("unpin", _("Unpin")) if is_pinned else ("pin", _("Pin above the discussion")),
        ("unpick", _("Remove the editor’s pick"))
        if comment.picked_at
        else ("pick", _("Mark as editor’s pick")),
    ]
    if comment.root_id:
        found.append(("split", _("Move with its replies to a new thread")))
    elif Split.objects.filter(comment=comment, joined_at=None).exists():
        found.append(("join", _("Move back to its original thread")))
    return found


def do(
    comment: Comment, choice: str, *, by: "User", reason: str, note: str = ""
) -> ModerationAction | None:
    """One of choices(); None when it no longer applies. Raises TooLarge for a split."""
    if choice in dict(decisions.choices(comment)):
        return decisions.decide(comment, choice, by=by, reason=reason, note=note)
    return VERBS[choice](comment, by=by, note=note) if choice in dict(choices(comment)) else None


VERBS = {
    "pin": pins.pin,
    "unpin": pins.unpin,
    "pick": pins.pick,
    "unpick": pins.unpick,
    "split": Split.objects.away,
    "join": Split.objects.back,
}
