"""Check who may vote on a comment or flag it."""

from typing import Any

from forum.discussion.models.comment import Comment
from forum.people.models.sanction import Sanction
from forum.posting.refusals import Refusal, Suspended


class OwnComment(Refusal):
    """Authors cannot vote on their own comments."""


class NotPublished(Refusal):
    """The comment was deleted or removed, perhaps while somebody was reading it."""


def admit(*, comment: Comment, by: Any) -> None:
    """Raise a Refusal if this person may not vote on the comment or flag it.

    Signed-out readers pass: they are asked to sign in later.
    """
    if not comment.is_published:
        raise NotPublished
    if not by.is_authenticated:
        return
    if comment.author_id == by.pk:
        raise OwnComment
    if sanction := Sanction.objects.of(by, *Sanction.LEAVES_READING_ALONE):
        raise Suspended(sanction.until)
