"""A comment's place in its thread, and what the thread's first comment knows of all of it.

Everything here happens under the lock of the discussion.
"""

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.lookups import GreaterThan

from database.prepared import execute

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forum.discussion.models.comment import Comment


def take_place(comment: "Comment") -> None:
    """Gives a reply its ordinals, before it is saved, and counts it where it shows."""
    if not comment.root_id or not comment.parent_id:
        return
    ((comment.place,),) = execute(
        COUNT_REPLY if comment.is_published else COUNT_WAITING_REPLY, comment.root_id
    )
    ((comment.sibling,),) = execute(COUNT_ANSWER, comment.parent_id)


def answer(comment: "Comment") -> None:
    """Tells the thread when the article's author has answered in it, or took an answer back."""
    writer = comment.discussion.article.author_id
    if not comment.root_id or writer is None or comment.author_id != writer:
        return
    comments = type(comment).objects
    comments.filter(pk=comment.root_id).update(
        answered=_latest_answer(comment, comment.root_id, writer)
    )


def _latest_answer(comment: "Comment", root: int, writer: int) -> "QuerySet[Comment, Any]":
    answers = type(comment).objects.filter(
        root=root, author=writer, status=comment.Status.PUBLISHED
    )
    return answers.order_by("-pk").values("pk")[:1]


def move(branch: "list[Comment]", *, out_of: "Comment | None", into: "Comment | None") -> None:
    """Counts a branch out of the one thread, or into the other, by their first comments.

    Without a thread to go into, or to come from, the branch is one of its own.
    """
    head, published = branch[0], sum(each.is_published for each in branch)
    itself = type(head).objects.filter(pk=head.pk)
    replies = 0 if into else published - head.is_published
    itself.update(
        reply_count=replies,
        thread_length=0 if into else len(branch) - 1,
        has_place=True,
        answered=None,
    )
    for other, by in ((out_of, -published), (into, published)):
        if other:
            recount(other, by)
    for thread in filter(None, (out_of, into or head)):
        _answer_anew(thread)
    if not into:
        recount(head, 0)


def _answer_anew(head: "Comment") -> None:
    if writer := head.discussion.article.author_id:
        type(head).objects.filter(pk=head.pk).update(answered=_latest_answer(head, head.pk, writer))


def recount(comment: "Comment", by: int) -> None:
    """A thread has a place as long as its first comment or one of its replies is to be seen."""
    head = type(comment).objects.filter(pk=comment.root_id or comment.pk)
    to_be_seen = Q(status__in=comment.SHOWN) | Q(GreaterThan(F("reply_count") + by, 0))
    head.update(
        reply_count=F("reply_count") + by,
        has_place=ExpressionWrapper(to_be_seen, output_field=BooleanField()),
    )


COUNT_REPLY = (
    "UPDATE forum_comment SET thread_length = thread_length + 1, reply_count = reply_count + 1, has_place = TRUE "
    "WHERE id = %s RETURNING thread_length"
)
COUNT_WAITING_REPLY = "UPDATE forum_comment SET thread_length = thread_length + 1 WHERE id = %s RETURNING thread_length"
COUNT_ANSWER = (
    "UPDATE forum_comment SET child_count = child_count + 1 WHERE id = %s RETURNING child_count"
)
