"""Helpers for tests of flags."""

from collections.abc import Callable

from accounts.models import User
from forum.models import Comment, Flag, FlagReason

Say = Callable[..., Comment]
People = Callable[[int], list[User]]


def reason(name: str = "spam") -> FlagReason:
    """The line of the list by which a comment is removed as
    this; none at all for "" (one just disagrees).
    """
    return FlagReason.objects.get_or_create(
        reason=name, defaults={"name": name or "I just disagree"}
    )[0]


def flag(comment: Comment, by: User, why: str = "spam", note: str = "") -> Flag:
    return Flag.objects.make(
        comment=Comment.objects.get(pk=comment.pk), by=by, reason=reason(why), note=note
    )
