"""Impose a sanction on a person, and lift it. Both add an entry to the log."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from forum.discussion.models.comment import Comment
from forum.log import texts
from forum.log.models.action import ModerationAction
from forum.people.models.network_trace import NetworkTrace
from forum.people.models.sanction import Sanction

if TYPE_CHECKING:
    from accounts.models import User

ACTION_OF = {sanction: action for action, sanction in texts.SANCTIONS.items()}


@transaction.atomic
def impose(sanction: Sanction, *, by: "User", note: str = "", **about: Any) -> ModerationAction:
    """Put the sanction into force. `about` may name the comment that led to it."""
    sanction.save(force_insert=True)
    if sanction.kind == Sanction.Kind.BAN:
        NetworkTrace.objects.mark_banned(sanction.person)
    why = {"reason": sanction.reason, "note": note, "until": sanction.until}
    return ModerationAction.record(
        ACTION_OF[sanction.kind], by=by, person=sanction.person, **why, **about
    )


def sanction_author(
    comment: Comment, *, by: "User", sanction: str, days: int, reason: str, note: str = ""
) -> ModerationAction | None:
    """Impose a sanction on the author of a comment; None where the author has no account."""
    if comment.author is None:
        return None
    until = None if sanction == Sanction.Kind.BAN else timezone.now() + timedelta(days=days)
    imposed = Sanction(person=comment.author, kind=sanction, until=until, reason=reason)
    return impose(imposed, by=by, note=note, comment=comment)


@transaction.atomic
def lift(
    sanction: Sanction, *, by: "User", note: str = "", **undone: Any
) -> ModerationAction | None:
    """End the sanction. Return None if somebody else was first."""
    if not Sanction.objects.filter(pk=sanction.pk, lifted_at=None).update(lifted_at=timezone.now()):
        return None
    bans = Sanction.objects.filter(person=sanction.person, kind=Sanction.Kind.BAN, lifted_at=None)
    if sanction.kind == Sanction.Kind.BAN and not bans.exists():
        NetworkTrace.objects.clear_banned(sanction.person)
    return ModerationAction.record(
        ModerationAction.Kind.LIFT, by=by, person=sanction.person, note=note, **undone
    )
