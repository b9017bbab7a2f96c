"""A comment's place in its thread, and what the thread's first comment knows of all of it.

Everything here happens under the lock of the discussion.
"""

from typing import TYPE_CHECKING

from django.db.models import BooleanField, ExpressionWrapper, F, Q

if TYPE_CHECKING:
    from forum.models.comment import Comment


def take_place(comment: "Comment") -> None:
    """Gives a reply its ordinals, before it is saved, and counts it where it shows."""
    if not comment.root_id or not comment.parent_id:
        return
    relatives = type(comment).objects.filter(pk__in=[comment.root_id, comment.parent_id])
    shown = {"reply_count": F("reply_count") + 1, "has_place": True} if comment.is_published else {}
    relatives.filter(pk=comment.root_id).update(thread_length=F("thread_length") + 1, **shown)
    relatives.filter(pk=comment.parent_id).update(child_count=F("child_count") + 1)
    counts = {pk: numbers for pk, *numbers in relatives.values_list("pk", "thread_length", "child_count")}
    comment.place, comment.sibling = counts[comment.root_id][0], counts[comment.parent_id][1]


def answer(comment: "Comment") -> None:
    """Tells the thread when the article's author has answered in it, or took an answer back."""
    writer = comment.discussion.article.author_id
    if not comment.root_id or writer is None or comment.author_id != writer:
        return
    comments = type(comment).objects
    answers = comments.filter(root=comment.root_id, author=writer, status=comment.Status.PUBLISHED)
    comments.filter(pk=comment.root_id).update(answered=answers.order_by("-pk").values("pk")[:1])


def recount(comment: "Comment", change: int) -> None:
    """A thread has a place as long as its first comment or one of its replies is to be seen."""
    head = type(comment).objects.filter(pk=comment.root_id or comment.pk)
    if change > 0:
        head.update(reply_count=F("reply_count") + change, has_place=True)
        return
    to_be_seen = Q(status__in=comment.SHOWN) | Q(reply_count__gt=-change)
    head.update(
        reply_count=F("reply_count") + change,
        has_place=ExpressionWrapper(to_be_seen, output_field=BooleanField()),
    )
