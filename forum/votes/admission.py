"""Admission of a person to vote on a comment or to flag it."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from forum.discussion.models.comment import Comment
from forum.people.models.sanction import Sanction
from forum.posting.refusals import Act, Refusal, Suspended


class OwnComment(Refusal):
    """The comment is by the person who wants to vote on it or report it."""

    STATUS = HTTPStatus.FORBIDDEN
    MESSAGES: ClassVar[dict[Act, Any]] = {
        Act.VOTE: _("You cannot vote on your own comment."),
        Act.FLAG: _("This is your own comment. You can delete it, or edit it within 30 minutes."),
    }


class NotPublished(Refusal):
    """The comment was deleted or removed, perhaps while the person was reading it."""

    MESSAGES: ClassVar[dict[Act, Any]] = {
        Act.VOTE: _("This comment is no longer published, so you cannot vote on it."),
        Act.FLAG: _("This comment is no longer published, so you cannot report it."),
    }

    def status(self, act: Act) -> HTTPStatus:
        return HTTPStatus.GONE if act is Act.VOTE else HTTPStatus.CONFLICT


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
        raise Suspended(sanction)
