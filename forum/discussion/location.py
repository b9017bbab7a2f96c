"""Find the page of a discussion on which a comment is shown."""

from typing import Any

from django.db.models import QuerySet

from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment
from forum.discussion.pages import COMMENTS_PER_PAGE, REPLIES_PER_THREAD, THREADS_PER_PAGE
from forum.discussion.sorting import BEST


def url_in_discussion(comment: Comment) -> str:
    """Return the address of the comment in its discussion, or of its
    own page if it is not there.
    """
    if comment.is_held or comment.reply_number > REPLIES_PER_THREAD:
        return comment.get_absolute_url()
    head = comment.root or comment
    article = comment.discussion.article.get_absolute_url()
    query = "" if _is_on_the_first_page(head) else f"?after={BEST.cursor_before(head)}"
    return f"{article}{query}#c{comment.pk}"


def _is_on_the_first_page(head: Comment) -> bool:
    comments = 0
    for pk, length in FIRST_PAGE.values(head.discussion_id):
        if pk == head.pk:
            return True
        comments += 1 + min(length, REPLIES_PER_THREAD)
        if comments >= COMMENTS_PER_PAGE:
            return False
    return False


def _first_page() -> "QuerySet[Comment, Any]":
    heads = Comment.objects.heads().filter(discussion=param(1))
    return BEST.threads(heads).values_list("pk", "thread_length")[:THREADS_PER_PAGE]


FIRST_PAGE = PreparedQuery(_first_page)
