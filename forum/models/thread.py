"""A comment's place in its thread, and what the thread's first comment knows of all of it.

Everything here happens under the lock of the discussion.
"""

from typing import TYPE_CHECKING

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from articles.statements import change

if TYPE_CHECKING:
    from forum.models.comment import Comment


def take_place(comment: "Comment") -> None:
    """Gives a reply its ordinals, before it is saved, and counts it."""
    if not comment.root_id or not comment.parent_id:
        return
    ((comment.place,),) = change(COUNT_REPLY, comment.root_id)
    ((comment.sibling,),) = change(COUNT_ANSWER, comment.parent_id)


def answer(comment: "Comment") -> None:
    """Tells the thread when the article's author has answered in it, or took an answer back."""
    writer = comment.discussion.article.author_id
    if not comment.root_id or writer is None or comment.author_id != writer:
        return
    comments = type(comment).objects
    answers = comments.filter(root=comment.root_id, author=writer, status=comment.Status.PUBLISHED)
    comments.filter(pk=comment.root_id).update(answered=answers.order_by("-pk").values("pk")[:1])


def recount(comment: "Comment", by: int) -> None:
    """A thread has a place as long as its first comment or one of its replies is to be seen."""
    head = type(comment).objects.filter(pk=comment.root_id or comment.pk)
    to_be_seen = Q(status__in=comment.SHOWN) | Q(reply_count__gt=-by)
    head.update(
        reply_count=F("reply_count") + by,
        has_place=ExpressionWrapper(to_be_seen, output_field=BooleanField()),
    )


COUNT_REPLY = (
    "UPDATE forum_comment SET thread_length = thread_length + 1, reply_count = reply_count + 1, has_place = TRUE "
    "WHERE id = %s RETURNING thread_length"
)
COUNT_ANSWER = "UPDATE forum_comment SET child_count = child_count + 1 WHERE id = %s RETURNING child_count"
