"""Find the page of a discussion on which a comment is shown (forum.discussion.pages)."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Length

from database.prepared import PreparedQuery, param
from forum.discussion.display import CHARACTERS_PER_PAGE
from forum.discussion.models.comment import Comment
from forum.discussion.pages import COMMENTS_PER_PAGE, REPLIES_PER_THREAD, THREADS_PER_PAGE
from forum.discussion.sorting import BEST, Sorting


def url_in_discussion(comment: Comment, *, chosen: Sorting | None) -> str:
    """Return the address of the comment in its discussion, or of its own page if no page of the
    discussion shows it.

    `chosen` is the order that the reader chose; None on pages that are the same for everybody.
    """
    if comment.is_held or comment.reply_number > REPLIES_PER_THREAD:
        return comment.get_absolute_url()
    head = comment.root or comment
    article = comment.discussion.article.get_absolute_url()
    if _is_on_the_first_page(comment, head):
        order = "" if chosen is BEST else f"?sort={BEST.name}"
        return f"{article}{order}#c{comment.pk}"
    if _fits(comment, head):
        return f"{article}?after={BEST.cursor_before(head)}#c{comment.pk}"
    return comment.get_absolute_url()


def _is_on_the_first_page(comment: Comment, head: Comment) -> bool:
    comments = characters = 0
    for pk, length, of_head, of_replies in FIRST_PAGE.values(head.discussion_id):
        if comments >= COMMENTS_PER_PAGE or characters >= CHARACTERS_PER_PAGE:
            return False
        if pk == head.pk:
            return _fits(comment, head, behind=characters)
        comments += 1 + min(length, REPLIES_PER_THREAD)
        characters += of_head + of_replies
    return False


def _fits(comment: Comment, head: Comment, *, behind: int = 0) -> bool:
    """Return whether a page shows so much of a thread that begins behind so many characters."""
    if comment.pk == head.pk:
        return True
    earlier = EARLIER_REPLIES.values(head.pk, comment.reply_number)
    before = behind + len(head.html) + sum(int(characters) for (characters,) in earlier)
    return before < CHARACTERS_PER_PAGE


def _first_page() -> "QuerySet[Comment, Any]":
    heads = BEST.threads(Comment.objects.heads().filter(discussion=param(1)))
    replies = Comment.objects.filter(root=OuterRef("pk"), reply_number__lte=REPLIES_PER_THREAD)
    of_replies = replies.order_by().values("root").annotate(all=Sum(Length("html"))).values("all")
    characters = {"of_head": Length("html"), "of_replies": Coalesce(Subquery(of_replies), 0)}
    columns = ("pk", "thread_length", *characters)
    heads_in_order: QuerySet[Comment, Any] = heads.annotate(**characters)
    return heads_in_order.values_list(*columns)[:THREADS_PER_PAGE]


def _earlier_replies() -> "QuerySet[Comment, Any]":
    replies = Comment.objects.filter(root=param(1), reply_number__lt=Value(param(2))).order_by()
    return replies.values_list(Length("html"))


FIRST_PAGE = PreparedQuery(_first_page)
EARLIER_REPLIES = PreparedQuery(_earlier_replies)
