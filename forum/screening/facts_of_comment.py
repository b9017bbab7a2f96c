"""The facts of a comment, read for the checks of rules."""

from typing import TYPE_CHECKING, Any

from django.conf import settings

from forum.discussion.models.comment import Comment
from forum.screening.facts import Earlier, Facts
from forum.screening.links import domains_linked_in
from forum.screening.trust import Latest, trust_of

if TYPE_CHECKING:
    from accounts.models import User


def facts_of(comment: Comment, by: "User", latest: list[Latest], **more: Any) -> Facts:
    kept = [each for each in latest if each.status != Comment.Status.DELETED]
    return Facts(
        text=comment.text,
        source=comment.body,
        domains=domains_linked_in(comment.html, own=settings.SITE_HOST),
        at=comment.created_at,
        account_age=comment.created_at - by.date_joined,
        written_before=sum(each.status == Comment.Status.PUBLISHED for each in latest),
        earlier=tuple(Earlier(each.at, each.text) for each in kept),
        is_trusted=trust_of(by, latest).is_trusted,
        **more,
    )
