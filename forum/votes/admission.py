"""Who may say something about a comment, by a vote or a flag."""

from typing import Any

from forum.discussion.models.comment import Comment
from forum.people.models.sanction import Sanction
from forum.posting.refusals import Refusal, Suspended


class OwnComment(Refusal):
    """Nobody votes for themselves."""


class NotPublished(Refusal):
    """Deleted or removed, perhaps while somebody was reading it."""


def admit(*, comment: Comment, by: Any) -> None:
    """Raise a Refusal where this person may not vote on the comment or flag it.

    Signed-out readers pass: whether they have to sign in is decided later.
    """
    if not comment.is_published:
        raise NotPublished
    if not by.is_authenticated:
        return
    if comment.author_id == by.pk:
        raise OwnComment
    if sanction := Sanction.objects.of(by, *Sanction.LEAVES_READING_ALONE):
        raise Suspended(sanction.until)
